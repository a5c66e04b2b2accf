/** What every call to a partner carries besides its arguments. */
export interface PartnerCall {
  readonly orderId: string;
  readonly correlationId: string;
  /** The same in every try and after every restart: `orderId:activityId`. Sent as `Idempotency-Key`. */
  readonly idempotencyKey: string;
  /** Aborted when the order no longer wants the answer. */
  readonly signal: AbortSignal;
}
