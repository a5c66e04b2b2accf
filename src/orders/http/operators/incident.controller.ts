import { INCIDENT_WAYS } from '../../views/incident-ways.js';
import { Audited } from '../../../http/auth/audited.decorator.js';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import { ArrayMaxSize, IsIn, IsOptional, IsString, IsUUID, Matches, MaxLength, MinLength } from 'class-validator';
import { INCIDENTS, INCIDENT_ACTIONS } from '../../../durable/index.js';
import type { OrderIncident } from '../../views/order-views.js';
import { OrderIncidents } from '../../order-incidents.js';
import { ApiBodyProblems, ApiProblem, ApiStoreProblems } from '../../../http/openapi/api-problem.decorator.js';
import { Caller } from '../../../http/auth/caller.decorator.js';
import { Roles } from '../../../http/auth/roles.decorator.js';
import { ApiIdempotencyKey } from '../../../idempotency/idempotency-key.decorator.js';
import { LONGEST_REASON } from '../../../http/params/reason.dto.js';
import { PageQuery } from '../../../http/params/page-query.dto.js';

const INCIDENT_KINDS = Object.keys(INCIDENTS);
const TIME = '2026-01-01T12:00:00.000Z';

class IncidentQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: '`true`: open incidents only. `false`: resolved ones only.',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly open?: 'true' | 'false';

  @ApiPropertyOptional({ description: 'Incidents of this order, whether it exists or not.', format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  readonly orderId?: string;

  @ApiPropertyOptional({
    type: [String],
    description: 'Only these kinds; several are separated by commas or given several times.',
    example: ['payment_mismatch', 'retries_exhausted'],
  })
  @IsOptional()
  @Transform(({ value }: TransformFnParams) => wordsOf(value))
  @ArrayMaxSize(20)
  @Matches(/^[a-z][a-z0-9_]{0,63}$/, { each: true, message: 'kind must be words of small letters, joined by _' })
  readonly kind?: readonly string[];
}

/** @returns what was given when it is no text: the rules that follow refuse it. */
function wordsOf(value: unknown): unknown {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return given.every((each) => typeof each === 'string') ? given.flatMap((each) => each.split(',')) : value;
}

class ResolveBody {
  @ApiProperty({ example: 'Refunded by hand at the provider.', maxLength: LONGEST_REASON })
  @MaxLength(LONGEST_REASON)
  @MinLength(1, { message: 'reason must say in words what was done' })
  @IsString({ message: 'reason must say in words what was done' }) // the last one is looked at first
  readonly reason!: string;
}

class IncidentCauseDto {
  @ApiProperty({ example: 'partner_unavailable', description: 'Stable.' })
  readonly code!: string;
  @ApiProperty({ example: 'warehouse is not available' })
  readonly message!: string;
  @ApiProperty({ example: 'activity.failed', description: 'Type of the history entry that led to it.' })
  readonly type!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Its data, redacted.',
    example: { activityId: 'reserveProducts', attempt: 3 },
  })
  readonly data!: OrderIncident['cause']['data'];
}

class IncidentDto implements OrderIncident {
  @ApiProperty({ example: '5fbe9cb2-d7c6-4a4b-86c2-23ba39bd6c93:9' })
  readonly id!: string;
  @ApiProperty({ example: '5fbe9cb2-d7c6-4a4b-86c2-23ba39bd6c93' })
  readonly orderId!: string;
  @ApiProperty({
    example: 'order',
    description: '`order`, or what else of ours it is about: `late-payment`, `return`.',
  })
  readonly machine!: string;
  @ApiProperty({
    type: String,
    example: 'retries_exhausted',
    description: `What it is about: ${INCIDENT_KINDS.join(', ')}, or a kind that the order's own states name: payment_mismatch.`,
  })
  readonly kind!: OrderIncident['kind'];
  @ApiProperty({ example: 'ReservingProducts' })
  readonly status!: string;
  @ApiProperty({ type: IncidentCauseDto })
  readonly cause!: IncidentCauseDto;
  @ApiProperty({ enum: INCIDENT_ACTIONS, example: 'retry', description: 'The suggested action.' })
  readonly suggestedAction!: OrderIncident['suggestedAction'];
  @ApiProperty({ example: 'See that the warehouse is up, then retry.', description: 'What to do, in one sentence.' })
  readonly advice!: string;
  @ApiProperty({
    enum: INCIDENT_WAYS,
    isArray: true,
    example: ['retry', 'skip', 'terminate'],
    description:
      'The ways out. `edit-and-retry` is `retry` with a `patch`, `resolve` is of the incident itself; the others are commands of `/order/{id}`, `/returns/{id}` or `/late-payments/{id}`.',
  })
  readonly actions!: OrderIncident['actions'];
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly openedAt!: string;
  @ApiProperty({ type: String, nullable: true, example: null, format: 'date-time' })
  readonly resolvedAt!: string | null;
  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'retried, edited, skipped, terminated, acknowledged, fits_again, order.cancel, …',
  })
  readonly resolution!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly resolvedBy!: string | null;
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly reason!: string | null;
}

class IncidentPageDto {
  @ApiProperty({ type: [IncidentDto] })
  readonly items!: IncidentDto[];
  @ApiProperty({ type: String, nullable: true, example: null })
  readonly next!: string | null;
}

@ApiTags('operators')
@Roles('operator')
@Controller('incidents')
export class IncidentController {
  constructor(private readonly incidents: OrderIncidents) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List incidents', description: 'Open and resolved incidents, newest first.' })
  @ApiOkResponse({ type: IncidentPageDto })
  @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
  @ApiStoreProblems()
  list(
    @Query() { open, orderId, kind, limit, cursor }: IncidentQuery,
  ): Promise<{ readonly items: readonly OrderIncident[]; readonly next: string | null }> {
    return this.incidents.list(
      { id: orderId, kind, open: open === undefined ? undefined : open === 'true' },
      { limit, cursor },
    );
  }

  @Post(':incidentId/resolve')
  @Audited('incident.resolved')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Resolve an incident that no order waits for',
    description:
      'For `event_untakeable` and `unknown_actor`. Others are resolved by what is done to their order: retry, skip, cancel, terminate. An incident that is resolved stays as it was, and is the answer.',
  })
  @ApiIdempotencyKey()
  @ApiParam({ name: 'incidentId', example: 'unknown:Zm9v' })
  @ApiOkResponse({ type: IncidentDto, description: 'The incident as it is stored now.' })
  @ApiProblem(404, 'incident_unknown', 'There is no such incident.')
  @ApiProblem(409, 'incident_needs_action', 'Its order waits for more than words.')
  @ApiBodyProblems()
  @ApiStoreProblems()
  resolve(
    @Param('incidentId') incidentId: string,
    @Body() { reason }: ResolveBody,
    @Caller() by: string,
  ): Promise<OrderIncident> {
    return this.incidents.resolve(incidentId, { by, reason });
  }
}
