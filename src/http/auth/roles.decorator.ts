import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiSecurity } from '@nestjs/swagger';
import { ApiProblem } from '../openapi/api-problem.decorator.js';
import type { Role } from './principal.js';

/** `anyone`: the route requires no key. Otherwise the lowest staff role, and `customer` when customers may call it. */
export type Audience = readonly [Role, ...Role[]] | readonly ['anyone'];

/** Metadata key of a route's or a controller's audience. */
export const AUDIENCE = 'durable-orders:audience';

/** Names of the schemes in the OpenAPI document. */
export const FUNCTION_KEY_SCHEME = 'functionKey';
export const ORDER_TOKEN_SCHEME = 'orderToken';

/**
 * Declares who may call a route, or all routes of a controller. Without it only admins may.
 * `@Roles('operator')` admits operators and admins.
 * `@Roles('customer', 'client')` admits all staff, and the customer whose token belongs to the order `:id`.
 */
export function Roles(...audience: Audience) {
  const note = SetMetadata(AUDIENCE, audience);
  if (isForAnyone(audience)) return applyDecorators(note);
  const withToken = audience.includes('customer');
  const least = audience.find((role) => role !== 'customer') ?? 'customer';
  return applyDecorators(
    note,
    ApiSecurity(FUNCTION_KEY_SCHEME),
    ...(withToken ? [ApiBearerAuth(ORDER_TOKEN_SCHEME)] : []),
    ApiProblem(401, 'key_required', withToken ? 'No valid function key or order token.' : 'No valid function key.'),
    ApiProblem(403, 'role_insufficient', `The key is valid, and not for this: needs the role ${least}.`),
    ApiProblem(429, 'rate_limited', 'Too many requests of this key, token or address. Wait as Retry-After says.'),
  );
}

export function isForAnyone(audience: Audience): audience is readonly ['anyone'] {
  return audience[0] === 'anyone';
}
