import { randomUUID } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { Audited } from '../http/auth/audited.decorator.js';
import { ANONYMOUS, principalOf } from '../http/auth/principal.js';
import { AUDIT_LOG, type AuditLog } from './audit-log.port.js';

/** What customers and shops do is their everyday business; an order's own history has it. */
const WATCHED: ReadonlySet<string> = new Set(['operator', 'admin']);
const LONGEST = 500;

/**
 * Writes an audited request down before it is carried out. A request whose entry cannot be written is not carried out: the
 * caller gets 503.
 */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUDIT_LOG) private readonly log: AuditLog,
  ) {}

  /** @throws StoreUnavailableError */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const action = this.reflector.get(Audited, context.getHandler()) as string | undefined;
    const request = context.switchToHttp().getRequest<Request>();
    const { id: by, role } = principalOf(request) ?? ANONYMOUS;
    if (action === undefined || !WATCHED.has(role)) return next.handle();
    const at = Date.now();
    const [path = ''] = request.originalUrl.split('?', 1);
    await this.log.append({
      auditId: `${String(at).padStart(15, '0')}-${randomUUID()}`,
      at,
      by,
      role,
      action,
      request: `${request.method} ${path}`.slice(0, LONGEST),
      subject: subjectOf(request),
      reason: reasonOf(request.body),
      requestId: headerOf(request.res?.get('x-request-id')),
    });
    return next.handle();
  }
}

function subjectOf({ params }: Request): string | null {
  const [subject] = Object.values(params);
  return typeof subject === 'string' ? subject.slice(0, LONGEST) : null;
}

function reasonOf(body: unknown): string | null {
  const reason: unknown = typeof body === 'object' && body !== null && 'reason' in body ? body.reason : null;
  return typeof reason === 'string' ? reason.slice(0, LONGEST) : null;
}

const headerOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
