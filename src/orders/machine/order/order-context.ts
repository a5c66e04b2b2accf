import type { ActivityScope } from './order-activities.js';
import type { CartLine, OrderContext, OrderSettings, StartOrderContext } from './order-model.js';
import { NO_FAILURES } from '../retry/retry-policy.js';

const HOUR_MS = 3_600_000;
const LONGEST_HOLD_MS = 409 * 24 * HOUR_MS;

export function newOrder(input: StartOrderContext): OrderContext {
  return {
    orderId: input.orderId,
    correlationId: input.correlationId,
    shoppingCartId: input.shoppingCartId,
    userId: input.userId,
    settings: input.settings,
    items: null,
    customer: null,
    reservation: null,
    askedFor: [],
    shipTo: [],
    shipping: null,
    price: null,
    payment: null,
    captured: null,
    vouchedBy: null,
    refund: null,
    latePayments: [],
    shipment: null,
    step: null,
    ...NO_FAILURES,
    outcome: null,
    reason: null,
  };
}

export function scopeOf(context: ActivityScope): ActivityScope {
  return { orderId: context.orderId, correlationId: context.correlationId };
}

/** @throws Error when the chart reached a step before what the step works on: a defect of the chart. */
export function required<T>(part: T | null, name: string): T {
  if (part === null) throw new Error(`The order has no ${name} yet.`);
  return part;
}

/** What names the order's own payment to its provider. @throws Error when the order has none. */
export function paymentScope(context: OrderContext): ActivityScope & { readonly paymentId: string } {
  return { ...scopeOf(context), paymentId: required(context.payment, 'payment').paymentId };
}

export function reservedItems(context: OrderContext): readonly CartLine[] {
  return required(context.reservation, 'reservation').reserved.map(({ productId, count }) => ({ productId, count }));
}

/**
 * How long the goods are to be kept: the customer's time to pay, two incidents left alone, and an hour for retries; never
 * more than the warehouse grants. Goods of an order that ends earlier are released, goods nobody knows of expire.
 */
export function holdMs(settings: OrderSettings): number {
  return Math.min(settings.paymentTimeoutMs + 2 * settings.incidentTimeoutMs + HOUR_MS, LONGEST_HOLD_MS);
}
