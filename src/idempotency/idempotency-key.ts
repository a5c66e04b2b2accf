import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { ANONYMOUS, principalOf } from '../http/auth/principal.js';
import { invalidRequest } from '../http/problem/request-error.js';

const HEADER = 'idempotency-key';
const ACCEPTABLE = /^[\x21-\x7e]{1,255}$/;

/** The caller's `Idempotency-Key`, or undefined. @throws RequestError */
export function readIdempotencyKey(request: Pick<Request, 'get'>): string | undefined {
  const key = request.get(HEADER);
  if (key === undefined || ACCEPTABLE.test(key)) return key;
  const message = 'Idempotency-Key must be 1 to 255 visible ASCII characters';
  throw invalidRequest([{ field: HEADER, rule: 'matches', message }]);
}

/** Whose key it is: two callers may use the same one, and never see each other's answers. */
export function scopeOf(request: Request): string {
  const { id, role, orderId } = principalOf(request) ?? ANONYMOUS;
  return role === 'customer' ? `customer:${orderId ?? ''}` : `key:${id}`;
}

/** What makes two requests the same one: method, path with its query, and body, in whichever order its members are. */
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
 * Under which the effect of a request is idempotent: ids are made of it, events are deduplicated by it. It is the same when
 * the request is done again after a crash, and another one when the key has expired and is used anew.
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

/** The request's effect key; undefined when it carries no idempotency key. @throws RequestError */
export function readEffectKey(request: Request): string | undefined {
  if ('effectKey' in request && typeof request.effectKey === 'string') return request.effectKey;
  const key = readIdempotencyKey(request);
  return key === undefined ? undefined : effectKeyOf(scopeOf(request), key, null);
}

function digestOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
