/**
 * Limits how long the server works on a statement, waits for a lock and waits for the next statement of a transaction.
 * Without these limits a statement could still take effect after its caller got an error.
 */

/** A process that stops in the middle of a transaction holds its row locks for at most this time. */
const IDLE_IN_TRANSACTION_MS = 30_000;

export type SessionLimits = Readonly<Record<string, number>>;

/** Returns the server's settings by name, in milliseconds. */
export function sessionLimits(statementTimeoutMs: number): SessionLimits {
  return {
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
}

/**
 * Returns `SET LOCAL …; SET LOCAL …`, which lasts for one transaction. A pooler keeps a session no longer than that.
 */
export function setLocal(limits: SessionLimits): string {
  return Object.entries(limits)
    .map(([name, value]) => `SET LOCAL ${name} = ${value}`)
    .join(';\n');
}
