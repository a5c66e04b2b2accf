import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { OrderTokens } from '../http/auth/order-token.js';
import { problemResponseOf } from '../http/problem/problem-response.js';
import { IdempotentRequests, type KeyedRequest } from './idempotent-requests.js';
import { fingerprintOf, readIdempotencyKey, scopeOf, setEffectKey } from './idempotency-key.js';
import { replay, storedResponse, subjectOf } from './stored-response.js';

/**
 * Gives the answer of the first request to every repeat of it under its `Idempotency-Key`. Only what was done is answered
 * so: a refusal has changed nothing, and the same request may fare better the next time.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly requests: IdempotentRequests,
    private readonly tokens: OrderTokens,
  ) {}

  /** @throws RequestError @throws RequestError @throws RequestError */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const key = readIdempotencyKey(request);
    if (key === undefined) return next.handle();

    const keyed: KeyedRequest = { scope: scopeOf(request), key, fingerprint: fingerprintOf(request) };
    const begun = await this.requests.begin(keyed);
    if (begun.kind === 'answered')
      return of(replay(response, begun.answer, (id, madeAt) => this.tokens.issue(id, madeAt)));
    setEffectKey(request, begun);
    const body = await this.handle(keyed, next);
    const { id = null } = request.params;
    await this.requests.keep(
      keyed,
      storedResponse(response, body, (token) => this.tokens.read(token)?.madeAt ?? null),
      subjectOf(body) ?? (typeof id === 'string' ? id : null),
    );
    return of(body);
  }

  private async handle(keyed: KeyedRequest, next: CallHandler): Promise<unknown> {
    try {
      return await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      // A refusal is certain. Of anything else nobody knows what was done: the repeat must find it.
      if (problemResponseOf(error).status < 500) await this.requests.release(keyed);
      else this.requests.abandon(keyed);
      throw error;
    }
  }
}
