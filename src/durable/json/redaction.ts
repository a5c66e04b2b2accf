/**
 * Redacts what the history stores of inputs, outputs and events (invariant 8). Matching is by key name anywhere in the value:
 * a list of paths would miss a place that is added later.
 */
import { isObject } from './json-object.js';

export type Redactor = (value: unknown) => unknown;

export const REDACTED = '[redacted]';

/** Key names; case, `-` and `_` do not count. */
export const SECRET_KEYS: readonly string[] = [
  'authorization',
  'cookie',
  'setcookie',
  'password',
  'passphrase',
  'secret',
  'clientsecret',
  'token',
  'accesstoken',
  'refreshtoken',
  'apikey',
  'privatekey',
  'signature',
  'cardnumber',
  'pan',
  'cvc',
  'cvv',
  'iban',
];

const plain = (key: string): string => key.toLowerCase().replace(/[-_]/g, '');

/** @param keys their values are replaced by {@link REDACTED}. */
export function redactKeys(keys: readonly string[]): Redactor {
  const isHidden = namesAmong(keys);
  const redact = (value: unknown): unknown =>
    mapFields(value, (inner, key) => (isHidden(key) ? REDACTED : redact(inner)));
  return redact;
}

/** More names than any machine has. Further names are compared each time, so that the map stays small. */
const MOST_REMEMBERED = 1_000;

/** Whether a key is one of `keys`; case, `-` and `_` do not count. Remembers its answers: the same few keys repeat. */
export function namesAmong(keys: readonly string[]): (key: string) => boolean {
  const names = new Set(keys.map(plain));
  const remembered = new Map<string, boolean>();
  return (key) => {
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const isAmong = names.has(plain(key));
    if (remembered.size < MOST_REMEMBERED) remembered.set(key, isAmong);
    return isAmong;
  };
}

/**
 * Maps every field of an object or entry of a list. `key` is '' for an entry of a list. Other values stay.
 * @returns the same value when no field changed, because most values hold no secret.
 */
export function mapFields(value: unknown, map: (inner: unknown, key: string) => unknown): unknown {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    const mapped = list.map((inner) => map(inner, ''));
    return mapped.some((inner, index) => inner !== list[index]) ? mapped : list;
  }
  if (!isObject(value)) return value;
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(value)) {
    const inner = map(value[key], key);
    if (inner === value[key]) continue;
    copy ??= { ...value };
    copy[key] = inner;
  }
  return copy ?? value;
}
