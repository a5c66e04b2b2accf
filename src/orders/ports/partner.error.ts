export type PartnerName = 'cart' | 'users' | 'warehouse' | 'shipping' | 'pricing' | 'payment' | 'fulfilment';

/**
 * The one error a partner client throws. It carries no header, URL, query or body: what it holds may be stored and shown.
 *
 * - `retryable: true`: a technical failure (network, timeout, 408, 425, 429, 5xx, an answer that is nonsense).
 * - `retryable: false`: the partner understood and refused; trying again cannot help.
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
