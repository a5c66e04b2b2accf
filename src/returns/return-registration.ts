import { type ActivityContext, type DurableMachineOptions, fromActivity } from '../durable/index.js';
import type { PaymentClient, WarehouseClient } from '../orders/ports/partner-ports.js';
import { returnMachine, type ReturnRequest } from './return-machine.js';

/** How the runtime runs returns: what their activities do, and what lists show. */
export function returnRegistration(
  payments: PaymentClient,
  warehouse: WarehouseClient,
): DurableMachineOptions<typeof returnMachine> {
  const refund = (order: ReturnRequest, call: ActivityContext) =>
    payments.refund(order.paymentId, order.captured, 'returned', { ...order, ...call });
  const restock = (order: ReturnRequest, call: ActivityContext) =>
    warehouse.release(order.reservationId, { ...order, ...call }).then(() => null);
  return {
    machine: returnMachine.provide({ actors: { refund: fromActivity(refund), restock: fromActivity(restock) } }),
    outcome: ({ context }) => context.outcome,
    attributes: ({ context }) => ({ orderId: context.request.orderId }),
    whenUnexpected: () => 'refuse',
    retryEvent: 'return.retry',
  };
}
