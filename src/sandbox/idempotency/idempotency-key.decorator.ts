import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { fingerprintOf } from './body-fingerprint.js';

/** The identity of a mutating call. */
export interface KeyedCall {
  /** `Idempotency-Key`, or null when none was sent. */
  readonly key: string | null;
  readonly method: string;
  readonly path: string;
  readonly fingerprint: string;
}

/** Reads the call's identity. Refusal: 400 `idempotency_key_malformed` (a key has 1 to 255 visible ASCII characters). */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): KeyedCall => {
  const request = context.switchToHttp().getRequest<Request>();
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key))) {
    throw new PartnerRefusal(400, 'idempotency_key_malformed', 'Idempotency-Key is 1 to 255 visible ASCII characters.');
  }
  return { key: key ?? null, method: request.method, path: request.path, fingerprint: fingerprintOf(request.body) };
});
