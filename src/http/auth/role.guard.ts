import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { orderUnknown } from '../problem/request-error.js';
import { readGuid } from '../validation/guid.js';
import { keyRequired, roleInsufficient } from '../problem/request-error.js';
import { lapseOf, principalOf, STAFF_ROLES, type Principal, type StaffRole } from './principal.js';
import { AUDIENCE, isForAnyone, type Audience } from './roles.decorator.js';

/** Admits the audience of the route. A route without an audience admits admins only. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  /** @throws RequestError */
  canActivate(context: ExecutionContext): boolean {
    const on = [context.getHandler(), context.getClass()];
    const audience = this.reflector.getAllAndOverride<Audience | undefined>(AUDIENCE, on) ?? (['admin'] as const);
    if (isForAnyone(audience)) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const principal = principalOf(request);
    if (principal === null) throw lapseOf(request) ?? keyRequired();
    if (principal.role === 'customer') return isOwn(request, principal, audience);
    const { role } = principal;
    if (!audience.some((least) => least !== 'customer' && rankOf(role) >= rankOf(least))) throw roleInsufficient();
    return true;
  }
}

/** Another order gets the same response as an unknown one, so that a customer cannot learn which orders exist. */
function isOwn(request: Request, { orderId }: Principal, audience: Audience): boolean {
  const { id } = request.params;
  if (typeof id === 'string' && readGuid(id) !== orderId) throw orderUnknown();
  if (id === undefined || !audience.some((role) => role === 'customer')) throw roleInsufficient();
  return true;
}

const rankOf = (role: StaffRole): number => STAFF_ROLES.indexOf(role);
