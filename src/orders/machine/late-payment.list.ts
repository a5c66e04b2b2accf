import type { LatePayment, OrderContext } from './order.model.js';

/*
 * The late payments of an order, in order of their reports. Each report is looked up after it came, even if the same payment
 * was looked up before: it may have been captured since.
 */

type Payments = Pick<OrderContext, 'payment' | 'captured' | 'latePayments'>;

/** Those nobody has looked up yet; the first of them may be being looked up now. */
export const openLatePayments = ({ latePayments }: Pick<OrderContext, 'latePayments'>): readonly LatePayment[] =>
  latePayments.filter(({ found }) => found === null);

/** A report that names no payment means the order's own. */
export const reportedId = ({ payment }: Pick<OrderContext, 'payment'>, paymentId: string | undefined): string | null =>
  paymentId ?? payment?.paymentId ?? null;

/** False when we know what became of that payment: it pays for this order, was given back, or is about to be looked up. */
export function isNews(order: Payments, paymentId: string | null): boolean {
  if (paymentId === null) return false;
  if (paymentId === order.payment?.paymentId && order.captured !== null) return false;
  const isOther = (late: LatePayment): boolean => late.paymentId !== paymentId;
  const givenBack = order.latePayments.filter(({ found, refund }) => refund !== null || found === 'refunded');
  return givenBack.every(isOther) && openLatePayments(order).slice(1).every(isOther);
}

export function withReport({ latePayments }: Pick<OrderContext, 'latePayments'>, paymentId: string) {
  return [...latePayments, { paymentId, found: null, refund: null }];
}

/** @param settled what was found out about the first open one. */
export function withSettled({ latePayments }: Pick<OrderContext, 'latePayments'>, settled: LatePayment) {
  const first = latePayments.findIndex(({ found }) => found === null);
  return latePayments.map((late, index) => (index === first ? settled : late));
}
