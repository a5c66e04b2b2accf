/**
 * Redaction on write: what the history keeps of inputs, outputs and events. Matching is by key name, anywhere in the
 * value, because a path list forgets the place somebody adds next year.
 */
import { isObject } from './json.type.js';

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
  const hidden = new Set(keys.map(plain));
  const redact = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(redact);
    if (!isObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, hidden.has(plain(key)) ? REDACTED : redact(inner)]),
    );
  };
  return redact;
}
