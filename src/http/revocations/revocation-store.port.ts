/** Injects the {@link RevocationStore}; the store's module provides it. */
export const REVOCATION_STORE = Symbol('REVOCATION_STORE');

/**
 * - `key`: one function key, by its fingerprint.
 * - `order`: all tokens of one order that were made by then, by the order's id.
 */
type RevocationKind = 'key' | 'order';

export interface Revocation {
  readonly kind: RevocationKind;
  /** Fingerprint of the key, or id of the order. */
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly revokedAt: number;
  /** Id of the key whose holder revoked it. */
  readonly by: string;
  readonly reason: string | null;
}

/** What was revoked, for as long as it could be shown. Methods may reject with StoreUnavailableError. */
export interface RevocationStore {
  /** Durable when it resolves. Of two revocations of one subject the later one stays. */
  revoke(revocation: Revocation): Promise<void>;
  /** All revoked keys. */
  keys(): Promise<Revocation[]>;
  /** Revocations of these orders' tokens. */
  ofOrders(orderIds: readonly string[]): Promise<Revocation[]>;
  /** Removes revocations of orders that do not exist any more. @returns how many were removed, `limit` at the most. */
  removeOrphans(limit: number): Promise<number>;
}
