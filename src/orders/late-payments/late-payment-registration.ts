import type { DurableMachineOptions, Redactor } from '../../durable/index.js';
import { orderActivityOptions, type OrderCalls } from '../activities/order-activity-options.js';
import { latePaymentMachine, type LatePaymentMachine } from '../machine/late-payment/late-payment-machine.js';
import type { OrderActivityLogics } from '../machine/order/order-activities.js';
import { orderRedactor } from '../redaction/order-redaction.js';

/** How the runtime runs the late payments of orders that have ended. */
export function latePaymentRegistration(
  { lookUpPayment, voidPayment, refundLatePayment }: OrderActivityLogics,
  calls?: OrderCalls,
  redact: Redactor = orderRedactor([]),
): DurableMachineOptions<LatePaymentMachine> {
  const activities = { lookUpPayment, voidPayment, refundLatePayment };
  return {
    machine: latePaymentMachine.provide({ actors: activities }),
    ...(calls === undefined ? {} : orderActivityOptions(calls, Object.keys(activities))),
    outcome: ({ context: { found, refund } }) => {
      if (refund !== null || found === 'refunded') return 'refunded';
      return found === null || found === 'captured' || found === 'pending' ? null : 'nothing_captured';
    },
    attributes: ({ context: { orderId, paymentId, correlationId } }) => ({ orderId, paymentId, correlationId }),
    whenUnexpected: () => 'refuse',
    retryEvent: 'late-payment.retry',
    redact,
  };
}
