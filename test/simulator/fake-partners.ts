/**
 * The partners' own ledger: what really happened to goods and money, whatever an order was told. Every request has a key;
 * the first one of a key takes effect, and every later one gets its answer (docs/GUARANTEES.md, G3).
 */
import type { Money, Payment, Reservation } from '../../src/orders/machine/order/order-model.js';
import { PartnerError, type PartnerName } from '../../src/orders/ports/partner-error.js';
import type { RandomSource } from './random-source.js';
import type { WorldTime } from './world-time.js';

/** One order's effects, counted over all keys. */
export interface OrderLedger {
  readonly orderId: string;
  readonly stock: 'all' | 'some' | 'none';
  readonly cart: 'filled' | 'empty';
  reservations: number;
  reservation: 'none' | 'held' | 'consumed' | 'released' | 'expired';
  expiresAt: number;
  payments: number;
  payment: Payment | null;
  charges: number;
  refunds: number;
  shipments: number;
  /** Requests that left and have not arrived. */
  underWay: number;
  /** How often operators may have corrected it: a corrected call is a new one, under a key of its own. */
  corrections: number;
  /** What must never happen, seen when it happened. */
  readonly wrongs: string[];
}

type Answer = { readonly output: unknown } | { readonly refusal: PartnerError };

export class FakePartners {
  readonly orders = new Map<string, OrderLedger>();
  private readonly answers = new Map<string, Answer>();
  repeats = 0;

  constructor(
    private readonly time: Pick<WorldTime, 'now'>,
    private readonly random: RandomSource,
    private readonly onPaymentAsked: (ledger: OrderLedger) => void,
    /** After every effect. */
    private readonly onEffect: (ledger: OrderLedger) => void,
  ) {}

  open(orderId: string): OrderLedger {
    const ledger: OrderLedger = {
      orderId,
      stock: this.random.weighted({ all: 94, some: 4, none: 2 }),
      cart: this.random.chance(0.01) ? 'empty' : 'filled',
      reservations: 0,
      reservation: 'none',
      expiresAt: 0,
      payments: 0,
      payment: null,
      charges: 0,
      refunds: 0,
      shipments: 0,
      underWay: 0,
      corrections: 0,
      wrongs: [],
    };
    this.orders.set(orderId, ledger);
    return ledger;
  }

  /** @throws PartnerError when the first request of this key was refused, or this one is. */
  execute<T>(key: string, orderId: string, effect: (ledger: OrderLedger) => T): T {
    const earlier = this.answers.get(key);
    if (earlier !== undefined) {
      this.repeats += 1;
      if ('refusal' in earlier) throw earlier.refusal;
      return earlier.output as T; // the same key means the same method
    }
    try {
      const ledger = this.ledgerOf(orderId);
      const output = effect(ledger);
      this.answers.set(key, { output });
      this.onEffect(ledger);
      return output;
    } catch (error) {
      if (error instanceof PartnerError && !error.retryable) this.answers.set(key, { refusal: error });
      throw error;
    }
  }

  /** Refuses the request for good, unless it was executed before. */
  refuse(key: string, orderId: string, partner: PartnerName): void {
    this.execute(key, orderId, () => {
      throw new PartnerError(partner, 'partner_refused', 'The partner refuses.', false);
    });
  }

  /** To be told before a correction is sent. */
  noteCorrection(orderId: string): void {
    this.ledgerOf(orderId).corrections += 1;
  }

  reserve(ledger: OrderLedger, holdMs: number): Reservation {
    ledger.reservations += 1;
    ledger.expiresAt = this.time.now + holdMs;
    ledger.reservation = 'held';
    const missing = { productId: 'ink', count: 1, available: 0 };
    const pens = { productId: 'pen', count: 2, name: 'Pen', unitPrice: { amount: 1_000, currency: 'EUR' } };
    return {
      reservationId: `reservation-${ledger.orderId}`,
      reserved: ledger.stock === 'none' ? [] : [pens],
      notReserved: ledger.stock === 'all' ? [] : [missing],
      expiresAt: new Date(ledger.expiresAt).toISOString(),
    };
  }

