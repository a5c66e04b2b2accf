import { applyDecorators, createParamDecorator, UseInterceptors, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { ApiProblem } from '../http/openapi/api-problem.decorator.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { readEffectKey, readReservedAt } from './idempotency-key.js';

/**
 * What the effect of the request is to be deduplicated by: made of the caller, their `Idempotency-Key` and its first use.
 * Undefined without such a header. @throws RequestError
 */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined =>
  readEffectKey(context.switchToHttp().getRequest<Request>()),
);

/** Injects {@link readReservedAt}: what a repeat makes anew is the same then. */
export const FirstUsedAt = createParamDecorator((_: unknown, context: ExecutionContext): number | undefined =>
  readReservedAt(context.switchToHttp().getRequest<Request>()),
);

/**
 * The event's deduplication key for a caller's key. One key names one request: the same key with another event is another
 * request, and no caller can reach the keys of webhooks.
 */
export function eventKeyOf(event: string, key: string | undefined): string | undefined {
  return key === undefined ? undefined : `request:${event}:${key}`;
}

/** The route gives a repeat under one `Idempotency-Key` the first answer. Its effect must be idempotent under {@link IdempotencyKey}. */
export const ApiIdempotencyKey = () =>
  applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Repeats of a request under one key have one effect and one answer, which says `Idempotency-Replayed: true`. Yours alone, kept for 24 hours unless configured otherwise. A refusal changed nothing and is not kept. 1 to 255 visible ASCII characters.',
      example: '5f0a6f4e-cart-checkout',
    }),
    ApiProblem(422, 'idempotency_key_reused', 'The Idempotency-Key was used for another request.'),
  );
