import type { OrderOutcome } from './order-status.js';

/** Money: `amount` in integer minor units (cents), `currency` as ISO 4217 code. */
export interface Money {
  readonly amount: number;
  readonly currency: string;
}

export interface CartLine {
  readonly productId: string;
  readonly count: number;
}

export interface ReservedLine extends CartLine {
  readonly name: string;
  readonly unitPrice: Money;
}

interface MissingLine extends CartLine {
  readonly available: number;
}

export interface Address {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface Customer {
  readonly id: string;
  readonly email: string;
  readonly address: Address;
}

export interface Reservation {
  readonly reservationId: string;
  readonly reserved: readonly ReservedLine[];
  readonly notReserved: readonly MissingLine[];
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface ShippingQuote {
  readonly quoteId: string;
  readonly carrier: string;
  readonly amount: Money;
}

export interface Price {
  readonly goods: Money;
  readonly shipping: Money;
  readonly vat: Money;
  /** 1900 is 19 %. */
  readonly vatRateBasisPoints: number;
  readonly total: Money;
}

type PaymentState = 'pending' | 'captured' | 'rejected' | 'voided' | 'refunded';

export interface Payment {
  readonly paymentId: string;
  readonly status: PaymentState;
  readonly amount: Money;
  readonly checkoutUrl: string;
}

export interface Refund {
  readonly refundId: string;
  readonly amount: Money;
}

/** A payment reported as accepted, though the order was not or no longer waiting for it. */
export interface LatePayment {
  readonly paymentId: string;
  /** What the provider says of it; null until it was asked. `unknown`: this order has no such payment there. */
  readonly found: PaymentState | 'unknown' | null;
  readonly refund: Refund | null;
}

export interface Shipment {
  readonly shipmentId: string;
  readonly trackingNumber: string;
}

/** Retries of one activity. All times in milliseconds; `maxAttempts` counts the first call too. */
export interface RetryPolicy {
  readonly firstIntervalMs: number;
  readonly maxAttempts: number;
  readonly backoffCoefficient: number;
  readonly maxIntervalMs: number;
  /** No further try starts later than this after the first one; 0 means no limit. */
  readonly overallTimeoutMs: number;
  /** Share of the interval that is spread, 0 to 1; drawn from the order's id and the attempt, so that replays agree. */
  readonly jitter: number;
}

/** Settings an order is born with and keeps, whatever the configuration says later. */
export interface OrderSettings {
  readonly retry: RetryPolicy;
  readonly paymentTimeoutMs: number;
  /** An incident nobody attends to is given up after this long: the order compensates and ends as failed. */
  readonly incidentTimeoutMs: number;
  /** Ship what there is when the warehouse cannot reserve everything, instead of ending as out_of_stock. */
  readonly shipPartially: boolean;
  /**
   * Where the provider reports the payment. Kept, because a request that is repeated under its key must be the same one.
   * Absent in orders that were placed before it was kept: they ask under the address of now.
   */
  readonly callbackUrl?: string | undefined;
}

/** Input of the order machine (the original's StartOrderContext). */
export interface StartOrderContext {
  readonly orderId: string;
  readonly correlationId: string;
  readonly shoppingCartId: string;
  readonly userId: string;
  readonly settings: OrderSettings;
}

/**
 * An error of an activity as the machine sees it and as it is stored: never an Error object (JSON would make it `{}`),
 * never a header, a URL or a body.
 */
export interface ActivityFailure {
  readonly name: string;
  /** Stable, e.g. `partner_unavailable`, `cart_not_found`. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  /** The partner's own wish (Retry-After), in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Epoch milliseconds, set by the runtime. */
  readonly startedAt: number;
  readonly failedAt: number;
}

/** How the running step fares: what the retry policy decides upon. */
export interface StepTries {
  /** Name of the running activity, e.g. `getProducts`; null before the first one. */
  readonly step: string | null;
  /** Failed tries of the running step, and when its first one began (epoch ms). */
  readonly failures: number;
  readonly firstStartedAt: number | null;
  readonly lastFailure: ActivityFailure | null;
}

/** Context of the order machine. A part is null until its step has run. */
export interface OrderContext extends StartOrderContext, StepTries {
  readonly items: readonly CartLine[] | null;
  readonly customer: Customer | null;
  readonly reservation: Reservation | null;
  /**
   * What was asked to be reserved without an answer yet: the running request last, before it those that were corrected
   * while it was not known whether they were executed.
   */
  readonly askedFor: readonly (readonly CartLine[])[];
  /** Addresses that a shipment was asked for to, and may have gone to: no refusal answered the request. */
  readonly shipTo: readonly Address[];
  readonly shipping: ShippingQuote | null;
  readonly price: Price | null;
  readonly payment: { readonly paymentId: string; readonly checkoutUrl: string } | null;
  /** Money taken from the customer, as far as we know: it must end as a shipment or as a refund. */
  readonly captured: Money | null;
  /** Who vouched for the money that the provider has not captured. It is given back by hand. */
  readonly vouchedBy: string | null;
  readonly refund: Refund | null;
  /** In order of their reports; each is looked up at the provider before the order ends, and given back if captured. */
  readonly latePayments: readonly LatePayment[];
  readonly shipment: Shipment | null;
  readonly outcome: OrderOutcome | null;
  /** Stable code of why the order did not end as fulfilled, e.g. `cart_empty`. */
  readonly reason: string | null;
}
