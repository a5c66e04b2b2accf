import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ANONYMOUS, principalOf } from './principal.js';

/** The sender's name for histories and audits. It is the principal's id, because the request could name anybody. */
export const callerOf = (request: Request): string => (principalOf(request) ?? ANONYMOUS).id;

/** Injects {@link callerOf}. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