  consume(ledger: OrderLedger): void {
    this.expire(ledger);
    if (ledger.reservation === 'consumed') return;
    if (ledger.reservation !== 'held') {
      throw new PartnerError('warehouse', 'reservation_gone', `The goods are ${ledger.reservation}.`, false);
    }
    ledger.reservation = 'consumed';
  }

  release(ledger: OrderLedger): void {
    this.expire(ledger);
    if (ledger.shipments > 0) ledger.wrongs.push('released what was shipped');
    if (ledger.reservation !== 'expired') ledger.reservation = 'released';
  }

  startPayment(ledger: OrderLedger, amount: Money): Payment {
    ledger.payments += 1;
    const paymentId = `payment-${ledger.orderId}${ledger.payments === 1 ? '' : `-${ledger.payments}`}`;
    ledger.payment = { paymentId, status: 'pending', amount, checkoutUrl: `https://pay.example/${paymentId}` };
    this.onPaymentAsked(ledger);
    return ledger.payment;
  }

  /** An order is told of its own payment alone. */
  lookUp({ payment }: OrderLedger, paymentId: string): Payment {
    if (payment?.paymentId === paymentId) return payment;
    throw new PartnerError('payment', 'payment_unknown', `There is no payment ${paymentId}.`, false);
  }

  /** The customer was faster when the answer says `captured`; now and then the provider takes its time. */
  voidPayment(ledger: OrderLedger, isSlow: boolean): Payment {
    const payment = this.paymentOf(ledger);
    if (payment.status === 'pending' && !isSlow) ledger.payment = { ...payment, status: 'voided' };
    return this.paymentOf(ledger);
  }

  refund(ledger: OrderLedger): { refundId: string; amount: Money } {
    const payment = this.paymentOf(ledger);
    if (ledger.shipments > 0) ledger.wrongs.push('refunded what was shipped');
    if (payment.status !== 'captured') {
      throw new PartnerError('payment', 'payment_refused', `The payment is ${payment.status}.`, false);
    }
    ledger.refunds += 1;
    ledger.payment = { ...payment, status: 'refunded' };
    return { refundId: `refund-${ledger.orderId}`, amount: payment.amount };
  }

  /** A reservation is shipped once: a corrected request for one that is under way gets the shipment there is. */
  ship(ledger: OrderLedger): { shipmentId: string; trackingNumber: string } {
    if (ledger.shipments === 0 || ledger.corrections === 0) ledger.shipments += 1;
    if (ledger.payment?.status !== 'captured')
      ledger.wrongs.push(`shipped while ${ledger.payment?.status ?? 'unpaid'}`);
    if (ledger.reservation !== 'consumed') ledger.wrongs.push(`shipped while the goods were ${ledger.reservation}`);
    return { shipmentId: `shipment-${ledger.orderId}`, trackingNumber: `track-${ledger.orderId}` };
  }

  /** The customer decides on the provider's page. @returns whether there still was something to decide. */
  decide(ledger: OrderLedger, status: 'captured' | 'rejected'): boolean {
    if (ledger.payment?.status !== 'pending') return false;
    ledger.payment = { ...ledger.payment, status };
    if (status === 'captured') ledger.charges += 1;
    return true;
  }

  private expire(ledger: OrderLedger): void {
    if (ledger.reservation === 'held' && this.time.now > ledger.expiresAt) ledger.reservation = 'expired';
  }

  private paymentOf(ledger: OrderLedger): Payment {
    if (ledger.payment === null)
      throw new PartnerError('payment', 'payment_refused', 'There is no such payment.', false);
    return ledger.payment;
  }

  private ledgerOf(orderId: string): OrderLedger {
    const ledger = this.orders.get(orderId);
    if (ledger === undefined) throw new Error(`No ledger is open for ${orderId}.`);
    return ledger;
  }
}
