import type { DurableMachineOptions, DeadLetterContext, Redactor, UnexpectedEvent } from '../durable/index.js';
import { orderActivityOptions, type OrderCalls } from './activities/order-activity-options.js';
import { REFUND_BY_HAND } from './ports/refund-vouched.js';
import type { OrderActivityLogics } from './machine/order/order-activities.js';
import { isAccountedFor, reportedId } from './machine/late-payment/late-payment-list.js';
import type { OrderEvent, PaymentAccepted } from './machine/order/order-events.js';
import { orderMachine, provideOrderActivities, type OrderMachine } from './machine/order/order-machine.js';
import { currentContext, ORDER_MIGRATIONS } from './order-migrations.js';
import type { OrderContext } from './machine/order/order-model.js';
import { OrderStatus } from './machine/order/order-status.js';
import { orderStatus } from './machine/order/order-step.js';
import { publishOrder } from './integration-events.js';
import { orderRedactor } from './redaction/order-redaction.js';

export interface OrderRules {
  /** A cart may have one order that has not ended, not two. */
  readonly onePerCart: boolean;
  /** Most events that an order keeps until it can take them. */
  readonly maxKeptEvents?: number;
}

/** How the runtime runs orders. Without `calls`, its activities have no limits but the runtime's own. */
export function orderRegistration(
  activities: OrderActivityLogics,
  calls?: OrderCalls,
  { onePerCart, maxKeptEvents = 100 }: OrderRules = { onePerCart: true },
  redact: Redactor = orderRedactor([]),
): DurableMachineOptions<OrderMachine> {
  return {
    ...(onePerCart ? { uniqueKey: ({ shoppingCartId }) => shoppingCartId } : {}),
    machine: provideOrderActivities(orderMachine, activities),
    migrations: ORDER_MIGRATIONS,
    ...orderActivityOptions(calls),
    status: (snapshot) => orderStatus(snapshot.value),
    outcome: (snapshot) => snapshot.context.outcome,
    attributes: (snapshot) => attributesOf(snapshot.context),
    whenUnexpected: whenUnexpected,
    maxKeptEvents,
    keptOnce: ['order.cancel'],
    onDeadLetter: onDeadLetter,
    retryEvent: 'order.retry',
    incidents: REFUND_BY_HAND,
    redact,
    publish: publishOrder,
  };
}

/** Values of an order that lists show. */
function attributesOf(context: OrderContext): Readonly<Record<string, string>> {
  return {
    sessionId: context.shoppingCartId,
    userId: context.userId,
    correlationId: context.correlationId,
    ...(context.payment === null ? {} : { paymentId: context.payment.paymentId }),
  };
}

/** From here on the payment is decided: the order ships, or it is being wound up already. */
const DECIDED: ReadonlySet<string> = new Set<string>([
  OrderStatus.PaymentSuccess,
  OrderStatus.SendShippingOrder,
  OrderStatus.PaymentFailed,
  OrderStatus.Completed,
]);

/**
 * What becomes of an event the order cannot take where it stands. A payment's decision is a fact and is never turned
 * away; a cancellation waits for the next status that takes it, as long as there will be one; a retry means the
 * incident somebody saw, so without one it is refused.
 */
export function whenUnexpected(event: Pick<OrderEvent, 'type'>, status: string): UnexpectedEvent {
  switch (event.type) {
    case 'payment.accepted':
    case 'payment.rejected':
      return 'keep';
    case 'order.cancel':
      return DECIDED.has(status) ? 'refuse' : 'keep';
    case 'order.retry':
    case 'payment.requested':
    case 'payment.stalled':
      return 'refuse';
    default:
      return event.type satisfies never;
  }
}

/**
 * Whether a person must see what came after the order's end. A captured payment is given back by itself (late-payments),
 * unless nobody can say which payment it is, the order failed and may yet be retried, or it came so early that the order
 * ended without having asked for a payment at all.
 */
export function onDeadLetter(
  event: Pick<OrderEvent, 'type'>,
  { runtimeStatus, wasKept, context }: DeadLetterContext,
): 'incident' | 'record' {
  if (event.type !== 'payment.accepted') return 'record';
  const { paymentId } = event as PaymentAccepted; // told apart by its type
  const order = currentContext(context as OrderContext); // an order's, as it is stored
  const payment = reportedId(order, paymentId);
  if (payment === null) return 'incident';
  const isLeftAlone = runtimeStatus === 'failed' || (runtimeStatus === 'completed' && wasKept);
  return isLeftAlone && !isAccountedFor(order, payment) ? 'incident' : 'record';
}
