import { ApiPropertyOptional, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsISO8601, IsOptional, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import type { OrderFilter } from '../../order-filter.js';
import type { OrderRuntimeStatus } from '../../views/order-views.js';
import { ORDER_OUTCOMES, OrderStatus } from '../../machine/order/order-status.js';
import { AsList, PageQuery } from '../../../http/params/page-query.dto.js';
import { ID, ID_MESSAGE } from '../../../http/params/id-rule.js';

const RUNTIME_STATUSES = {
  Running: 'running',
  Suspended: 'suspended',
  Completed: 'completed',
  Failed: 'failed',
  Terminated: 'terminated',
} as const satisfies Record<OrderRuntimeStatus, string>;

const TIME = '2026-01-31T12:00:00.000Z';
const ISO_MESSAGE = '$property must be a date and time as ISO 8601, with its offset, e.g. 2026-01-31T12:00:00Z';
/** RFC 3339, as `Date.parse` reads it. With an offset: without one it would mean another moment on every machine. */
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

const lowerCase = () =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value));

/** Which orders are meant: those to which all that is given applies. */
class OrderFilterFields {
  @ApiPropertyOptional({ enum: OrderStatus, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(Object.values(OrderStatus), { each: true })
  readonly status?: string[] | null;

  @ApiPropertyOptional({ enum: ORDER_OUTCOMES, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(ORDER_OUTCOMES, { each: true })
  readonly outcome?: string[] | null;

  @ApiPropertyOptional({ enum: Object.keys(RUNTIME_STATUSES), isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(Object.keys(RUNTIME_STATUSES), { each: true })
  readonly runtimeStatus?: OrderRuntimeStatus[] | null;

  @ApiPropertyOptional({ type: String, example: TIME, format: 'date-time', description: 'Placed then or later.' })
  @IsOptional()
  @Matches(WITH_OFFSET, { message: ISO_MESSAGE })
  @IsISO8601({ strict: true, strictSeparator: true }, { message: ISO_MESSAGE })
  readonly createdFrom?: string | null;

  @ApiPropertyOptional({ type: String, example: TIME, format: 'date-time', description: 'Placed before.' })
  @IsOptional()
  @Matches(WITH_OFFSET, { message: ISO_MESSAGE })
  @IsISO8601({ strict: true, strictSeparator: true }, { message: ISO_MESSAGE })
  readonly createdTo?: string | null;

  @ApiPropertyOptional({ type: String, example: '11111111-1111-4111-8111-111111111111', description: 'The cart.' })
  @IsOptional()
  @lowerCase()
  @Matches(ID, { message: ID_MESSAGE })
  readonly sessionId?: string | null;

  @ApiPropertyOptional({ type: String, example: 'a1111111-1111-4111-8111-111111111111' })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  readonly userId?: string | null;

  @ApiPropertyOptional({
    type: String,
    example: 'pay_01',
    description: 'What the id of the order, its cart, user, correlation or payment begins with. 3 characters or more.',
  })
  @IsOptional()
  @IsString()
  @MinLength(3)
  @MaxLength(100)
  readonly q?: string | null;
}

export class OrderListQuery extends IntersectionType(PageQuery, OrderFilterFields) {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Only orders that do, or do not, wait for a person.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly incident?: 'true' | 'false';
}

/** As in a JSON body. */
export class OrderFilterBody extends OrderFilterFields {
  @ApiPropertyOptional({
    type: Boolean,
    example: true,
    description: 'Only orders that do, or do not, wait for a person.',
  })
  @IsOptional()
  @IsBoolean()
  readonly incident?: boolean | null;
}

/** What a filter says, in a query or in a body. */
interface GivenFilter {
  readonly status?: readonly string[] | null;
  readonly outcome?: readonly string[] | null;
  readonly runtimeStatus?: readonly OrderRuntimeStatus[] | null;
  readonly createdFrom?: string | null;
  readonly createdTo?: string | null;
  readonly sessionId?: string | null;
  readonly userId?: string | null;
  readonly q?: string | null;
  readonly incident?: boolean | 'true' | 'false' | null;
}

export function filterOf(given: GivenFilter): OrderFilter {
  const { status, outcome, runtimeStatus, createdFrom, createdTo, sessionId, userId, q, incident } = given;
  return {
    status: status ?? undefined,
    outcome: outcome ?? undefined,
    runtimeStatus: runtimeStatus?.map((word) => RUNTIME_STATUSES[word]),
    incident: typeof incident === 'string' ? incident === 'true' : (incident ?? undefined),
    createdFrom: epochOf(createdFrom),
    createdTo: epochOf(createdTo),
    sessionId: sessionId ?? undefined,
    userId: userId ?? undefined,
    q: q ?? undefined,
  };
}

const epochOf = (time: string | null | undefined): number | undefined =>
  time === undefined || time === null ? undefined : Date.parse(time);
