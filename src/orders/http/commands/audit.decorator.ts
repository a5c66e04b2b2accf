import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { callerOf } from '../../../http/auth/caller.decorator.js';
import { expectedRevisions } from '../../../http/conditional/if-match.decorator.js';
import { readEffectKey } from '../../../idempotency/idempotency-key.js';
import { eventKeyOf } from '../../../idempotency/idempotency-key.decorator.js';
import type { Audited } from '../../order.service.js';

/** What of an audit the request's headers say; the reason is in its body. */
export type RequestAudit = Pick<Audited, 'by' | 'key' | 'ifRevision'>;

/**
 * Injects who commands it, under which key, and at which revision. @param event the command, part of the key.
 * @throws RequestError when `If-Match` is malformed.
 */
export const Audit = createParamDecorator((event: string, context: ExecutionContext): RequestAudit => {
  const request = context.switchToHttp().getRequest<Request>();
  const key = eventKeyOf(event, readEffectKey(request));
  return { by: callerOf(request), key, ifRevision: expectedRevisions(request) };
});
