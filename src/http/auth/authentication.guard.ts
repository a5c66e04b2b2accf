import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { AccessKeys } from './access-keys.js';
import { OrderTokens } from './order-token.js';
import { isWebhook } from '../validation/body-parsing.js';
import { refuseForeignSite } from './foreign-site.js';
import { ANONYMOUS, setPrincipal, type Principal } from './principal.js';

export const FUNCTION_KEY_HEADER = 'x-functions-key';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Notes who sends a request; lets everybody through but foreign pages where no key is asked for, because what strangers may
 * do is for the guards after it. @throws RequestError
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
    private readonly keys: AccessKeys,
    private readonly tokens: OrderTokens,
  ) {
    const { production, apiKeys, accessKeys = [] } = options;
    this.asks = production || accessKeys.length > 0 ? 'always' : apiKeys.length > 0 ? 'writers' : 'nobody';
  }

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    const holder = this.holderOf(request);
    const isStranger = holder === null && this.mayBeStranger(request);
    // A webhook shows its signature.
    if (isStranger && !isWebhook(request)) refuseForeignSite(request, this.options.publicUrl());
    setPrincipal(request, holder ?? (isStranger ? ANONYMOUS : null));
    return true;
  }

  /** A key goes before a token. */
  private holderOf(request: Request): Principal | null {
    const key = request.get(FUNCTION_KEY_HEADER);
    if (key !== undefined) return this.keys.holderOf(key);
    const [, token] = /^Bearer ([\x21-\x7e]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    const orderId = token === undefined ? null : this.tokens.orderOf(token);
    return orderId === null ? null : { id: 'customer', role: 'customer', orderId };
  }

  /** Who shows a key that is nobody's is told so, even where none is asked for. */
  private mayBeStranger(request: Request): boolean {
    if (this.asks === 'nobody') return true;
    return this.asks === 'writers' && READS.has(request.method) && request.get(FUNCTION_KEY_HEADER) === undefined;
  }
}
