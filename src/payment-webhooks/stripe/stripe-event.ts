import { z } from 'zod';
import type { Money } from '../../orders/machine/order/order-model.js';
import type { PaymentReport } from '../payment-report.js';

/** The envelope of every Stripe event. https://docs.stripe.com/api/events/object */
export const stripeEventSchema = z.object({
  id: z.string().regex(/^[\x21-\x7e]{1,200}$/),
  type: z.string().regex(/^[\w.]{1,100}$/),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

export type StripeEvent = z.infer<typeof stripeEventSchema>;

const id = z.string().min(1).max(100);
const currency = z.string().regex(/^[a-z]{3}$/i);
const amount = z.int().nonnegative();
/** An id, or the whole object where the endpoint expands it. */
const reference = z.union([id, z.object({ id }).transform((object) => object.id)]);
const code = z.string().max(200).nullish();
/** Null without the key `orderId`. The payment then leads to the order. */
const metadata = z
  .object({ orderId: id.nullish() })
  .nullish()
  .transform((given) => given?.orderId ?? null);

const succeeded = z
  .object({ id, amount_received: amount, currency, metadata })
  .transform((intent) => accepted(intent.metadata, intent.id, intent.amount_received, intent.currency));
const failed = z
  .object({ id, last_payment_error: z.object({ code, decline_code: code }).nullish(), metadata })
  .transform(({ id: paymentId, last_payment_error: error, metadata: orderId }) => ({
    type: 'payment.declined' as const,
    orderId,
    paymentId,
    reason: error?.decline_code ?? error?.code ?? null,
  }));
const canceled = z
  .object({ id, cancellation_reason: code, metadata })
  .transform((intent) => rejected(intent.metadata, intent.id, intent.cancellation_reason ?? 'canceled'));

const session = z.object({
  id,
  payment_intent: reference.nullish(),
  payment_status: z.string(),
  amount_total: amount,
  currency,
  metadata,
});
/** A session may complete before the money arrives. `async_payment_succeeded` or `async_payment_failed` follows then. */
const completed = session.transform((done) =>
  done.payment_status === 'unpaid'
    ? null
    : accepted(done.metadata, done.payment_intent ?? done.id, done.amount_total, done.currency),
);
const settled = session.transform((done) =>
  accepted(done.metadata, done.payment_intent ?? done.id, done.amount_total, done.currency),
);
const over = (reason: string) =>
  z
    .object({ id, payment_intent: reference.nullish(), metadata })
    .transform((done) => rejected(done.metadata, done.payment_intent ?? done.id, reason));
const refunded = z
  .object({ id, payment_intent: reference.nullish(), amount_refunded: amount, currency, metadata })
  .transform((charge) => ({
    type: 'payment.refunded' as const,
    orderId: charge.metadata,
    paymentId: charge.payment_intent ?? charge.id,
    amount: moneyOf(charge.amount_refunded, charge.currency),
  }));

type Reader = z.ZodType<PaymentReport | null>;

/**
 * Every Stripe event that can concern a payment, with its reader. https://docs.stripe.com/api/events/types
 * A word in place of a reader says why the event has no report. The service stores such an event, and no order acts on it.
 */
export const STRIPE_EVENTS: Readonly<Record<string, Reader | 'undecided' | 'told_otherwise' | 'for_a_person'>> = {
  'payment_intent.succeeded': succeeded,
  'payment_intent.payment_failed': failed,
  'payment_intent.canceled': canceled,
  'payment_intent.created': 'undecided',
  'payment_intent.processing': 'undecided',
  'payment_intent.requires_action': 'undecided',
  'payment_intent.amount_capturable_updated': 'undecided',
  'payment_intent.partially_funded': 'undecided',
  'checkout.session.completed': completed,
  'checkout.session.async_payment_succeeded': settled,
  'checkout.session.async_payment_failed': over('async_payment_failed'),
  'checkout.session.expired': over('expired'),
  'charge.succeeded': 'told_otherwise',
  'charge.captured': 'told_otherwise',
  'charge.failed': 'told_otherwise',
  'charge.pending': 'undecided',
  'charge.updated': 'undecided',
  'charge.expired': 'told_otherwise',
  'charge.refunded': refunded,
  'charge.refund.updated': 'for_a_person',
  'refund.created': 'for_a_person',
  'refund.updated': 'for_a_person',
  'refund.failed': 'for_a_person',
  'charge.dispute.created': 'for_a_person',
  'charge.dispute.updated': 'for_a_person',
  'charge.dispute.closed': 'for_a_person',
  'charge.dispute.funds_withdrawn': 'for_a_person',
  'charge.dispute.funds_reinstated': 'for_a_person',
};

/** `noted`, `ignored` and `invalid` come without a report; `reason` says why. */
export type StripeReading =
  | { readonly kind: 'report'; readonly report: PaymentReport }
  | { readonly kind: 'noted' | 'ignored' | 'invalid'; readonly reason: string };

/** Makes a report of an event. */
export function readStripeEvent({ type, data: { object } }: StripeEvent): StripeReading {
  const reader = Object.hasOwn(STRIPE_EVENTS, type) ? STRIPE_EVENTS[type] : undefined;
  if (reader === undefined) return { kind: 'ignored', reason: 'type_unknown' };
  if (reader === 'for_a_person') return { kind: 'noted', reason: reader };
  if (typeof reader === 'string') return { kind: 'ignored', reason: reader };
  const read = reader.safeParse(object);
  if (!read.success) return { kind: 'invalid', reason: 'request_invalid' };
  return read.data === null ? { kind: 'ignored', reason: 'not_paid_yet' } : { kind: 'report', report: read.data };
}

function accepted(orderId: string | null, paymentId: string, amountAtStripe: number, currencyAtStripe: string) {
  const type = 'payment.accepted' as const;
  return { type, orderId, paymentId, amount: moneyOf(amountAtStripe, currencyAtStripe) };
}

function rejected(orderId: string | null, paymentId: string, reason: string) {
  return { type: 'payment.rejected' as const, orderId, paymentId, reason };
}

/** Returns the order that an event without a report names; null: none. */
export function orderNamedIn({ data: { object } }: StripeEvent): string | null {
  const read = metadata.safeParse(object['metadata']);
  return read.success ? read.data : null;
}

/**
 * Currencies without minor units. Stripe states their amounts with two decimals.
 * https://docs.stripe.com/currencies#special-cases
 */
const HUNDREDFOLD: ReadonlySet<string> = new Set(['ISK', 'UGX']);

function moneyOf(amountAtStripe: number, currencyAtStripe: string): Money {
  const currency = currencyAtStripe.toUpperCase();
  return { amount: HUNDREDFOLD.has(currency) ? amountAtStripe / 100 : amountAtStripe, currency };
}
