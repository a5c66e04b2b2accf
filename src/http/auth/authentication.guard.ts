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
 * Notes who sends a request; lets everybody through but foreign pages where no key is asked for, because what strangers may
 * do is for the guards after it. A key or token that has lapsed makes nobody of its sender, not even a stranger.
 * @throws RequestError @throws StoreUnavailableError
 *
 * - Hashed keys are configured, or this is production: every route asks.
 * - Plain keys alone (a developer's machine): routes that only read do not ask.
 * - No keys: nobody is asked, everybody is the anonymous admin; but who shows an order's token is its customer.
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
    const isStranger = judged === null && this.mayBeStranger(request);
    // A webhook shows its signature.
    if (isStranger && !isWebhook(request)) refuseForeignSite(request, this.options.publicUrl());
    if (judged !== null && 'lapse' in judged) setLapse(request, judged.lapse);
    const principal = judged !== null && 'principal' in judged ? judged.principal : null;
    setPrincipal(request, principal ?? (isStranger ? ANONYMOUS : null));
    return true;
  }

  /** A key goes before a token. */
  private async judge(request: Request): Promise<Judgement> {
    const key = request.get(FUNCTION_KEY_HEADER);
    if (key !== undefined) return this.credentials.ofKey(key);
    const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    return token === undefined ? null : this.credentials.ofToken(token);
  }

  /** Who shows a key that is nobody's is told so, even where none is asked for. */
  private mayBeStranger(request: Request): boolean {
    if (this.asks === 'nobody') return true;
    return this.asks === 'writers' && READS.has(request.method) && request.get(FUNCTION_KEY_HEADER) === undefined;
  }
}
