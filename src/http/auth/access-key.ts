import type { StaffRole } from './principal.js';

/** A key that is accepted, as its hash. Several may have one id: while a key is being changed, both are. */
export interface AccessKey {
  /** Names the holder in audits. */
  readonly id: string;
  readonly role: StaffRole;
  /** Hexadecimal SHA-256 of the key. Keys are random and long, so that no slow hash is needed. */
  readonly sha256: string;
}
