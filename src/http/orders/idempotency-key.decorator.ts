import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { InvalidRequestError } from '../problem/request.errors.js';

const IDEMPOTENCY_KEY_HEADER = 'idempotency-key';
const ACCEPTABLE = /^[\x21-\x7e]{1,200}$/;

/** The caller's `Idempotency-Key`, or undefined. @throws InvalidRequestError */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  readIdempotencyKey(context.switchToHttp().getRequest<Request>()),
);

function readIdempotencyKey(request: Pick<Request, 'get'>): string | undefined {
  const key = request.get(IDEMPOTENCY_KEY_HEADER);
  if (key === undefined || ACCEPTABLE.test(key)) return key;
  const message = 'Idempotency-Key must be 1 to 200 visible ASCII characters';
  throw new InvalidRequestError([{ field: IDEMPOTENCY_KEY_HEADER, rule: 'matches', message }]);
}

/**
 * The event's deduplication key for a caller's key. One key names one request: the same key with another event is another
 * request, and no caller can reach the keys of webhooks.
 */
export function eventKeyOf(event: string, key: string | undefined): string | undefined {
  return key === undefined ? undefined : `request:${event}:${key}`;
}

export const ApiIdempotencyKey = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Repeats of a request under one key have one effect and one answer. 1 to 200 visible ASCII characters.',
      example: '5f0a6f4e-cart-checkout',
    }),
  );
