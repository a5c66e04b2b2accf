import { redactKeys, SECRET_KEYS, type Redactor } from '../durable/index.js';

/**
 * What histories and order views never show: secrets, and what tells who a customer is or where they live.
 * City and country stay: they explain shipping and VAT, and name nobody.
 */
const PERSONAL_KEYS: readonly string[] = ['email', 'phone', 'street', 'postalCode'];

const hideKeys = redactKeys([...SECRET_KEYS, ...PERSONAL_KEYS]);
/** Products and errors have a `name` too, and theirs is needed: only the one of an address is hidden. */
const hideName = redactKeys(['name']);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An address is known by its shape wherever it appears, and by its key where it may be a part of one (a correction). */
const isAddress = (value: Readonly<Record<string, unknown>>, key?: string): boolean =>
  key === 'address' || 'street' in value || 'postalCode' in value;

export const redactOrder: Redactor = (value) => hideKeys(hideAddressNames(value));

function hideAddressNames(value: unknown, at?: string): unknown {
  if (Array.isArray(value)) return value.map((each) => hideAddressNames(each));
  if (!isObject(value)) return value;
  if (isAddress(value, at)) return hideName(value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hideAddressNames(inner, key)]));
}
