import { Reflector } from '@nestjs/core';

/**
 * Names the action of this route in the audit log, e.g. `order.purged`.
 * The entry is written before the route runs, so that no action is missing from the log.
 */
export const Audited = Reflector.createDecorator<string>();
