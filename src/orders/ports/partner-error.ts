export type PartnerName = 'cart' | 'users' | 'warehouse' | 'shipping' | 'pricing' | 'payment' | 'fulfilment';

/**
 * The one error a partner client throws. It carries no header, URL, query or body: what it holds may be stored and shown.
 *
 * - `retryable: true`: a technical failure, or one that a person can mend while the order waits: `partner_unavailable`,
 *   `partner_timeout`, `partner_busy`, `partner_answer_invalid`, `partner_unauthorized`, `partner_call_aborted`,
 *   `idempotency_key_reused`.
 * - `retryable: false`: trying again cannot help. The partner understood and refused: `cart_not_found`, `user_not_found`,
 *   `reservation_gone`, `shipment_refused`, `payment_refused`, `payment_unknown`, `refund_by_hand`, `partner_refused`. Or what was asked can never be a call:
 *   `partner_request_invalid`.
 */
export class PartnerError extends Error {
  override readonly name = 'PartnerError';

  constructor(
    readonly partner: PartnerName,
    /** Stable, e.g. `partner_unavailable`, `partner_timeout`, `partner_answer_invalid`, `cart_not_found`. */
    readonly code: string,
    message: string,
    readonly retryable: boolean,
    /** HTTP status of the answer, if there was one. */
    readonly status?: number,
    /** Milliseconds the partner asked us to wait (Retry-After). */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
