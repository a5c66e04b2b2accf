/** Requests a minute of one sender, by its credentials. 0: no limit. Each process counts on its own. */
export interface RateLimits {
  /** Who shows a key; and each address while no key is asked for. */
  readonly keys: number;
  /** Who shows the token of an order: that order's customers together. */
  readonly customers: number;
  /** An address that sends webhooks, whether their signatures hold or not. */
  readonly webhooks: number;
  /** An address that shows nothing we know. */
  readonly addresses: number;
}

export const NO_LIMITS: RateLimits = { keys: 0, customers: 0, webhooks: 0, addresses: 0 };
