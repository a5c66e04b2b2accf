import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { Credentials, type Judgement } from './credentials.js';
import { isWebhook } from '../validation/body-parsing.js';
import { refuseForeignSite } from './foreign-site.js';
import { ANONYMOUS, setLapse, setPrincipal } from './principal.js';

export const FUNCTION_KEY_HEADER = 'x-functions-key';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Finds out who sends a request and stores it with the request. The role guard decides later what the sender may do.
 * This guard refuses only pages of another site, and only in requests that need no key.
 * A sender whose key or token has expired or was revoked has no principal, not even the anonymous one.
 * @throws RequestError @throws StoreUnavailableError
 *
 * - Hashed keys are configured, or this is production: every route requires a key or token.
 * - Only plain keys are configured (a developer's machine): routes that only read require none.
 * - No keys are configured: no route requires one. A sender without an order's token is the anonymous admin.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  private readonly asks: 'always' | 'writers' | 'nobody';

  constructor(
    @Inject(HTTP_OPTIONS) private readonly options: HttpOptions,
    private readonly credentials: Credentials,
  ) {
    const { production, apiKeys, accessKeys = [] } = options;
    this.asks = production || accessKeys.length > 0 ? 'always' : apiKeys.length > 0 ? 'writers' : 'nobody';
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const judged = await this.judge(request);
    const isAnonymous = judged === null && this.mayBeAnonymous(request);
    // A webhook has a signature instead of a key.
    if (isAnonymous && !isWebhook(request)) refuseForeignSite(request, this.options.publicUrl());
    if (judged !== null && 'lapse' in judged) setLapse(request, judged.lapse);
    const principal = judged !== null && 'principal' in judged ? judged.principal : null;
    setPrincipal(request, principal ?? (isAnonymous ? ANONYMOUS : null));
    return true;
  }

  /** A request with both a key and a token is judged by its key. */
  private async judge(request: Request): Promise<Judgement> {
    const key = request.get(FUNCTION_KEY_HEADER);
    if (key !== undefined) return this.credentials.ofKey(key);
    const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    return token === undefined ? null : this.credentials.ofToken(token);
  }

  /** A request with an unknown key is refused even on a read that requires no key, so that the sender notices. */
  private mayBeAnonymous(request: Request): boolean {
    if (this.asks === 'nobody') return true;
    return this.asks === 'writers' && READS.has(request.method) && request.get(FUNCTION_KEY_HEADER) === undefined;
  }
}
