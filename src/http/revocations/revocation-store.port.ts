/** Injects the {@link RevocationStore}; the store's module provides it. */
export const REVOCATION_STORE = Symbol('REVOCATION_STORE');

/**
 * - `key`: revokes one function key.
 * - `order`: revokes all tokens of one order that were made up to the time of the revocation.
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

/** Keeps revocations of keys for ever, and of tokens while the order exists. May reject with StoreUnavailableError. */
export interface RevocationStore {
  /** Stores a revocation durably before it resolves. A later revocation of the same subject replaces an earlier one. */
  revoke(revocation: Revocation): Promise<void>;
  /** All revoked keys. */
  keys(): Promise<Revocation[]>;
  /** The latest revocation of each order's tokens. */
  ofOrders(orderIds: readonly string[]): Promise<Revocation[]>;
  /** Removes revocations of orders that no longer exist. @returns how many it removed, at most `limit`. */
  removeOrphans(limit: number): Promise<number>;
}
