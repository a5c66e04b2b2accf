import type { Request } from 'express';

/**
 * - `customer`: the bearer of one order's token; reads and cancels that order, and nothing else exists for them.
 * - `client`: a shop; places orders, follows and cancels them.
 * - `operator`: also sees all of them, and steers them past what an order itself takes.
 * - `admin`: everything.
 */
export type Role = 'customer' | StaffRole;
/** Roles of a key. Each role may do what the roles before it may. */
export type StaffRole = (typeof STAFF_ROLES)[number];
export const STAFF_ROLES = ['client', 'operator', 'admin'] as const;

/** Who sent a request. Audits name it by its `id`. */
export interface Principal {
  /** The key's configured id; `customer`; `anonymous` where no key is asked for. */
  readonly id: string;
  readonly role: Role;
  /** The one order of a customer. */
  readonly orderId?: string;
  /** What was shown for it. Absent where nothing was. */
  readonly credential?: Credential;
}

/** A key or token, as far as it may lapse. */
export interface Credential {
  readonly kind: 'key' | 'order';
  /** Fingerprint of the key, or id of the token's order. */
  readonly subject: string;
  /** Of a token: epoch milliseconds; null when it does not tell. */
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

/** The sender of the request. Null: an unknown one. */
export function principalOf(request: Request): Principal | null {
  return 'principal' in request ? (request.principal as Principal | null) : null; // only setPrincipal writes it
}

/** Stores why the sender's key or token is refused. The authentication guard calls it. */
export function setLapse(request: Request, lapse: Error): void {
  Object.assign(request, { lapse });
}

/** Why the sender's key or token is refused; null when none of ours was shown. */
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
  /** Epoch milliseconds from which on it is refused. Absent: never. */
  readonly expiresAt?: number | undefined;
}
