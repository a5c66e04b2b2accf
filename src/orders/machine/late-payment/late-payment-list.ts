import type { LatePayment, OrderContext } from '../order/order-model.js';

/*
 * The late payments of an order, in order of their reports. Each report is looked up after it came, even if the same payment
 * was looked up before: it may have been captured since.
 */

type Payments = Pick<OrderContext, 'payment' | 'captured' | 'latePayments'>;

/** Late payments that were not looked up yet. The first one may be under way. */
export const openLatePayments = ({ latePayments }: Pick<OrderContext, 'latePayments'>): readonly LatePayment[] =>
  latePayments.filter(({ found }) => found === null);

/** A report that names no payment means the order's own. */
export const reportedId = ({ payment }: Pick<OrderContext, 'payment'>, paymentId: string | undefined): string | null =>
  paymentId ?? payment?.paymentId ?? null;

/** Whether we know what became of that payment: it paid for this order, or the order gave it back. */
export function isAccountedFor(order: Payments, paymentId: string): boolean {
  if (paymentId === order.payment?.paymentId && order.captured !== null) return true;
  return order.latePayments.some(
    (late) => late.paymentId === paymentId && (late.refund !== null || late.found === 'refunded'),
  );
}

/** Whether the report is to be looked into, and is not about to be anyway. */
export function needsLookup(order: Payments, paymentId: string | null): boolean {
  if (paymentId === null || isAccountedFor(order, paymentId)) return false;
  const [, ...next] = openLatePayments(order);
  return next.every((late) => late.paymentId !== paymentId);
}

export function withReport({ latePayments }: Pick<OrderContext, 'latePayments'>, paymentId: string) {
  return [...latePayments, { paymentId, found: null, refund: null }];
}

/** @param settled what was found out about the first open one. */
export function withSettled({ latePayments }: Pick<OrderContext, 'latePayments'>, settled: LatePayment) {
  const first = latePayments.findIndex(({ found }) => found === null);
  return latePayments.map((late, index) => (index === first ? settled : late));
}
