import type { Request } from 'express';
import { bodyMalformed } from '../../http/problem/request-error.js';
import { refuseUnfitBody } from '../../http/validation/body-shape.js';

/** Returns the signed bytes; empty when the request has no body. */
export function rawBodyOf(request: Request): Buffer {
  const bytes: unknown = request.body;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
}

/** @throws RequestError when the body is not JSON in UTF-8, or not fit to be stored. */
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
