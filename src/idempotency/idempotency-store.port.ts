/**
 * Stores who works on a request that carries an idempotency key, and the answer to it. The answer is not part of a turn,
 * so a crash may lose it. A repeat then makes it again, because the effect of a request is idempotent under its key (see
 * {@link KeyClaim}).
 *
 * All times are epoch milliseconds. Methods reject with `StoreUnavailableError` when the database does not answer.
 */
export interface RequestKey {
  /** Names the caller. Two callers may use the same key. */
  readonly scope: string;
  readonly key: string;
}

export interface KeyClaimRequest extends RequestKey {
  /** Identifies the request. Another request under the same key is refused. */
  readonly fingerprint: string;
  /**
   * The node that is to work on the request. A node takes over its own unanswered claim, so it must not claim a key twice
   * at once.
   */
  readonly ownerNode: string;
  readonly now: number;
  readonly expiresAt: number;
}

export interface StoredResponse {
  /** HTTP status. */
  readonly status: number;
  /** JSON text of the headers that a repeat gets. */
  readonly headers: string;
  /** JSON text; empty when the answer had no body. */
  readonly body: string;
}

/**
 * - `reserved`: the caller handles the request. `reservedAt` identifies this use of the key. It stays the same when a node
 *   takes over from a dead one, and differs once the key has expired; so does everything derived from it.
 * - `answered`: the caller repeats this answer.
 * - `running`: a living node works on the request.
 * - `other_request`: the key belongs to another request.
 */
export type KeyClaim =
  | { readonly kind: 'reserved'; readonly reservedAt: number }
  | { readonly kind: 'answered'; readonly answer: StoredResponse }
  | { readonly kind: 'running' }
  | { readonly kind: 'other_request' };

/** Injects the {@link IdempotencyStore}. */
export const IDEMPOTENCY_STORE = Symbol('IDEMPOTENCY_STORE');

export interface IdempotencyStore {
  claim(reservation: KeyClaimRequest): Promise<KeyClaim>;
  /**
   * Keeps the answer until the key expires or `actorId` is purged. Does nothing when another node has taken over.
   * @param actorId the actor that the answer is about; null: none.
   */
  keep(owned: OwnedKey, answer: StoredResponse, actorId: string | null): Promise<void>;
  /** Frees the key, because the request had no effect. */
  release(owned: OwnedKey): Promise<void>;
  /** Removes at most `limit` expired keys. @returns how many. */
  removeExpired(now: number, limit: number): Promise<number>;
}

export interface OwnedKey extends RequestKey {
  readonly ownerNode: string;
}
