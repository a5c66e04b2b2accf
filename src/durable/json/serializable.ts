/**
 * Finds what a value would lose in JSON. The next turn reads the snapshot from JSON: a `Date` would be a text there, a `Map`
 * an empty object. A property whose value is `undefined` is allowed: it reads the same when it is absent.
 *
 * References to actors are reported apart, with their places, because XState stores them in its own way.
 */
import type { AnyActorRef } from 'xstate';

export type Place = readonly (string | number)[];

export interface FoundRef {
  readonly at: Place;
  readonly ref: AnyActorRef;
}

export interface JsonFindings {
  /** The first value that JSON changes; null when there is none. */
  readonly unsafe: { readonly at: Place; readonly what: string } | null;
  readonly refs: readonly FoundRef[];
}

const DEEPEST = 500;
const NONE: JsonFindings = { unsafe: null, refs: [] };

export function inspectJson(value: unknown): JsonFindings {
  if (typeof value !== 'object' || value === null) {
    const what = value === undefined ? null : unsafeScalar(value);
    return what === null ? NONE : { unsafe: { at: [], what }, refs: [] };
  }
  const keys: (string | number)[] = [];
  const refs: FoundRef[] = [];
  const what = visit(value, keys, refs);
  return { unsafe: what === null ? null : { at: [...keys], what }, refs };
}

/** @returns the place as code, e.g. `context.items[2].at`. */
export function writePlace(root: string, at: Place): string {
  return at.reduce<string>((path, key) => path + (typeof key === 'number' ? `[${key}]` : `.${key}`), root);
}

/** Leaves `keys` at the place of the unsafe value. */
function visit(value: object, keys: (string | number)[], refs: FoundRef[]): string | null {
  if (keys.length > DEEPEST) return 'an object that holds itself';
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      keys.push(index);
      if (item === undefined) return 'undefined in a list';
      const what = typeof item === 'object' && item !== null ? visit(item, keys, refs) : unsafeScalar(item);
      if (what !== null) return what;
      keys.pop();
    }
    return null;
  }
  if (isActorRef(value)) {
    refs.push({ at: [...keys], ref: value });
    return null;
  }
  // The prototype of a plain object, of any realm, has no prototype itself.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return `an object of class ${value.constructor.name}`;
  }
  const fields = value as Readonly<Record<string, unknown>>; // read by name only
  for (const key of Object.keys(fields)) {
    const item = fields[key];
    if (item === undefined || typeof item === 'string') continue;
    keys.push(key);
    const what = typeof item === 'object' && item !== null ? visit(item, keys, refs) : unsafeScalar(item);
    if (what !== null) return what;
    keys.pop();
  }
  return null;
}

function unsafeScalar(value: unknown): string | null {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? null : `the number ${value}`;
    case 'bigint':
      return 'a BigInt';
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    case 'undefined':
    case 'string':
    case 'boolean':
    case 'object':
      return null;
  }
}

/** XState recognises a reference by the same properties when it persists a context. */
function isActorRef(value: object): value is AnyActorRef {
  return 'sessionId' in value && 'send' in value && 'ref' in value;
}
