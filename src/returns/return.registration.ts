import { fromActivity, type ActivityContext, type DurableMachineOptions } from '../durable/index.js';
import type { PaymentClient, WarehouseClient } from '../orders/ports/partner.ports.js';
import { returnMachine } from './return.machine.js';
import type { ReturnRequest } from './return.model.js';

type Registration = DurableMachineOptions<typeof returnMachine>;

/** How the runtime runs returns: what their activities do, and what lists show. */
export function returnRegistration(payments: PaymentClient, warehouse: WarehouseClient): Registration {
  const refund = (order: ReturnRequest, context: ActivityContext) =>
    payments.refund(order.paymentId, order.captured, 'returned', callOf(order, context));
  const restock = (order: ReturnRequest, context: ActivityContext) =>
    warehouse.release(order.reservationId, callOf(order, context)).then(() => null);
  return {
    machine: returnMachine.provide({ actors: { refund: fromActivity(refund), restock: fromActivity(restock) } }),
    outcome: ({ context }) => context.outcome,
    attributes: ({ context }) => ({ orderId: context.request.orderId }),
    whenUnexpected: () => 'refuse',
    retryEvent: 'return.retry',
  };
}

function callOf({ orderId, correlationId }: ReturnRequest, { idempotencyKey, signal }: ActivityContext) {
  return { orderId, correlationId, idempotencyKey, signal };
}
