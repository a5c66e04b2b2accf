/**
 * Sorts what database drivers throw.
 *
 * A failure is deterministic when the same statement with the same values fails again: it is a defect, and passes unchanged
 * so that it is seen. Every other failure says nothing about the caller's values: it becomes StoreUnavailableError, with the
 * driver's error as its cause, and the call may be tried again.
 */
import { types } from 'node:util';
import { QueryFailedError, TypeORMError } from 'typeorm';
import { CodedError, StoreUnavailableError } from '../../durable/store.js';

/** https://sqlite.org/rescode.html: a value breaks a constraint, a type or a size. */
const SQLITE_DETERMINISTIC = new Set(['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'SQLITE_RANGE']);

/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: 21 cardinality, 22 data, 23 integrity constraint, 44 check
 * option, 54 program limit, P0 raised by a trigger. Class 42 (privileges, missing tables) is none of these: the statements
 * are fixed, so that what they name and may do depends on the database alone.
 */
const POSTGRES_DETERMINISTIC = /^(21|22|23|44|54|P0)[0-9A-Z]{3}$/;

/** Errors of the language itself are defects of our code, whatever code Node gives them. */
const PROGRAMMING_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** Errors that drivers give no code: pg and pg-pool on lost, ended or late connections, sqlite3 on a closed file. */
const UNCODED_UNAVAILABLE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|after calling end on the pool|database (is closed|handle is closed)/i;

/**
 * What may pass while a service starts, and is worth waiting for: no server yet, too many connections, a file that is busy.
 * A wrong password, a missing database or a file that is no database is told at once.
 */
const STARTING =
  /^(08...|53...|57...|58...|40001|40P01|55P03|25006|E(?!RR_)[A-Z_]+|SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL|NOMEM|INTERRUPT))$/;

/** Of sqlite3, PostgreSQL, Node's network and its TLS; our own codes are in small letters. */
const DRIVER_CODE = /^[0-9A-Z_]+$/;

/** `instanceof Error` misses errors that native code or another realm has made, which drivers' are. */
export const isError = types.isNativeError;

/** The driver's own code, e.g. `SQLITE_FULL` or `40P01`, or null. */
export function driverCode(error: unknown): string | null {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isError(cause) || !('code' in cause)) return null;
  return typeof cause.code === 'string' && DRIVER_CODE.test(cause.code) ? cause.code : null;
}

/** What the caller of a store shall see instead of the given error. */
export function toStoreError(error: unknown): unknown {
  return isError(error) && isUnavailable(error) ? unavailable(error) : error;
}

/** The same for an error that a driver itself has thrown: without a code, it is a lost connection. */
export function toStoreErrorOfDriver(error: unknown): unknown {
  return isError(error) && (isUnavailable(error) || isUncoded(error)) ? unavailable(error) : error;
}

/** The same while a service starts: what a person has to mend passes unchanged. */
export function toStartError(error: unknown): unknown {
  if (error instanceof CodedError || !isError(error)) return error;
  const code = driverCode(error);
  const waits = code === null ? UNCODED_UNAVAILABLE.test(error.message) : STARTING.test(code);
  return waits ? unavailable(error) : error;
}

/** Runs the work and throws {@link toStoreError} of what it throws. */
export async function asStoreErrors<T>(work: () => Promise<T>, sort = toStoreError): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw sort(error);
  }
}

function isUnavailable(error: Error): boolean {
  if (error instanceof CodedError || PROGRAMMING_ERRORS.has(error.name)) return false;
  const code = driverCode(error);
  if (code !== null) return !SQLITE_DETERMINISTIC.has(code) && !POSTGRES_DETERMINISTIC.test(code);
  return error instanceof QueryFailedError || UNCODED_UNAVAILABLE.test(error.message);
}

function isUncoded(error: Error): boolean {
  const isOurs = error instanceof CodedError || error instanceof TypeORMError || PROGRAMMING_ERRORS.has(error.name);
  return !isOurs && driverCode(error) === null;
}

function unavailable(error: Error): StoreUnavailableError {
  const detail = error.message === '' ? (driverCode(error) ?? error.name) : error.message;
  return new StoreUnavailableError(`the database cannot answer now: ${detail}`, { cause: error });
}
