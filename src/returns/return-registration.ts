import { type ActivityContext, type DurableMachineOptions, fromActivity } from '../durable/index.js';
import { outputCheckOf } from '../orders/activities/order-activity-outputs.js';
import { REFUND_BY_HAND, refundVouched } from '../orders/ports/refund-vouched.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import type { PaymentClient, WarehouseClient } from '../orders/ports/partner-ports.js';
import { returnMachine, type ReturnRequest } from './return-machine.js';

/** How the runtime runs returns: what their activities do, and what lists show. */
export function returnRegistration(
  payments: PaymentClient,
  warehouse: WarehouseClient,
): DurableMachineOptions<typeof returnMachine> {
  const refund = (order: ReturnRequest, call: ActivityContext) => refundOf(payments, order, { ...order, ...call });
  const restock = (order: ReturnRequest, call: ActivityContext) =>
    warehouse.release(order.reservationId, { ...order, ...call }).then(() => null);
  return {
    machine: returnMachine.provide({ actors: { refund: fromActivity(refund), restock: fromActivity(restock) } }),
    outcome: ({ context }) => context.outcome,
    attributes: ({ context }) => ({ orderId: context.request.orderId }),
    whenUnexpected: () => 'refuse',
    retryEvent: 'return.retry',
    activities: {
      refund: { checkOutput: (output, input) => checkRefund(output, { amount: (input as ReturnRequest).captured }) }, // its own
      restock: { checkOutput: outputCheckOf('releaseReservation') },
    },
    incidents: REFUND_BY_HAND,
  };
}

const checkRefund = outputCheckOf('refundPayment');

function refundOf(payments: PaymentClient, order: ReturnRequest, call: PartnerCall) {
  const { paymentId, captured: amount, refundReason: reason = 'returned', vouchedBy } = order;
  if (vouchedBy === undefined) return payments.refund(paymentId, amount, reason, call);
  return refundVouched(payments, { paymentId, amount, reason }, call);
}
