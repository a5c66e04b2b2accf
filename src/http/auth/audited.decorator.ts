import { Reflector } from '@nestjs/core';

/**
 * What a staff member does on this route, as the audit log names it: `order.purged`. The log is written before the route is
 * carried out, so that nothing is done that it does not have.
 */
export const Audited = Reflector.createDecorator<string>();
