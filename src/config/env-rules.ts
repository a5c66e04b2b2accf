import { z } from 'zod';

/*
 * The rules for values of the environment. Each rule checks the raw text. Its message completes the sentence "<key>
 * <rule>", so one line explains a bad value.
 */

export const DAY_MS = 86_400_000;

type Unit =
  | 'milliseconds'
  | 'days'
  | 'tries'
  | 'times'
  | 'calls'
  | 'requests a minute'
  | 'streams'
  | 'tasks'
  | 'proxies'
  | 'megabytes'
  | 'connections';

/** A whole number within the bounds. It refuses "12abc", "1e3", "+5" and " 5". */
export function integer(min: number, max: number, unit?: Unit) {
  return z
    .string()
    .refine((text) => /^\d{1,15}$/.test(text) && within(text, min, max), {
      error: `must be a whole number${unit === undefined ? '' : ` of ${unit}`} from ${min} to ${max}`,
    })
    .transform(Number);
}

/** A decimal number within the bounds. The separator is a point. */
export function decimal(min: number, max: number) {
  return z
    .string()
    .refine((text) => /^\d{1,9}(\.\d{1,9})?$/.test(text) && within(text, min, max), {
      error: `must be a number from ${min} to ${max}`,
    })
    .transform(Number);
}

/** 1 to 20 whole numbers of milliseconds, separated by commas. */
export function durations(max: number) {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.length <= 20 && list.every((text) => /^\d{1,15}$/.test(text) && within(text, 1, max)), {
      error: `must be 1 to 20 whole numbers of milliseconds from 1 to ${max}, separated by commas`,
    })
    .transform((list) => list.map(Number));
}

/** 1 to 20 port numbers, separated by commas. */
export function ports() {
  return z
    .string()
    .transform(splitList)
    .refine(
      (list) =>
        list.length >= 1 &&
        list.length <= 20 &&
        list.every((text) => /^\d{1,5}$/.test(text) && within(text, 1, 65_535)),
      { error: 'must be 1 to 20 ports from 1 to 65535, separated by commas' },
    )
    .transform((list) => list.map(Number));
}

export function flag() {
  return z
    .string()
    .refine((text) => text === 'true' || text === 'false', { error: 'must be true or false' })
    .transform((text) => text === 'true');
}

export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `must be one of ${words.join(', ')}` });
}

/** A host name or address to listen on. */
export function host() {
  return z
    .string()
    .regex(/^[A-Za-z0-9.:_-]{1,253}$/, { error: 'must be a host name or an IP address, without port or brackets' });
}

export function gitCommit() {
  return z.string().regex(/^[0-9a-f]{7,64}$/, { error: 'must be 7 to 64 hexadecimal digits' });
}

/** A text of one line. */
export function text() {
  return z.string().regex(/^[\x20-\x7e]{1,200}$/, { error: 'must be at most 200 visible ASCII characters' });
}

export function filePath() {
  return z.string().refine((text) => text.trim() === text && !text.includes('\0'), {
    error: 'must be a file path without spaces around it',
  });
}

/** An http(s) address to which paths are appended. The result has no trailing slash. */
export function baseUrl() {
  return z
    .string()
    .refine(isBaseUrl, { error: 'must be an http:// or https:// URL without credentials, query or fragment' })
    .transform((text) => text.replace(/\/+$/, ''));
}

/** One key that a header carries: visible ASCII without a comma. */
export function key() {
  return z.string().regex(KEY, { error: 'must be visible ASCII characters without spaces and commas' });
}

/** Keys, separated by commas. Spaces around a comma are ignored. */
export function keys() {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.every((entry) => KEY.test(entry)), {
      error: 'must be keys of visible ASCII characters, separated by commas, none of them empty',
    });
}

/** Comma separated `<id>:<role>:sha256:<64 hexadecimal digits>`, each with `:<expiry>` at its end or not. */
export function accessKeys() {
  return z
    .string()
    .transform((text) => splitList(text).map(readAccessKey))
    .refine((list) => list.every((entry) => entry !== null), {
      error:
        'must be <id>:<client, operator or admin>:sha256:<64 hexadecimal digits>, separated by commas; a time such as :2027-01-31T00:00:00Z at the end of one says when it expires',
    })
    .transform((list) => list.filter((entry) => entry !== null));
}

/** Secrets that are too long to guess, separated by commas. */
export function longSecrets() {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.every((entry) => entry.length >= 32 && KEY.test(entry)), {
      error: 'must be secrets of 32 visible ASCII characters at least, separated by commas',
    });
}

/** Names or dotted paths, separated by commas. */
export function paths() {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.every((entry) => /^[\w-]+(\.[\w-]+)*$/.test(entry)), {
      error: 'must be names, or paths like customer.email, separated by commas',
    });
}

