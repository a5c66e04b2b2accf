import type { Request } from 'express';

/**
 * - `customer`: holds the token of one order. Reads and cancels that order only.
 * - `client`: a shop. Places, reads and cancels orders.
 * - `operator`: also lists all orders and steers them, e.g. suspends, retries and terminates.
 * - `admin`: may do everything.
 */
export type Role = 'customer' | StaffRole;
/** Roles of a key. Each role may do what the roles before it may. */
export type StaffRole = (typeof STAFF_ROLES)[number];
export const STAFF_ROLES = ['client', 'operator', 'admin'] as const;

/** Who sent a request. Audits name it by its `id`. */
export interface Principal {
  /** The key's configured id, `customer`, or `anonymous` for a request without a key where none is required. */
  readonly id: string;
  readonly role: Role;
  /** Id of the order that the customer's token belongs to. */
  readonly orderId?: string;
  /** The key or token of the request. Absent for `anonymous`. */
  readonly credential?: Credential;
}

/** What decides whether a key or token has expired or was revoked. */
export interface Credential {
  readonly kind: 'key' | 'order';
  /** Fingerprint of the key, or id of the token's order. */
  readonly subject: string;
  /** When a token was made, in epoch milliseconds. Null: a key, or a token without a time. */
  readonly madeAt: number | null;
  /** Epoch milliseconds; null: it does not expire. */
  readonly expiresAt: number | null;
}

/** The principal of every request where no key is required. */
export const ANONYMOUS: Principal = { id: 'anonymous', role: 'admin' };

/** Stores the sender with the request. The authentication guard calls it. */
export function setPrincipal(request: Request, principal: Principal | null): void {
  Object.assign(request, { principal });
}

/** The sender of the request. Null: the request has no valid key or token. */
export function principalOf(request: Request): Principal | null {
  return 'principal' in request ? (request.principal as Principal | null) : null; // only setPrincipal writes it
}

/** Stores why the sender's key or token is refused. The authentication guard calls it. */
export function setLapse(request: Request, lapse: Error): void {
  Object.assign(request, { lapse });
}

/** Why the sender's key or token is refused. Null: the request has no key or token that the service issued. */
export function lapseOf(request: Request): Error | null {
  return 'lapse' in request && request.lapse instanceof Error ? request.lapse : null;
}

/** The hash of an accepted key. Several keys may have one id: while a key is replaced, both are valid. */
export interface AccessKey {
  /** Names the holder in audits. */
  readonly id: string;
  readonly role: StaffRole;
  /** Hexadecimal SHA-256 of the key. Keys are random and long, so that no slow hash is needed. */
  readonly sha256: string;
  /** The key is refused from this time on, in epoch milliseconds. Absent: it does not expire. */
  readonly expiresAt?: number | undefined;
}
