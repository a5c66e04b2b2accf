import type { OrderActivities, OrderActivityName } from '../../src/orders/machine/order/order-activities.js';
import type { PaymentAccepted, PaymentRejected } from '../../src/orders/machine/order/order-events.js';
import type { ActivityFailure, Money, Payment, Reservation } from '../../src/orders/machine/order/order-model.js';
import { ANSWERS, failure, payment, reservation, TOTAL } from './order-fixture.js';

/**
 * How a call ends: `lost` was executed, but its answer never came; `down` was not executed; `refused` is definite, so it
 * only happens to what was not executed under its key before.
 */
export type Fate = 'answered' | 'lost' | 'down' | 'refused';

export interface Circumstances {
  readonly cart: 'filled' | 'empty';
  readonly stock: 'all' | 'some' | 'none';
  /** So many voids are answered with a payment that is still pending. */
  readonly slowVoids: number;
  /** What a repeated start is answered with: the payment as it is, or as it was at first. */
  readonly repeatedStart: 'live' | 'first';
  /** One per call of the activity, in order; then every call is answered. */
  readonly fates: { readonly [K in OrderActivityName]?: readonly Fate[] };
}

/** The partners' ledger: what really happened to goods and money, whatever the order was told. */
export class PartnerLedger {
  payment: Payment | null = null;
  capturedEver: Money | null = null;
  refunded = 0;
  reservation: 'none' | 'held' | 'consumed' | 'released' = 'none';
  shipped = false;
  /** How often a reservation was asked for that had been made already. */
  foundReservations = 0;
  /** What must never happen, seen at the moment it happened. */
  readonly violations: string[] = [];
  private readonly executed = new Set<string>();
  private readonly calls = new Map<OrderActivityName, number>();
  private voids = 0;

  constructor(private readonly circumstances: Circumstances) {}

  /** One call of an activity; rejects with an ActivityFailure. Repeated calls have no second effect. */
  call<K extends OrderActivityName>(
    activity: K,
    input: OrderActivities[K]['input'],
  ): Promise<OrderActivities[K]['output']> {
    const called = this.calls.get(activity) ?? 0;
    const fate = this.circumstances.fates[activity]?.[called] ?? 'answered';
    this.calls.set(activity, called + 1);
    if ('paymentId' in input && this.payment !== null && input.paymentId !== this.payment.paymentId)
      return fail(failure('payment_unknown', false));
    const key = ORIGINALS.get(activity) ?? activity;
    if (fate === 'down') return fail(failure('partner_unavailable', true));
    if (fate === 'refused' && !this.executed.has(key)) return fail(failure('refused', false));
    const answer = this.execute(this.executed.has(key))[activity]();
    if ('code' in answer) return fail(answer);
    this.executed.add(key);
    return fate === 'lost' ? fail(failure('partner_timeout', true)) : Promise.resolve(answer.output);
  }

  /** The customer pays on the provider's page; the callback that the provider sends, if there was something to pay. */
  pay(): PaymentAccepted | null {
    if (this.payment?.status !== 'pending') return null;
    this.payment = { ...this.payment, status: 'captured' };
    this.capturedEver = this.payment.amount;
    return { type: 'payment.accepted', paymentId: this.payment.paymentId, amount: this.payment.amount };
  }

  /** Some ways to pay settle late: the provider captures what was withdrawn meanwhile. */
  payLate(): PaymentAccepted | null {
    if (this.payment?.status !== 'voided') return null;
    this.payment = { ...this.payment, status: 'pending' };
    return this.pay();
  }

  decline(): PaymentRejected | null {
    if (this.payment?.status !== 'pending') return null;
    this.payment = { ...this.payment, status: 'rejected' };
    return { type: 'payment.rejected', paymentId: this.payment.paymentId };
  }

  private execute(again: boolean): {
    [K in OrderActivityName]: () => { output: OrderActivities[K]['output'] } | ActivityFailure;
  } {
    return {
      getProducts: () => ({ output: this.circumstances.cart === 'empty' ? [] : ANSWERS.getProducts }),
      getAddress: () => ({ output: ANSWERS.getAddress }),
      calculateShipping: () => ({ output: ANSWERS.calculateShipping }),
      calculateFinalPrice: () => ({ output: ANSWERS.calculateFinalPrice }),
      reserveProducts: () => this.reserve(),
      findReservation: () => {
        this.foundReservations += again ? 1 : 0;
        return this.reserve();
      },
      consumeReservation: () => this.consume(),
      releaseReservation: () => {
        if (this.shipped) this.violations.push('released what was shipped');
        this.reservation = 'released';
        return { output: null };
      },
      startPayment: () => this.start(again),
      findPayment: () => this.start(again),
      voidPayment: () => this.void(),
      refundPayment: () => this.refund(),
      lookUpPayment: () => this.lookUp(),
      refundLatePayment: () => this.refund(),
      sendShippingOrder: () => {
        if (this.payment?.status !== 'captured')
          this.violations.push(`shipped while ${this.payment?.status ?? 'unpaid'}`);
        if (this.reservation !== 'consumed') this.violations.push(`shipped while goods were ${this.reservation}`);
        this.shipped = true;
        return { output: ANSWERS.sendShippingOrder };
      },
    };
  }

  private reserve(): { output: Reservation } {
    if (this.reservation === 'none') this.reservation = 'held';
    const missing = { productId: 'ink', count: 1, available: 0 };
    const { stock } = this.circumstances;
    if (stock === 'all') return { output: reservation() };
    return { output: stock === 'some' ? reservation(missing) : { ...reservation(missing), reserved: [] } };
  }

  private consume(): { output: null } | ActivityFailure {
    if (this.reservation === 'released') return failure('reservation_gone', false);
    this.reservation = 'consumed';
    return { output: null };
  }

  private start(again: boolean): { output: Payment } {
    this.payment ??= payment('pending');
    return { output: again && this.circumstances.repeatedStart === 'first' ? payment('pending') : this.payment };
  }

  private void(): { output: Payment } | ActivityFailure {
    if (this.payment === null) return failure('payment_not_found', false);
    this.voids += 1;
    const slow = this.voids <= this.circumstances.slowVoids;
    if (this.payment.status === 'pending' && !slow) this.payment = { ...this.payment, status: 'voided' };
    return { output: this.payment };
  }

  private lookUp(): { output: Payment } | ActivityFailure {
    return this.payment === null ? failure('payment_unknown', false) : { output: this.payment };
  }

  private refund(): { output: OrderActivities['refundPayment']['output'] } | ActivityFailure {
    if (this.shipped) this.violations.push('refunded what was shipped');
    if (this.payment?.status === 'captured') {
      this.payment = { ...this.payment, status: 'refunded' };
      this.refunded += TOTAL.amount;
    }
    if (this.payment?.status !== 'refunded') return failure('payment_not_captured', false);
    return { output: ANSWERS.refundPayment };
  }
}

/** Asked again under the key of the original. */
const ORIGINALS: ReadonlyMap<OrderActivityName, OrderActivityName> = new Map([
  ['findPayment', 'startPayment'],
  ['findReservation', 'reserveProducts'],
]);

function fail(reason: ActivityFailure): Promise<never> {
  return Promise.reject(Object.assign(new Error(), reason));
}
