import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { INCIDENT_ACTIONS, INCIDENTS } from '../../durable/index.js';
import type { OrderIncident } from '../../orders/order.read.js';
import { OrderService } from '../../orders/order.service.js';
import { ApiProblem, ApiStoreProblems } from '../docs/api-problem.decorator.js';
import { Roles } from '../keys/roles.decorator.js';
import { PageQuery } from './order.requests.dto.js';

const INCIDENT_KINDS = Object.keys(INCIDENTS);
const TIME = '2026-01-01T12:00:00.000Z';

class IncidentQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    description: 'Only those that wait for a person, or do not any more.',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly open?: 'true' | 'false';

  @ApiPropertyOptional({ description: 'Of one order.', format: 'uuid' })
  @IsOptional()
  @IsUUID('all')
  readonly orderId?: string;
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
    example: 'retries_exhausted',
    description: `What it is about: ${INCIDENT_KINDS.join(', ')}, or a kind that the order's own states name: payment_mismatch.`,
  })
  readonly kind!: OrderIncident['kind'];
  @ApiProperty({ example: 'ReservingProducts' })
  readonly status!: string;
  @ApiProperty({ type: IncidentCauseDto })
  readonly cause!: IncidentCauseDto;
  @ApiProperty({ enum: INCIDENT_ACTIONS, example: 'retry', description: 'The first thing to think of.' })
  readonly suggestedAction!: OrderIncident['suggestedAction'];
  @ApiProperty({ example: 'See that the warehouse is up, then retry.', description: 'What to do, in one sentence.' })
  readonly advice!: string;
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
  constructor(private readonly orders: OrderService) {}

  @Get()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List incidents', description: 'What waits, or waited, for a person; newest first.' })
  @ApiOkResponse({ type: IncidentPageDto })
  @ApiProblem(400, 'request_invalid', 'A filter, the limit or the cursor is invalid.')
  @ApiStoreProblems()
  list(
    @Query() { open, orderId, limit, cursor }: IncidentQuery,
  ): Promise<{ readonly items: readonly OrderIncident[]; readonly next: string | null }> {
    return this.orders.incidents(
      { id: orderId, open: open === undefined ? undefined : open === 'true' },
      { limit, cursor },
    );
  }
}
