/**
 * Redaction on write: what the history keeps of inputs, outputs and events. Matching is by key name, anywhere in the
 * value, because a path list forgets the place somebody adds next year.
 */
import { isObject } from './json-object.js';

export type Redactor = (value: unknown) => unknown;

export const REDACTED = '[redacted]';

/** Key names, compared without case, `-` and `_`. */
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

/** @param keys key names whose values are replaced by {@link REDACTED}. */
export function redactKeys(keys: readonly string[]): Redactor {
  const isHidden = namesAmong(keys);
  const redact = (value: unknown): unknown =>
    mapFields(value, (inner, key) => (isHidden(key) ? REDACTED : redact(inner)));
  return redact;
}

/** More different names than any machine has: what comes after them is compared anew each time. */
const MOST_REMEMBERED = 1_000;

/** Tells whether a key is one of `keys`, whatever its case, `-` and `_`; the same few keys are asked for again and again. */
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
 * Every field of an object or entry of a list, mapped; anything else as it is. `key` is '' for an entry of a list.
 * @returns the very same value when no field changed: most of what is redacted has nothing to hide.
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
