import type { Request } from 'express';

/**
 * - `customer`: the bearer of one order's token; reads and cancels that order, and nothing else exists for them.
 * - `client`: a shop; places orders, follows and cancels them.
 * - `operator`: also sees all of them, and steers them past what an order itself takes.
 * - `admin`: everything.
 */
export type Role = 'customer' | StaffRole;
/** What a key may be for. Each may do what those before it may. */
export type StaffRole = (typeof STAFF_ROLES)[number];
export const STAFF_ROLES = ['client', 'operator', 'admin'] as const;

/** Who sent a request. Audits name it by its `id`. */
export interface Principal {
  /** The key's configured id; `customer`; `anonymous` where no key is asked for. */
  readonly id: string;
  readonly role: Role;
  /** The one order of a customer. */
  readonly orderId?: string;
}

/** Who is taken for everybody where no key is asked for. */
export const ANONYMOUS: Principal = { id: 'anonymous', role: 'admin' };

/** Notes who sent the request; the identity guard does. */
export function setPrincipal(request: Request, principal: Principal | null): void {
  Object.assign(request, { principal });
}

/** Who sent the request; null when nobody we know. */
export function principalOf(request: Request): Principal | null {
  return 'principal' in request ? (request.principal as Principal | null) : null; // only setPrincipal writes it
}

/** A key that is accepted, as its hash. Several may have one id: while a key is being changed, both are. */
export interface AccessKey {
  /** Names the holder in audits. */
  readonly id: string;
  readonly role: StaffRole;
  /** Hexadecimal SHA-256 of the key. Keys are random and long, so that no slow hash is needed. */
  readonly sha256: string;
}
