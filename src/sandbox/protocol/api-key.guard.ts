import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { SANDBOX_OPTIONS } from '../sandbox-options.js';
import type { SandboxOptions } from '../sandbox-options.js';
import { OPEN_ROUTE } from './open.decorator.js';
import { PartnerRefusal } from './partner-refusal.js';

/** Asks for `Authorization: Bearer <key>` when the sandbox has a key. Compares in constant time. Refusal: 401 `key_required`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly expected: Buffer | undefined;

  constructor(
    @Inject(SANDBOX_OPTIONS) options: SandboxOptions,
    private readonly reflector: Reflector,
  ) {
    this.expected = options.apiKey === undefined ? undefined : digest(`Bearer ${options.apiKey}`);
  }

  canActivate(context: ExecutionContext): boolean {
    if (this.expected === undefined) return true;
    if (this.reflector.getAllAndOverride<boolean>(OPEN_ROUTE, [context.getHandler(), context.getClass()])) return true;
    const given = context.switchToHttp().getRequest<Request>().headers.authorization ?? '';
    if (timingSafeEqual(digest(given), this.expected)) return true;
    throw new PartnerRefusal(401, 'key_required', 'Send Authorization: Bearer with the key of the sandbox.', {
      'WWW-Authenticate': 'Bearer',
    });
  }
}

const digest = (text: string) => createHash('sha256').update(text).digest();
