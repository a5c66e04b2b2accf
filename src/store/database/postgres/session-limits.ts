/**
 * How long the server works on a statement, waits for a lock and waits for the next statement of a transaction. Without
 * them a statement whose caller was refused would go on, and might be carried out later.
 */

/** A process that was stopped in the middle of a transaction does not hold its rows for longer. */
const IDLE_IN_TRANSACTION_MS = 30_000;

export type SessionLimits = Readonly<Record<string, number>>;

/** Names of the server's settings, in milliseconds. */
export function sessionLimits(statementTimeoutMs: number): SessionLimits {
  return {
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
  };
}

/** `SET LOCAL …; SET LOCAL …`: for one transaction, which is all that a pooler keeps together. */
export function setLocal(limits: SessionLimits): string {
  return Object.entries(limits)
    .map(([name, value]) => `SET LOCAL ${name} = ${value}`)
    .join(';\n');
}
