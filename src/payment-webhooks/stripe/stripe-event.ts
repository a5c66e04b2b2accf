import { z } from 'zod';
import type { Money } from '../../orders/machine/order/order-model.js';
import type { PaymentReport } from '../payment-report.js';

/** What Stripe sends around every event. https://docs.stripe.com/api/events/object */
export const stripeEventSchema = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  type: z.string().regex(/^[\w.]{1,100}$/),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

export type StripeEvent = z.infer<typeof stripeEventSchema>;

const id = z.string().min(1).max(100);
const currency = z.string().regex(/^[a-z]{3}$/i);
const amount = z.int().nonnegative();
/** An id, or the object itself where the endpoint expands it. */
const reference = z.union([id, z.object({ id }).transform((object) => object.id)]);
const metadata = z.object({ orderId: id });
const code = z.string().max(200).nullish();

const succeeded = z.object({ id, amount_received: amount, currency, metadata });
const failed = z.object({
  id,
  last_payment_error: z.object({ code, decline_code: code }).nullish(),
  metadata,
});
const canceled = z.object({ id, cancellation_reason: code, metadata });
const session = z.object({
  id,
  payment_intent: reference.nullish(),
  payment_status: z.string(),
  amount_total: amount,
  currency,
  metadata,
});
const refunded = z.object({ id, payment_intent: reference.nullish(), amount_refunded: amount, currency, metadata });

/** What is read off an event of each type, as our own words; null when there is no decision yet. */
const READERS: Readonly<Record<string, z.ZodType<PaymentReport | null>>> = {
  'payment_intent.succeeded': succeeded.transform((intent) => ({
    type: 'payment.accepted' as const,
    orderId: intent.metadata.orderId,
    paymentId: intent.id,
    amount: moneyOf(intent.amount_received, intent.currency),
  })),
  'payment_intent.payment_failed': failed.transform((intent) => ({
    type: 'payment.rejected' as const,
    orderId: intent.metadata.orderId,
    paymentId: intent.id,
    reason: intent.last_payment_error?.decline_code ?? intent.last_payment_error?.code ?? null,
  })),
  'payment_intent.canceled': canceled.transform((intent) => ({
    type: 'payment.rejected' as const,
    orderId: intent.metadata.orderId,
    paymentId: intent.id,
    reason: intent.cancellation_reason ?? 'canceled',
  })),
  // A session may complete before its money is there; then the intent's own event reports it.
  'checkout.session.completed': session.transform((completed) =>
    completed.payment_status === 'paid'
      ? {
          type: 'payment.accepted' as const,
          orderId: completed.metadata.orderId,
          paymentId: completed.payment_intent ?? completed.id,
          amount: moneyOf(completed.amount_total, completed.currency),
        }
      : null,
  ),
  'charge.refunded': refunded.transform((charge) => ({
    type: 'payment.refunded' as const,
    orderId: charge.metadata.orderId,
    paymentId: charge.payment_intent ?? charge.id,
    amount: moneyOf(charge.amount_refunded, charge.currency),
  })),
};

/** `ignored` and `invalid` say why there is no report. */
export type StripeReading =
  | { readonly kind: 'report'; readonly report: PaymentReport }
  | { readonly kind: 'ignored' | 'invalid'; readonly reason: string };

/** Reads what an event says about an order's payment. Stripe accounts are shared: what names no order is not ours. */
export function readStripeEvent({ type, data: { object } }: StripeEvent): StripeReading {
  const reader = READERS[type];
  if (reader === undefined) return { kind: 'ignored', reason: 'type_unknown' };
  if (!z.object({ metadata }).safeParse(object).success) return { kind: 'ignored', reason: 'order_id_missing' };
  const read = reader.safeParse(object);
  if (!read.success) return { kind: 'invalid', reason: 'request_invalid' };
  return read.data === null ? { kind: 'ignored', reason: 'not_paid_yet' } : { kind: 'report', report: read.data };
}

/** Currencies without minor units whose amounts Stripe tells as if they had two. https://docs.stripe.com/currencies#special-cases */
const HUNDREDFOLD: ReadonlySet<string> = new Set(['ISK', 'UGX']);

function moneyOf(amountAtStripe: number, currencyAtStripe: string): Money {
  const currency = currencyAtStripe.toUpperCase();
  return { amount: HUNDREDFOLD.has(currency) ? amountAtStripe / 100 : amountAtStripe, currency };
}
