import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { ANONYMOUS, principalOf } from './principal.js';

/** The sender as histories and audits name them: the id of the principal, never a name from the request. */
export const callerOf = (request: Request): string => (principalOf(request) ?? ANONYMOUS).id;

/** Injects {@link callerOf}. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);
