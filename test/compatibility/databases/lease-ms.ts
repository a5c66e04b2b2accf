/** Lease of a node on a recorded database, in virtual time. */
export const LEASE_MS = 3_600_000;
