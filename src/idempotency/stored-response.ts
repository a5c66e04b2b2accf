import type { Response } from 'express';
import type { StoredResponse } from './idempotency-store.port.js';

/** Headers that a repeat gets too. All others describe one response only. */
const KEPT_HEADERS = ['Location', 'Retry-After', 'ETag', 'Cache-Control'];

/** A secret is not stored: the same one is made again for whom the answer is given again. */
const TOKEN = 'orderToken';
/** Fields that are not stored. `secret` is shown once. */
const SECRETS: ReadonlySet<string> = new Set([TOKEN, 'secret']);

interface StoredHeaders {
  readonly headers: Readonly<Record<string, string>>;
  /** When the token of the body was made, in epoch milliseconds; null: there is none. */
  readonly tokenMadeAt?: number | null;
  /** Of an earlier release, in place of the time. */
  readonly hadToken?: boolean;
}

/**
 * What is stored of the answer that is about to be sent.
 * @param madeAtOf when a token was made.
 */
export function storedResponse(
  response: Pick<Response, 'statusCode' | 'get'>,
  body: unknown,
  madeAtOf: (token: string) => number | null,
): StoredResponse {
  const headers = KEPT_HEADERS.flatMap((name) => {
    const value = response.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const token = isObject(body) ? body[TOKEN] : undefined;
  const tokenMadeAt = typeof token === 'string' ? madeAtOf(token) : null;
  const stored: StoredHeaders = { headers: Object.fromEntries(headers), tokenMadeAt };
  const shown = isObject(body) ? Object.fromEntries(Object.entries(body).filter(([name]) => !SECRETS.has(name))) : body;
  return {
    status: response.statusCode,
    headers: JSON.stringify(stored),
    body: body === undefined ? '' : JSON.stringify(shown),
  };
}

/** Sets status and headers of a stored answer on the response. @returns the body. */
export function replay(
  response: Pick<Response, 'status' | 'set'>,
  { status, headers, body }: StoredResponse,
  tokenOf: (orderId: string, madeAt: number) => string | null,
): unknown {
  const stored = JSON.parse(headers) as StoredHeaders; // written by storedResponse
  response.status(status);
  response.set({ ...stored.headers, 'Idempotency-Replayed': 'true' });
  if (body === '') return undefined;
  const answer: unknown = JSON.parse(body);
  const orderId = subjectOf(answer);
  const { tokenMadeAt = stored.hadToken === true ? 0 : null } = stored;
  const token = tokenMadeAt !== null && orderId !== null ? tokenOf(orderId, tokenMadeAt) : null;
  return isObject(answer) && token !== null ? { ...answer, [TOKEN]: token } : answer;
}

/** Returns the id of the order or other actor that an answer is about; null: none. */
export function subjectOf(body: unknown): string | null {
  return isObject(body) && typeof body['id'] === 'string' ? body['id'] : null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
