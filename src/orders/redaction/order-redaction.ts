import { REDACTED, type Redactor, SECRET_KEYS, mapFields, namesAmong } from '../../durable/index.js';
import { redactPaths } from './redact-paths.js';

/**
 * What histories and order views never show: secrets, and what tells who a customer is or where they live.
 * City and country stay: they explain shipping and VAT, and name nobody.
 */
const PERSONAL_KEYS: readonly string[] = ['email', 'phone', 'street', 'postalCode'];

const isHidden = namesAmong([...SECRET_KEYS, ...PERSONAL_KEYS]);
const isName = namesAmong(['name']);

/** An address is known by its shape wherever it appears, and by its key where it may be a part of one (a correction). */
const isAddress = (value: object, key: string): boolean =>
  !Array.isArray(value) && (key === 'address' || 'street' in value || 'postalCode' in value);

/** Token of the application's {@link orderRedactor}, for whatever writes or shows orders. */
export const ORDER_REDACTOR = Symbol('ORDER_REDACTOR');

/** @param extraPaths keys and paths that the operator names, hidden besides what always is. */
export function orderRedactor(extraPaths: readonly string[]): Redactor {
  const redactExtra = redactPaths(extraPaths);
  return (value) => redactExtra(redact(value, '', false));
}

/** Products and errors have a `name` too, and theirs is needed: only the one of an address is hidden. */
function redact(value: unknown, at: string, inAddress: boolean): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const hidesNames = inAddress || isAddress(value, at);
  return mapFields(value, (inner, key) =>
    isHidden(key) || (hidesNames && isName(key)) ? REDACTED : redact(inner, key, hidesNames),
  );
}
