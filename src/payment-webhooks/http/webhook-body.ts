import type { Request } from 'express';
import { bodyMalformed } from '../../http/problem/request-error.js';

/** The bytes that were signed; none when there was no body. */
export function rawBodyOf(request: Request): Buffer {
  const bytes: unknown = request.body;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0);
}

/** @throws RequestError */
export function parseWebhook(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString()) as unknown;
  } catch (cause) {
    throw bodyMalformed(cause);
  }
}
