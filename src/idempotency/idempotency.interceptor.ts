import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { OrderTokens } from '../http/auth/order-token.js';
import { problemResponseOf } from '../http/problem/problem-response.js';
import { IdempotentRequests, type KeyedRequest } from './idempotent-requests.js';
import { fingerprintOf, readIdempotencyKey, scopeOf, setEffectKey } from './idempotency-key.js';
import { replay, storedResponse, subjectOf } from './stored-response.js';

/**
 * Answers every repeat under an `Idempotency-Key` as it answered the first request. Only the answer to a success is kept: a
 * refusal has changed nothing, and the same request may succeed later.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly requests: IdempotentRequests,
    private readonly tokens: OrderTokens,
  ) {}

  /** @throws RequestError when the key is malformed, belongs to another request, or is in use. */
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
      // A refusal had no effect. Any other failure may have had one, so the key stays reserved and the repeat finds out.
      if (problemResponseOf(error).status < 500) await this.requests.release(keyed);
      else this.requests.abandon(keyed);
      throw error;
    }
  }
}
