/**
 * Sorts what drivers throw: "the database cannot answer now" becomes StoreUnavailableError with the driver's error as its
 * cause; everything else is a defect and passes unchanged, so that it is seen.
 */
import { types } from 'node:util';
import { QueryFailedError } from 'typeorm';
import { StoreUnavailableError } from '../../durable/store.js';

/** https://sqlite.org/rescode.html: the file is busy, full, unreadable or gone for now. */
const SQLITE_UNAVAILABLE = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
  'SQLITE_PROTOCOL',
  'SQLITE_NOMEM',
  'SQLITE_INTERRUPT',
]);

/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: 08 connection, 53 resources, 57 operator intervention,
 * 58 system error; then single codes: lost against another transaction, a standby after a failover, session timeouts.
 */
const POSTGRES_UNAVAILABLE = /^(08...|53...|57...|58...|40001|40P01|55P03|25006|25P03|25P04)$/;

const NETWORK_UNAVAILABLE =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ENOENT)$/;

/** Errors the drivers give no code: pg and pg-pool on lost, ended or late connections, sqlite3 on a closed file. */
const UNCODED_UNAVAILABLE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|after calling end on the pool|database (is closed|handle is closed)/i;

/** `instanceof Error` would miss errors that native code or another realm has made, which drivers' are. */
export const isError = types.isNativeError;

/** The driver's own code, e.g. `SQLITE_FULL` or `40P01`, or null. */
export function driverCode(error: unknown): string | null {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isError(cause) || !('code' in cause)) return null;
  return typeof cause.code === 'string' ? cause.code : null;
}

/** What the caller of a store shall see instead of the given error. */
export function toStoreError(error: unknown): unknown {
  if (error instanceof StoreUnavailableError || !isError(error)) return error;
  const code = driverCode(error);
  const unavailable =
    code === null
      ? UNCODED_UNAVAILABLE.test(error.message)
      : SQLITE_UNAVAILABLE.has(code) ||
        POSTGRES_UNAVAILABLE.test(code) ||
        NETWORK_UNAVAILABLE.test(code) ||
        (code === 'SQLITE_MISUSE' && UNCODED_UNAVAILABLE.test(error.message));
  if (!unavailable) return error;
  const detail = error.message === '' ? (code ?? error.name) : error.message;
  return new StoreUnavailableError(`the database cannot answer now: ${detail}`, { cause: error });
}

/** Runs the work and throws {@link toStoreError} of what it throws. */
export async function asStoreErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}
