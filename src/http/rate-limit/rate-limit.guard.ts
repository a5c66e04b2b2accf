import { Inject, Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import {
  InjectThrottlerOptions,
  InjectThrottlerStorage,
  ThrottlerGuard,
  type ThrottlerLimitDetail,
  type ThrottlerModuleOptions,
  type ThrottlerStorage,
} from '@nestjs/throttler';
import type { Request } from 'express';
import { isWebhook } from '../validation/body-parsing.js';
import { HTTP_OPTIONS, type HttpOptions } from '../http-options.js';
import { ANONYMOUS, principalOf } from '../auth/principal.js';
import { rateLimited } from '../problem/request-error.js';
import { NO_LIMITS, type RateLimits } from './rate-limits.js';
import { RateWindows } from './rate-windows.js';

const WINDOW_MS = 60_000;

/** The kind of sender and the id under which a request is counted. */
interface Sender {
  readonly kind: keyof RateLimits;
  /** Null: the sender is identified by its address. */
  readonly id: string | null;
}

/**
 * Refuses requests beyond the limit of their sender. It runs after the authentication guard and before the role guard,
 * so that guesses of keys count, too. All routes share one count, except those with `@SkipThrottle()`.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  private readonly limits: RateLimits;

  constructor(
    @InjectThrottlerOptions() options: ThrottlerModuleOptions,
    @InjectThrottlerStorage() storage: ThrottlerStorage,
    reflector: Reflector,
    @Inject(HTTP_OPTIONS) { rateLimits = NO_LIMITS }: HttpOptions,
  ) {
    super(options, storage, reflector);
    this.limits = rateLimits;
  }

  protected override shouldSkip(context: ExecutionContext): Promise<boolean> {
    return Promise.resolve(this.limits[senderOf(requestOf(context)).kind] === 0);
  }

  protected override async getTracker(request: Request): Promise<string> {
    const { kind, id } = senderOf(request);
    return `${kind}:${id ?? (await super.getTracker(request))}`;
  }

  /** The key does not contain the route, so that all routes share one count. */
  protected override generateKey(_context: ExecutionContext, tracker: string): string {
    return tracker;
  }

  /** @throws RequestError always. */
  protected override throwThrottlingException(_: ExecutionContext, detail: ThrottlerLimitDetail): Promise<void> {
    return Promise.reject(rateLimited(Math.max(1, detail.timeToBlockExpire)));
  }
}

/** The library's options for this guard. */
export function throttlerOptions({ rateLimits = NO_LIMITS }: Pick<HttpOptions, 'rateLimits'>): ThrottlerModuleOptions {
  return {
    throttlers: [{ ttl: WINDOW_MS, limit: (context) => rateLimits[senderOf(requestOf(context)).kind] }],
    storage: new RateWindows(),
  };
}

function senderOf(request: Request): Sender {
  if (isWebhook(request)) return { kind: 'webhooks', id: null };
  const principal = principalOf(request);
  if (principal === null) return { kind: 'addresses', id: null };
  if (principal.role === 'customer') return { kind: 'customers', id: principal.orderId ?? principal.id };
  return { kind: 'keys', id: principal === ANONYMOUS ? null : principal.id };
}

function requestOf(context: ExecutionContext): Request {
  return context.switchToHttp().getRequest<Request>();
}
