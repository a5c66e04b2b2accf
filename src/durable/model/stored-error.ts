import { type JsonObject, isObject } from '../json/json-object.js';

/** An error as it is stored and as a machine's `onError` sees it. JSON would make `{}` of an Error object. */
export interface StoredError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** False when the activity says that another attempt cannot succeed. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

const LONGEST_MESSAGE = 1_000;
const LONGEST_WORD = 100;
/** 400 days. A longer wait would make a deadline that the database cannot hold. */
const LONGEST_RETRY_AFTER_MS = 34_560_000_000;

/**
 * Takes these five fields from whatever was thrown, and nothing else: no stack and no cause. A value without `retryable`
 * counts as retryable.
 */
export function toStoredError(error: unknown): StoredError {
  const fields = isObject(error) ? error : { message: describe(error) };
  const retryable = read(fields, 'retryable');
  const retryAfterMs = read(fields, 'retryAfterMs');
  return {
    name: text(read(fields, 'name'), LONGEST_WORD) ?? 'Error',
    code: text(read(fields, 'code'), LONGEST_WORD) ?? 'unknown',
    message: text(read(fields, 'message'), LONGEST_MESSAGE) ?? NO_ERROR,
    retryable: typeof retryable === 'boolean' ? retryable : true,
    ...(typeof retryAfterMs === 'number' && retryAfterMs >= 0
      ? { retryAfterMs: Math.min(Math.ceil(retryAfterMs), LONGEST_RETRY_AFTER_MS) }
      : {}),
  };
}

const NO_ERROR = 'Something that is no error was thrown.';

/** Describes a thrown value that is no object. The text of a function would be its source code. */
function describe(thrown: unknown): string {
  return typeof thrown === 'function' || Array.isArray(thrown) ? NO_ERROR : String(thrown);
}

/** Getters of a thrown object may throw. */
function read(fields: JsonObject, key: keyof StoredError): unknown {
  try {
    return fields[key];
  } catch {
    return undefined;
  }
}

function text(value: unknown, longest: number): string | null {
  return typeof value === 'string' ? value.slice(0, longest) : null;
}
