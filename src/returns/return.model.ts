import type { ActivityFailure, Money, OrderSettings, Refund, StepTries } from '../orders/machine/order.model.js';

/** What comes back, and why: input of the machine, and of both activities. It never changes, so their keys do not. */
export interface ReturnRequest {
  readonly orderId: string;
  readonly correlationId: string;
  /** The goods. */
  readonly reservationId: string;
  /** The money. */
  readonly paymentId: string;
  readonly captured: Money;
  readonly reason: string;
  /** The caller's Idempotency-Key, by which a repeated request is told from a second one. */
  readonly requestKey: string | null;
  /** As the order was born with. */
  readonly settings: OrderSettings;
}

export type ReturnOutcome = 'refunded' | 'rejected' | 'expired' | 'goods_missing';

export interface ReturnContext extends StepTries {
  readonly request: ReturnRequest;
  readonly refund: Refund | null;
  readonly outcome: ReturnOutcome | null;
}

export interface ReturnEvent {
  /** The last one is for an incident. */
  readonly type: 'return.approve' | 'return.reject' | 'return.received' | 'return.retry';
  /** Who decided, and why. */
  readonly by: string;
  readonly reason?: string | undefined;
}

/** What guards and actions are told of a failed activity. */
export interface Failed {
  readonly failure: ActivityFailure;
}
