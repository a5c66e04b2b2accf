import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { ANONYMOUS, principalOf } from '../http/auth/principal.js';
import { invalidRequest } from '../http/problem/request-error.js';

const HEADER = 'idempotency-key';
const ACCEPTABLE = /^[\x21-\x7e]{1,255}$/;

/** Returns the caller's `Idempotency-Key`; undefined: there is none. @throws RequestError when it is malformed. */
export function readIdempotencyKey(request: Pick<Request, 'get'>): string | undefined {
  const key = request.get(HEADER);
  if (key === undefined || ACCEPTABLE.test(key)) return key;
  const message = 'Idempotency-Key must be 1 to 255 visible ASCII characters';
  throw invalidRequest([{ field: HEADER, rule: 'matches', message }]);
}

/** Names the caller. Two callers with the same key never see each other's answers. */
export function scopeOf(request: Request): string {
  const { id, role, orderId } = principalOf(request) ?? ANONYMOUS;
  return role === 'customer' ? `customer:${orderId ?? ''}` : `key:${id}`;
}

/**
 * Two requests are the same when method, path, query and body are equal. The order of the body's members does not count.
 */
export function fingerprintOf({ method, originalUrl, body }: Request): string {
  return digestOf([method, originalUrl, inOrder((body as unknown) ?? null)]); // Express types a body as any
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, inner]) => [name, inOrder(inner)]));
}

/**
 * Key under which the effect of a request is idempotent. Ids are derived from it, and it deduplicates events. It stays the
 * same when the request is handled again after a crash. It differs when the idempotency key has expired and is used anew.
 */
export function effectKeyOf(scope: string, key: string, reservedAt: number | null): string {
  return digestOf([scope, key, reservedAt]);
}

/** Notes both for the handlers. */
export function setEffectKey(
  request: Request,
  { effectKey, reservedAt }: { readonly effectKey: string; readonly reservedAt: number },
): void {
  Object.assign(request, { effectKey, reservedAt });
}

/** When the request's idempotency key was first used, in epoch milliseconds; undefined when it carries none. */
export function readReservedAt(request: Request): number | undefined {
  return 'reservedAt' in request && typeof request.reservedAt === 'number' ? request.reservedAt : undefined;
}

/**
 * Returns the request's effect key; undefined: it carries no idempotency key.
 * @throws RequestError when the key is malformed.
 */
export function readEffectKey(request: Request): string | undefined {
  if ('effectKey' in request && typeof request.effectKey === 'string') return request.effectKey;
  const key = readIdempotencyKey(request);
  return key === undefined ? undefined : effectKeyOf(scopeOf(request), key, null);
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
