import type { AccessKey } from './auth/principal.js';
import type { RateLimits } from './rate-limit/rate-limits.js';

/** Injects {@link HttpOptions}. */
export const HTTP_OPTIONS = Symbol('HTTP_OPTIONS');

export interface HttpOptions {
  /**
   * Plain keys, for development. Each may do everything. Without these and without `accessKeys` the service requires no
   * key, except in production.
   */
  readonly apiKeys: readonly string[];
  /** Hashed keys, each with a role. When there is one, every route requires a key or token. */
  readonly accessKeys?: readonly AccessKey[];
  /** The first makes the tokens of orders. All of them check tokens. None: there are no tokens. */
  readonly orderTokenSecrets?: readonly string[];
  /** A token is accepted for this many days after it was made. 0 or absent: for ever. */
  readonly orderTokenDays?: number;
  /** The answer to a request with an `Idempotency-Key` is kept for this many milliseconds. Absent: 24 hours. */
  readonly idempotencyTtlMs?: number;
  /** True: an operator's command needs an `If-Match` header with the revision that it is meant for. */
  readonly requireIfMatch?: boolean;
  /** Standard Webhooks secrets (`whsec_…`) of the payment provider. A signature by any of them is accepted. */
  readonly webhookSecrets: readonly string[];
  /** Signing secrets of a Stripe endpoint. A signature by any of them is accepted. None: Stripe is refused. */
  readonly stripeWebhookSecrets?: readonly string[];
  /** `compat`: GET on a payment's callback does what POST does, except in production. Absent: `refuse`. */
  readonly paymentCallbackGet?: 'refuse' | 'compat';
  /** Limits of requests per minute. Absent: there is no limit. */
  readonly rateLimits?: RateLimits;
  /** Number of proxies before the service that add the sender's address to `X-Forwarded-For`. Absent: 0. */
  readonly trustedProxies?: number;
  /**
   * Address at which clients reach the service, without a trailing slash. It is a function, because the port may be
   * known only after the server listens.
   */
  publicUrl(): string;
  /** True: the service requires keys, and offers neither API documents nor a demo. */
  readonly production: boolean;
}
