/** Requests per minute that one sender may send, by kind of sender. 0: no limit. Each process counts separately. */
export interface RateLimits {
  /** Of one key. While no key is required, of one address. */
  readonly keys: number;
  /** Of all customers of one order together. */
  readonly customers: number;
  /** Of one address that sends webhooks, whether their signatures are valid or not. */
  readonly webhooks: number;
  /** Of one address that sends requests without a valid key or token. */
  readonly addresses: number;
}

export const NO_LIMITS: RateLimits = { keys: 0, customers: 0, webhooks: 0, addresses: 0 };
