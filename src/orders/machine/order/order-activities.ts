import { fromPromise, type PromiseActorLogic } from 'xstate';
import type {
  Address,
  CartLine,
  Customer,
  Money,
  Payment,
  Price,
  Refund,
  Reservation,
  ReservedLine,
  Shipment,
  ShippingQuote,
} from './order-model.js';

/** Arguments that every activity gets besides its own. */
export interface ActivityScope {
  readonly orderId: string;
  readonly correlationId: string;
}

interface Activity<TArguments, TOutput> {
  readonly input: ActivityScope & Readonly<TArguments>;
  readonly output: TOutput;
}

/**
 * The side effects an order asks for, by name. Each is at least once and safe to repeat; a failure is an
 * `ActivityFailure` in plain JSON. Outputs are plain JSON, never undefined.
 */
export interface OrderActivities {
  getProducts: Activity<{ shoppingCartId: string }, readonly CartLine[]>;
  getAddress: Activity<{ userId: string }, Customer>;
  /** `holdMs`: how long the goods must be kept, in milliseconds. */
  reserveProducts: Activity<{ items: readonly CartLine[]; holdMs: number }, Reservation>;
  /**
   * Learns the id of a reservation whose request was never answered: the same request, under the idempotency key of the
   * original, so that the warehouse answers with that reservation instead of making a second one.
   * `request`: which of the order's requests it was, counted from 1; a corrected one is a new request.
   */
  findReservation: Activity<{ items: readonly CartLine[]; holdMs: number; request: number }, Reservation>;
  /** Also gives back the goods of a consumed reservation. */
  releaseReservation: Activity<{ reservationId: string }, null>;
  calculateShipping: Activity<{ reservationId: string; items: readonly CartLine[]; address: Address }, ShippingQuote>;
  calculateFinalPrice: Activity<{ items: readonly ReservedLine[]; shipping: Money; country: string }, Price>;
  /** Invoked by the payment machine, as `payment/startPayment`. */
  startPayment: Activity<{ amount: Money; callbackUrl?: string | undefined }, Payment>;
  /**
   * Learns the id of a payment whose start was never answered: the same request as startPayment, under the idempotency
   * key of the original start, so that the provider answers with that payment instead of making a second one.
   */
  findPayment: Activity<{ amount: Money; callbackUrl?: string | undefined }, Payment>;
  /** The answer's status tells the truth: `captured` means that the customer was faster. */
  voidPayment: Activity<{ paymentId: string }, Payment>;
  /**
   * `vouchedBy`: who said that it was paid, though the provider had not captured it. What it has not captured by now is
   * refused as `refund_by_hand`.
   */
  refundPayment: Activity<{ paymentId: string; amount: Money; reason: string; vouchedBy?: string }, Refund>;
  /** Invoked by the machine of a late payment. Refused as `payment_unknown` when this order has no such payment. */
  lookUpPayment: Activity<{ paymentId: string }, Payment>;
  /**
   * As refundPayment, under a key made of order and payment: whoever asks for it, and how often, it is one refund. A request
   * that was corrected after a refusal is a new one.
   */
  refundLatePayment: Activity<{ paymentId: string; amount: Money; reason: string; isCorrected?: boolean }, Refund>;
  consumeReservation: Activity<{ reservationId: string }, null>;
  sendShippingOrder: Activity<{ reservationId: string; items: readonly CartLine[]; address: Address }, Shipment>;
}

export type OrderActivityName = keyof OrderActivities;

type LogicOf<K extends OrderActivityName> = PromiseActorLogic<
  OrderActivities[K]['output'],
  OrderActivities[K]['input']
>;

/** What the composition root puts in place of the placeholders. */
export type OrderActivityLogics = { readonly [K in OrderActivityName]: LogicOf<K> };

/** The chart was run without its side effects: a mistake of composition, which no retry can mend. */
export class ActivityNotProvidedError extends Error {
  override readonly name = 'ActivityNotProvidedError';
  readonly code = 'activity_not_provided';

  constructor(activity: OrderActivityName) {
    super(`Activity "${activity}" was not provided: see provideOrderActivities.`);
  }
}

/** Stands where an activity will be provided; rejects with {@link ActivityNotProvidedError}. */
export function unprovided<K extends OrderActivityName>(activity: K): LogicOf<K> {
  return fromPromise<OrderActivities[K]['output'], OrderActivities[K]['input']>(() =>
    Promise.reject(new ActivityNotProvidedError(activity)),
  );
}
