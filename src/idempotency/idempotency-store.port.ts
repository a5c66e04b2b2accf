/**
 * What a front door remembers of requests that carry an idempotency key: who is working on one, and what it was answered.
 * The answer is no part of a turn: it may be lost in a crash, and is then made again, because the effect of a request is
 * itself idempotent under its key (see {@link KeyClaim}).
 *
 * All times are epoch milliseconds. Methods reject with `StoreUnavailableError` when the database cannot answer now.
 */
export interface RequestKey {
  /** Whose key it is: two callers may use the same one. */
  readonly scope: string;
  readonly key: string;
}

export interface KeyClaimRequest extends RequestKey {
  /** Of the request: another request under the same key is refused. */
  readonly fingerprint: string;
  /** The node that works on it. It must not be working on this key already: what it left unanswered is taken over. */
  readonly ownerNode: string;
  readonly now: number;
  readonly expiresAt: number;
}

export interface StoredResponse {
  /** HTTP status. */
  readonly status: number;
  /** JSON object of the headers that matter. */
  readonly headers: string;
  /** JSON; empty when there was none. */
  readonly body: string;
}

/**
 * - `reserved`: do it. `reservedAt` names this use of the key, and stays when a dead node's work is done again: what is
 *   derived from scope, key and `reservedAt` is the same then, and another one once the key has expired.
 * - `answered`: give this answer. `running`: a live node works on it. `other_request`: the key is that of another request.
 */
export type KeyClaim =
  | { readonly kind: 'reserved'; readonly reservedAt: number }
  | { readonly kind: 'answered'; readonly answer: StoredResponse }
  | { readonly kind: 'running' }
  | { readonly kind: 'other_request' };

/** Token of the application's {@link IdempotencyStore}. */
export const IDEMPOTENCY_STORE = Symbol('IDEMPOTENCY_STORE');

export interface IdempotencyStore {
  claim(reservation: KeyClaimRequest): Promise<KeyClaim>;
  /**
   * Keeps the answer until the key expires, or until the actor it names is purged. Nothing happens when another node has
   * taken the work over. @param actorId the actor the answer is about, if there is one.
   */
  keep(owned: OwnedKey, answer: StoredResponse, actorId: string | null): Promise<void>;
  /** Gives the key back: nothing was done under it. */
  release(owned: OwnedKey): Promise<void>;
  /** @returns how many were removed, `limit` at the most. */
  removeExpired(now: number, limit: number): Promise<number>;
}

export interface OwnedKey extends RequestKey {
  readonly ownerNode: string;
}
