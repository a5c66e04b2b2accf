import type { Request } from 'express';
import { bodyMalformed } from '../../http/problem/request-error.js';
import { refuseUnfitBody } from '../../http/validation/body-shape.js';

/** The bytes that were signed; none when there was no body. */
export function rawBodyOf(request: Request): Buffer {
  const bytes: unknown = request.body;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
}

/** @throws RequestError */
export function parseWebhook(body: Buffer): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw bodyMalformed(cause);
  }
  refuseUnfitBody(parsed);
  return parsed;
}
