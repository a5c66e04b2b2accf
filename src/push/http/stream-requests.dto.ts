import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { OrderStatus } from '../../orders/machine/order/order-status.js';
import { hasEnded, type OrderSummary } from '../../orders/views/order-views.js';
import { AsList } from '../../http/params/page-query.dto.js';
import { OrderSummaryDto } from '../../orders/http/queries/order-responses.dto.js';

export class OrderStreamQuery {
  @ApiPropertyOptional({
    example: 0,
    description: 'Entries after this sequence number. The header `Last-Event-ID` takes precedence.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly after?: number;
}

export class ChangeStreamQuery {
  @ApiPropertyOptional({
    description: 'The `id:` of the last message seen. The header `Last-Event-ID` takes precedence.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(120)
  readonly cursor?: string;
}

/** A client can wait for one of these, or for a status. */
const SITUATIONS = ['ended', 'payable', 'incident'] as const;
const UNTIL: readonly string[] = [...Object.values(OrderStatus), ...SITUATIONS];

const LONGEST_WAIT_S = 60;

export class WaitQuery {
  @ApiPropertyOptional({
    enum: UNTIL,
    isArray: true,
    default: ['ended'],
    description: 'Any of these: a status; `payable`: the customer can pay; `incident`: a person is needed; `ended`.',
  })
  @IsOptional()
  @AsList()
  @IsIn(UNTIL, { each: true })
  readonly until?: string[];

  @ApiPropertyOptional({ example: 30, minimum: 0, maximum: LONGEST_WAIT_S, default: 30, description: 'Seconds.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  @IsInt()
  @Min(0)
  @Max(LONGEST_WAIT_S)
  readonly timeout?: number;
}

export interface AwaitedOrder extends OrderSummary {
  readonly reached: boolean;
}

export class AwaitedOrderDto extends OrderSummaryDto implements AwaitedOrder {
  @ApiProperty({
    description: '`false`: the time ran out, or the order has ended otherwise. Ask again unless it has ended.',
  })
  readonly reached!: boolean;
}

/** True when the order is in one of the situations or has one of the statuses. */
export function isIn(until: readonly string[], order: OrderSummary): boolean {
  return (
    until.includes(order.status) ||
    (until.includes('ended') && hasEnded(order)) ||
    (until.includes('payable') && order.waitingFor?.for === 'payment') ||
    (until.includes('incident') && order.incident)
  );
}
