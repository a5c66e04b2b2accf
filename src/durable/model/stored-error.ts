import { type JsonObject, isObject } from '../json/json-object.js';

/** An activity's error as it is stored and as `onError` sees it: an Error object would become `{}` in JSON. */
export interface StoredError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** False when the activity said that trying again cannot help. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

const LONGEST_MESSAGE = 1_000;
const LONGEST_WORD = 100;
/** 400 days. What asks for more is not taken at its word: a deadline must fit the database. */
const LONGEST_RETRY_AFTER_MS = 34_560_000_000;

/**
 * Takes from whatever was thrown these five fields and nothing else: no stack, no cause, no field of its own. A value that
 * is no error, or says nothing of it, counts as retryable.
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

/** Of what is no object. A function's text would be its source. */
function describe(thrown: unknown): string {
  return typeof thrown === 'function' || Array.isArray(thrown) ? NO_ERROR : String(thrown);
}

/** A thrown object may be anything, with getters that throw. */
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
