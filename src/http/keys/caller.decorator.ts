import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Who sent a request when keys are not enforced. */
export const ANONYMOUS = 'anonymous';

/** Notes who sent the request; the guard does. */
export function setCaller(request: Request, caller: string): void {
  Object.assign(request, { caller });
}

/** Who sent the request, as histories name them: `key:` and the first 8 hex digits of the key's SHA-256, or `anonymous`. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  callerOf(context.switchToHttp().getRequest<Request>()),
);

function callerOf(request: Request): string {
  return 'caller' in request && typeof request.caller === 'string' ? request.caller : ANONYMOUS;
}
