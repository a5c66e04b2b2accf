/**
 * The partners' own books: what really happened to goods and money, whatever an order was told. Every request has a key;
 * the first one of a key takes effect, and every later one gets its answer (docs/GUARANTEES.md, G3).
 */
import type { Money, Payment, Reservation } from '../../src/orders/machine/order/order-model.js';
import { PartnerError, type PartnerName } from '../../src/orders/ports/partner-error.js';
import type { RandomSource } from './random-source.js';
import type { WorldTime } from './world-time.js';

/** One order's effects, counted over all keys. */
export interface OrderBooks {
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
  readonly orders = new Map<string, OrderBooks>();
  private readonly answers = new Map<string, Answer>();
  repeats = 0;

  constructor(
    private readonly time: Pick<WorldTime, 'now'>,
    private readonly random: RandomSource,
    private readonly onPaymentAsked: (books: OrderBooks) => void,
    /** After every effect. */
    private readonly onEffect: (books: OrderBooks) => void,
  ) {}

  open(orderId: string): OrderBooks {
    const books: OrderBooks = {
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
    this.orders.set(orderId, books);
    return books;
  }

  /** @throws PartnerError when the first request of this key was refused, or this one is. */
  execute<T>(key: string, orderId: string, effect: (books: OrderBooks) => T): T {
    const earlier = this.answers.get(key);
    if (earlier !== undefined) {
      this.repeats += 1;
      if ('refusal' in earlier) throw earlier.refusal;
      return earlier.output as T; // the same key means the same method
    }
    try {
      const books = this.booksOf(orderId);
      const output = effect(books);
      this.answers.set(key, { output });
      this.onEffect(books);
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
    this.booksOf(orderId).corrections += 1;
  }

  reserve(books: OrderBooks, holdMs: number): Reservation {
    books.reservations += 1;
    books.expiresAt = this.time.now + holdMs;
    books.reservation = 'held';
    const missing = { productId: 'ink', count: 1, available: 0 };
    const pens = { productId: 'pen', count: 2, name: 'Pen', unitPrice: { amount: 1_000, currency: 'EUR' } };
    return {
      reservationId: `reservation-${books.orderId}`,
      reserved: books.stock === 'none' ? [] : [pens],
      notReserved: books.stock === 'all' ? [] : [missing],
      expiresAt: new Date(books.expiresAt).toISOString(),
    };
  }

  consume(books: OrderBooks): void {
    this.expire(books);
    if (books.reservation === 'consumed') return;
    if (books.reservation !== 'held') {
      throw new PartnerError('warehouse', 'reservation_gone', `The goods are ${books.reservation}.`, false);
    }
    books.reservation = 'consumed';
  }

  release(books: OrderBooks): void {
    this.expire(books);
    if (books.shipments > 0) books.wrongs.push('released what was shipped');
    if (books.reservation !== 'expired') books.reservation = 'released';
  }

  startPayment(books: OrderBooks, amount: Money): Payment {
    books.payments += 1;
    const paymentId = `payment-${books.orderId}${books.payments === 1 ? '' : `-${books.payments}`}`;
    books.payment = { paymentId, status: 'pending', amount, checkoutUrl: `https://pay.example/${paymentId}` };
    this.onPaymentAsked(books);
    return books.payment;
  }

  /** An order is told of its own payment alone. */
  lookUp({ payment }: OrderBooks, paymentId: string): Payment {
    if (payment?.paymentId === paymentId) return payment;
    throw new PartnerError('payment', 'payment_unknown', `There is no payment ${paymentId}.`, false);
  }

  /** The customer was faster when the answer says `captured`; now and then the provider takes its time. */
  voidPayment(books: OrderBooks, isSlow: boolean): Payment {
    const payment = this.paymentOf(books);
    if (payment.status === 'pending' && !isSlow) books.payment = { ...payment, status: 'voided' };
    return this.paymentOf(books);
  }

  refund(books: OrderBooks): { refundId: string; amount: Money } {
    const payment = this.paymentOf(books);
    if (books.shipments > 0) books.wrongs.push('refunded what was shipped');
    if (payment.status !== 'captured') {
      throw new PartnerError('payment', 'payment_refused', `The payment is ${payment.status}.`, false);
    }
    books.refunds += 1;
    books.payment = { ...payment, status: 'refunded' };
    return { refundId: `refund-${books.orderId}`, amount: payment.amount };
  }

  /** A reservation is shipped once: a corrected request for one that is under way gets the shipment there is. */
  ship(books: OrderBooks): { shipmentId: string; trackingNumber: string } {
    if (books.shipments === 0 || books.corrections === 0) books.shipments += 1;
    if (books.payment?.status !== 'captured') books.wrongs.push(`shipped while ${books.payment?.status ?? 'unpaid'}`);
    if (books.reservation !== 'consumed') books.wrongs.push(`shipped while the goods were ${books.reservation}`);
    return { shipmentId: `shipment-${books.orderId}`, trackingNumber: `track-${books.orderId}` };
  }

  /** The customer decides on the provider's page. @returns whether there still was something to decide. */
  decide(books: OrderBooks, status: 'captured' | 'rejected'): boolean {
    if (books.payment?.status !== 'pending') return false;
    books.payment = { ...books.payment, status };
    if (status === 'captured') books.charges += 1;
    return true;
  }

  private expire(books: OrderBooks): void {
    if (books.reservation === 'held' && this.time.now > books.expiresAt) books.reservation = 'expired';
  }

  private paymentOf(books: OrderBooks): Payment {
    if (books.payment === null)
      throw new PartnerError('payment', 'payment_refused', 'There is no such payment.', false);
    return books.payment;
  }

  private booksOf(orderId: string): OrderBooks {
    const books = this.orders.get(orderId);
    if (books === undefined) throw new Error(`No books are open for ${orderId}.`);
    return books;
  }
}