/** Secrets as Standard Webhooks specifies them ("Symmetric", 24 to 64 bytes), separated by commas. */
export function webhookSecrets() {
  return z
    .string()
    .transform(splitList)
    .refine((list) => list.every(isWebhookSecret), {
      error: 'must be secrets of the form whsec_<base64 of 24 to 64 bytes>, separated by commas',
    });
}

/** `sqlite:<path>` or a PostgreSQL connection string. */
export function databaseUrl() {
  return z
    .string()
    .refine((text) => isSqlite(text) || isPostgres(text), {
      error: 'must be sqlite:<path> (one colon, no //), or postgres://… or postgresql://… with host and database',
    })
    .transform((text) =>
      isSqlite(text)
        ? ({ type: 'sqlite', path: text.slice(SQLITE.length) } as const)
        : ({ type: 'postgres', url: text } as const),
    );
}

/** The address of a PostgreSQL database. */
export function postgresUrl() {
  return z.string().refine(isPostgres, { error: 'must be postgres://… or postgresql://… with host and database' });
}

/** Days by outcome, e.g. `90` or `90,failed=365`. The bare number applies to all outcomes without a name. */
export function retention(outcomes: readonly string[]) {
  const days = (text: string): number | null =>
    /^\d{1,5}$/.test(text) && within(text, 1, 36_500) ? Number(text) : null;
  const read = (text: string) => {
    const entries = splitList(text).map((entry) => {
      const [name, value, ...rest] = entry.includes('=') ? entry.split('=') : ['', entry];
      const isKnown = (name === '' && !entry.includes('=')) || outcomes.includes(name ?? '');
      return { name: name ?? '', days: isKnown && rest.length === 0 ? days(value ?? '') : null };
    });
    return new Set(entries.map(({ name }) => name)).size === entries.length ? entries : [];
  };
  return z
    .string()
    .refine((text) => read(text).length > 0 && read(text).every((entry) => entry.days !== null), {
      error: `must be days from 1 to 36500, as a number for all orders, and as <outcome>=<number> for those that ended as ${outcomes.join(', ')}, separated by commas, each once`,
    })
    .transform((text) => {
      const entries = read(text).flatMap(({ name, days: count }) =>
        count === null ? [] : [[name, count * DAY_MS] as const],
      );
      return {
        byOutcomeMs: Object.fromEntries(entries.filter(([name]) => name !== '')),
        othersMs: entries.find(([name]) => name === '')?.[1] ?? null,
      };
    });
}

const KEY = /^[!-+\--~]+$/;
const ACCESS_KEY =
  /^([\w.@-]{1,64}):(client|operator|admin):sha256:([0-9a-fA-F]{64})(?::(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z))?$/;
const SQLITE = 'sqlite:';

function within(text: string, min: number, max: number): boolean {
  return Number(text) >= min && Number(text) <= max;
}

export function splitList(text: string): string[] {
  return text.split(',').map((entry) => entry.trim());
}

function readAccessKey(text: string) {
  const [, id, role, sha256, expiry] = ACCESS_KEY.exec(text) ?? [];
  const known = (['client', 'operator', 'admin'] as const).find((each) => each === role);
  const expiresAt = expiry === undefined ? undefined : timeOf(expiry);
  if (id === undefined || known === undefined || sha256 === undefined || expiresAt === null) return null;
  return { id, role: known, sha256, ...(expiresAt === undefined ? {} : { expiresAt }) };
}

/** Epoch milliseconds of a UTC time of RFC 3339; null for one that no calendar has. */
function timeOf(text: string): number | null {
  const at = Date.parse(text);
  // Date.parse moves the 31st of a shorter month into the next one.
  return Number.isNaN(at) || !new Date(at).toISOString().startsWith(text.slice(0, 19)) ? null : at;
}

function isBaseUrl(text: string): boolean {
  if (!/^https?:\/\/\S+$/.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.username === '' && url.password === '' && !/[?#]/.test(text);
}

function isWebhookSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (encoded === undefined) return false;
  const bytes = Buffer.from(encoded, 'base64');
  // Buffer skips characters that are not base64. Encoding the bytes again shows whether it skipped any.
  return bytes.toString('base64') === encoded && bytes.length >= 24 && bytes.length <= 64;
}

function isSqlite(text: string): boolean {
  const path = text.startsWith(SQLITE) ? text.slice(SQLITE.length) : '';
  return path !== '' && path.trim() === path && !path.startsWith('//') && !path.includes('\0');
}

function isPostgres(text: string): boolean {
  if (!/^postgres(ql)?:\/\/\S+$/.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return url.hostname !== '' && url.pathname.length > 1;
}
