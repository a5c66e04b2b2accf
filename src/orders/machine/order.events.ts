import type { Money } from './order.model.js';

/** The customer paid. Without an amount (the REST callback may lack it) the amount of the order is taken as meant. */
export interface PaymentAccepted {
  readonly type: 'payment.accepted';
  readonly paymentId?: string | undefined;
  readonly amount?: Money | undefined;
}

export interface PaymentRejected {
  readonly type: 'payment.rejected';
  readonly paymentId?: string | undefined;
  readonly reason?: string | undefined;
}

/** The customer or an operator gives the order up. */
export interface CancelOrder {
  readonly type: 'order.cancel';
  readonly reason?: string | undefined;
}

/** An operator has an incident's step tried again. */
export interface RetryStep {
  readonly type: 'order.retry';
  readonly reason?: string | undefined;
}

/** What the outside may send to an order. */
export type OrderCommand = PaymentAccepted | PaymentRejected | CancelOrder | RetryStep;
