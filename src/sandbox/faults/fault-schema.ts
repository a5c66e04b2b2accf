import { z } from 'zod';
import { type OperationName, OPERATIONS } from './operation.decorator.js';

const SERVICES = [...new Set(OPERATIONS.map(serviceOf))];

/**
 * - `latency`: the sandbox answers the call `latencyMs` later.
 * - `status`: the sandbox answers with `status` (default 503) and an optional Retry-After. It does not execute the call.
 * - `drop_before`: the sandbox cuts the connection. It does not execute the call.
 * - `drop_after`: the sandbox executes and commits the call, then cuts the connection without an answer.
 * - `garbage`: the sandbox answers 200 with a body that is not JSON. It does not execute the call.
 * - `hang`: the sandbox never answers. It does not execute the call.
 *
 * The other kinds wait `latencyMs` first, where it is given. `operation` is the full name (`warehouse.reserve`) or its second
 * part; without it the fault applies to the whole service. `times` limits the number of calls; without it there is no limit.
 */
const faultSchema = z
  .object({
    service: z.enum(SERVICES),
    operation: z.string().max(100).optional(),
    orderId: z.string().min(1).max(100).optional(),
    kind: z.enum(['latency', 'status', 'drop_before', 'drop_after', 'garbage', 'hang']),
    latencyMs: z.number().int().min(0).max(600_000).optional(),
    status: z.number().int().min(400).max(599).optional(),
    retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
    times: z.number().int().min(1).max(1_000_000).optional(),
  })
  .transform((fault) => ({
    ...fault,
    ...(fault.operation !== undefined && {
      operation: fault.operation.includes('.') ? fault.operation : `${fault.service}.${fault.operation}`,
    }),
  }))
  .refine((fault) => fault.operation === undefined || isOperationOf(fault.service, fault.operation), {
    message: `operation must be one of ${OPERATIONS.join(', ')} and belong to the service`,
    path: ['operation'],
  })
  .refine((fault) => fault.kind !== 'latency' || fault.latencyMs !== undefined, {
    message: 'a latency fault needs latencyMs',
    path: ['latencyMs'],
  });
export const faultPlanSchema = z.array(faultSchema).max(200);
export type Fault = z.output<typeof faultSchema>;

function serviceOf(operation: OperationName): string {
  return operation.slice(0, operation.indexOf('.'));
}

function isOperationOf(service: string, operation: string): boolean {
  return operation.startsWith(`${service}.`) && OPERATIONS.some((known) => known === operation);
}
