import type { AccessKey } from './auth/principal.js';
import type { RateLimits } from './rate-limit/rate-limits.js';

/** Injects {@link HttpOptions}. */
export const HTTP_OPTIONS = Symbol('HTTP_OPTIONS');

export interface HttpOptions {
  /** Plain keys, for development: each may do everything. None, and no `accessKeys`: nobody is asked, save in production. */
  readonly apiKeys: readonly string[];
  /** Hashed keys, each with a role. Any of them: every route asks for one. */
  readonly accessKeys?: readonly AccessKey[];
  /** What the tokens of orders are made with (the first) and checked against (each). None: there are no tokens. */
  readonly orderTokenSecrets?: readonly string[];
  /** For how many days a token is accepted after it was made; 0, and when absent: for ever. */
  readonly orderTokenDays?: number;
  /** How long the answer of a request with an `Idempotency-Key` is kept, in milliseconds; 24 hours when absent. */
  readonly idempotencyTtlMs?: number;
  /** True: operators' commands must say by `If-Match` which revision they are meant for. */
  readonly requireIfMatch?: boolean;
  /** Standard Webhooks secrets (`whsec_…`) of the payment provider; any of them is accepted. */
  readonly webhookSecrets: readonly string[];
  /** Signing secrets of a Stripe endpoint; any of them is accepted. None: nothing of Stripe is. */
  readonly stripeWebhookSecrets?: readonly string[];
  /** What GET on a payment's callbacks does; `compat` does what POST does, save in production. `refuse` when absent. */
  readonly paymentCallbackGet?: 'refuse' | 'compat';
  /** How many requests a minute; none is limited when absent. */
  readonly rateLimits?: RateLimits;
  /** How many proxies before us name the sender's address in `X-Forwarded-For`; none when absent. */
  readonly trustedProxies?: number;
  /** Where clients reach us, without a trailing slash. Asked at every use: the port may be known only once we listen. */
  publicUrl(): string;
  /** True: no page, no API documents, no demo. */
  readonly production: boolean;
}
