import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ANONYMOUS, principalOf } from './principal.js';

/** Who sent the request, as histories and audits name them: the id of its principal, never what the request says of itself. */
export const callerOf = (request: Request): string => (principalOf(request) ?? ANONYMOUS).id;

/** Injects {@link callerOf}. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
