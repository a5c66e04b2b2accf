import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { HTTP_OPTIONS, type HttpOptions } from '../http.options.js';
import { KeyRequiredError } from '../problem/request.errors.js';
import { ANONYMOUS, setCaller } from './caller.decorator.js';

export const FUNCTION_KEY_HEADER = 'x-functions-key';

/** Lets a request through that carries one of the keys; any request when none is configured. Notes who it was. */
@Injectable()
export class FunctionKeyGuard implements CanActivate {
  /** Hashes are of one length, which `timingSafeEqual` needs, and keep the keys themselves out of here. */
  private readonly accepted: readonly Buffer[];

  constructor(@Inject(HTTP_OPTIONS) { apiKeys }: HttpOptions) {
    this.accepted = apiKeys.map(hashOf);
  }

  /** @throws KeyRequiredError */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    setCaller(request, ANONYMOUS);
    if (this.accepted.length === 0) return true;
    const given = hashOf(request.get(FUNCTION_KEY_HEADER) ?? '');
    // All of them are compared, so that the time does not tell which key matched.
    const matches = this.accepted.filter((key) => timingSafeEqual(key, given));
    if (matches.length === 0) throw new KeyRequiredError();
    setCaller(request, `key:${given.toString('hex').slice(0, 8)}`);
    return true;
  }
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
