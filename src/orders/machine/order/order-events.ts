import type { ActivityFailure, Money } from './order-model.js';

/*
 * `by` is who sent it, for the history. The provider's own reports have none.
 */

/**
 * The customer paid. Without an amount (the REST callback may lack it) the amount of the order is taken as meant. With `by`
 * a person vouches for it.
 */
export interface PaymentAccepted {
  readonly type: 'payment.accepted';
  readonly paymentId?: string | undefined;
  readonly amount?: Money | undefined;
  readonly by?: string | undefined;
}

export interface PaymentRejected {
  readonly type: 'payment.rejected';
  readonly paymentId?: string | undefined;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

/** The customer or an operator gives the order up. */
interface CancelOrder {
  readonly type: 'order.cancel';
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

/** An operator has an incident's step tried again. */
export interface RetryStep {
  readonly type: 'order.retry';
  readonly reason?: string | undefined;
}

/** What the outside may send to an order. */
export type OrderCommand = PaymentAccepted | PaymentRejected | CancelOrder | RetryStep;

/** From the payment machine to the order: the provider has the request, and the customer may pay. */
export interface PaymentRequested {
  readonly type: 'payment.requested';
  readonly paymentId: string;
  readonly checkoutUrl: string;
}

/** From the payment machine to the order: the provider cannot be reached, and a person is needed. */
export interface PaymentStalled {
  readonly type: 'payment.stalled';
  readonly failures: number;
  readonly failure: ActivityFailure;
}

/** From the payment machine alone; the outside may never send one of these. */
export type PaymentNotice = PaymentRequested | PaymentStalled;

export type OrderEvent = OrderCommand | PaymentNotice;
