/**
 * Classifies the errors of database drivers.
 *
 * A failure is deterministic when the same statement with the same values would fail again. It is a defect and passes
 * unchanged. Every other failure does not depend on the caller's values. It becomes StoreUnavailableError with the
 * driver's error as its cause, and the call may be repeated. A lost race becomes LostRaceError: it may be repeated at once.
 */
import { types } from 'node:util';
import { QueryFailedError, TypeORMError } from 'typeorm';
import { CodedError, LostRaceError, StoreUnavailableError } from '../../durable/store.js';

/** A value breaks a constraint, a type or a size: https://sqlite.org/rescode.html */
const SQLITE_DETERMINISTIC = new Set(['SQLITE_CONSTRAINT', 'SQLITE_MISMATCH', 'SQLITE_TOOBIG', 'SQLITE_RANGE']);

/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: 21 cardinality, 22 data, 23 integrity constraint, 44 check
 * option, 54 program limit, P0 raised by a trigger. Class 42 (privileges, missing tables) is not among them: the
 * statements are fixed, so such an error depends on the database alone.
 */
const POSTGRES_DETERMINISTIC = /^(21|22|23|44|54|P0)[0-9A-Z]{3}$/;

/**
 * Serialization failure, deadlock, lock not available. The server has rolled the transaction back. Of the other codes of their
 * classes, 40003 says that nobody knows, and class 55 that the same will happen again.
 */
const LOST_RACE = /^(40001|40P01|55P03)$/;

/** JavaScript's own errors are defects of the service, even when Node gives them a code. */
const PROGRAMMING_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError']);

/** Errors without a code: from pg and pg-pool on lost, ended or late connections, from sqlite3 on a closed file. */
const UNCODED_UNAVAILABLE =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|after calling end on the pool|database (is closed|handle is closed)/i;

/**
 * Failures for which a starting service tries again: no server yet, too many connections, a busy file.
 * A wrong password, a missing database and a file that is no database are reported at once.
 */
const STARTING =
  /^(08...|53...|57...|58...|40001|40P01|55P03|25006|E(?!RR_)[A-Z_]+|SQLITE_(BUSY|LOCKED|FULL|IOERR|CANTOPEN|READONLY|PROTOCOL|NOMEM|INTERRUPT))$/;

/** Codes of sqlite3, PostgreSQL, Node's network and its TLS. The service's own codes have small letters. */
const DRIVER_CODE = /^[0-9A-Z_]+$/;

/** Also recognises errors from native code or another realm, as drivers throw them. `instanceof Error` misses those. */
export const isError = types.isNativeError;

/** Returns the driver's code, e.g. `SQLITE_FULL` or `40P01`, or null. */
export function driverCode(error: unknown): string | null {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isError(cause) || !('code' in cause)) return null;
  return typeof cause.code === 'string' && DRIVER_CODE.test(cause.code) ? cause.code : null;
}

/** Returns the error that the store throws in place of the given one. */
export function toStoreError(error: unknown): unknown {
  return isError(error) && isUnavailable(error) ? unavailable(error) : error;
}

/** Does the same for an error that the driver itself has thrown. Without a code it means a lost connection. */
export function toStoreErrorOfDriver(error: unknown): unknown {
  return isError(error) && (isUnavailable(error) || isUncoded(error)) ? unavailable(error) : error;
}

/** Does the same while a service starts. An error that a person has to repair passes unchanged. */
export function toStartError(error: unknown): unknown {
  if (error instanceof CodedError || !isError(error)) return error;
  const code = driverCode(error);
  const waits = code === null ? UNCODED_UNAVAILABLE.test(error.message) : STARTING.test(code);
  return waits ? unavailable(error) : error;
}

/** Runs the work, and converts its errors with {@link toStoreError}. */
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
  const code = driverCode(error);
  const detail = error.message === '' ? (code ?? error.name) : error.message;
  if (code !== null && LOST_RACE.test(code)) return new LostRaceError(`a race was lost: ${detail}`, { cause: error });
  return new StoreUnavailableError(`the database cannot answer now: ${detail}`, { cause: error });
}
