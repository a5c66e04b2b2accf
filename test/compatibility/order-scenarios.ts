import type { ActorCommand } from '../../src/durable/index.js';
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import type { OrderActivities, OrderActivityName } from '../../src/orders/machine/order/order-activities.js';
import type { ActivityFailure } from '../../src/orders/machine/order/order-model.js';
import { eur, failure, payment, reservation } from '../model/order-fixture.js';

type Answer<K extends OrderActivityName> =
  { readonly failure: ActivityFailure } | { readonly output: OrderActivities[K]['output'] };

/** What happens to one order. Partners answer in turn as `answers` say, and well ever after; deadlines pass. */
export interface Scenario {
  readonly name: string;
  readonly answers?: { readonly [K in OrderActivityName]?: readonly Answer<K>[] };
  /** Sent once, where the order stands so. */
  readonly at?: Readonly<Record<string, OrderCommand | ActorCommand>>;
}

const down = { failure: failure('partner_unavailable', true) };
/** As often as an order tries by itself. */
const exhausted = [down, down, down] as const;
const refused = { failure: failure('refused', false) };

const OPEN = 'AwaitingPayment.open+payment.waiting';
const accepted = { type: 'payment.accepted', paymentId: 'payment-1' } as const;
const rejected = { type: 'payment.rejected', paymentId: 'payment-1' } as const;
const suspend = { type: 'suspend', by: 'operator', reason: 'stock count' } as const;
const resume = { type: 'resume', by: 'operator', reason: null, deadlines: 'keep' } as const;

/** Together they lead an order into every state in which one can be stored. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'paid', at: { [OPEN]: accepted } },
  { name: 'no-cart', answers: { getProducts: exhausted } },
  { name: 'no-address', answers: { getAddress: exhausted } },
  {
    name: 'no-warehouse',
    answers: { reserveProducts: exhausted, findReservation: exhausted, releaseReservation: exhausted },
  },
  {
    name: 'out-of-stock',
    answers: {
      reserveProducts: [{ output: reservation({ productId: 'ink', count: 3, available: 1 }) }],
      releaseReservation: exhausted,
    },
  },
  { name: 'no-quote', answers: { calculateShipping: exhausted, releaseReservation: exhausted } },
  { name: 'no-price', answers: { calculateFinalPrice: exhausted, releaseReservation: exhausted } },
  {
    name: 'no-provider',
    answers: {
      startPayment: exhausted,
      findPayment: exhausted,
      voidPayment: exhausted,
      releaseReservation: exhausted,
    },
  },
  {
    name: 'paid-too-late',
    at: { [OPEN]: { type: 'order.cancel' } },
    answers: { voidPayment: [{ output: payment('captured') }], refundPayment: exhausted },
  },
  {
    name: 'paid-though-rejected',
    at: { [OPEN]: rejected },
    answers: { voidPayment: [{ output: payment('captured') }] },
  },
  {
    name: 'vouched',
    at: { [OPEN]: { ...accepted, by: 'clerk' } },
    answers: {
      voidPayment: exhausted,
      consumeReservation: [refused],
      refundPayment: [{ failure: failure('refund_by_hand', false) }],
    },
  },
  { name: 'wrong-amount', at: { [OPEN]: { ...accepted, amount: eur(1) } } },
  {
    name: 'not-consumed',
    at: { [OPEN]: accepted },
    answers: { consumeReservation: exhausted, refundPayment: exhausted, releaseReservation: exhausted },
  },
  {
    name: 'not-shipped',
    at: { [OPEN]: accepted },
    answers: {
      sendShippingOrder: [...exhausted, refused],
      refundPayment: exhausted,
      releaseReservation: exhausted,
    },
  },
  {
    name: 'paid-after-rejection',
    at: { [OPEN]: rejected, 'PaymentFailed.releasing.running': accepted },
    answers: {
      lookUpPayment: [...exhausted, { output: payment('pending') }],
      voidPayment: [{ output: payment('voided') }, ...exhausted, { output: payment('captured') }],
      refundLatePayment: exhausted,
    },
  },
  {
    name: 'paid-twice',
    at: { [OPEN]: accepted, 'SendShippingOrder.running': { ...accepted, paymentId: 'payment-2' } },
  },
  {
    name: 'paid-twice-not-consumed',
    at: { [OPEN]: accepted, 'PaymentSuccess.running': { ...accepted, paymentId: 'payment-2' } },
    answers: { consumeReservation: [refused] },
  },
  { name: 'cancelled-early', at: { 'ReservingProducts.running': { type: 'order.cancel', reason: 'changed my mind' } } },
  { name: 'suspended', at: { [OPEN]: suspend, [`${OPEN}+suspended`]: resume } },
  {
    name: 'suspended-at-work',
    at: { 'GettingAddress.running': suspend, 'GettingAddress.running+suspended+kept': resume },
  },
];
