import { ApiPropertyOptional, ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { ORDER_OUTCOMES, OrderStatus } from '../../orders/machine/order-status.js';

/** Ids travel in headers and paths of partner calls, so they are kept to what is safe there. */
export const ID = /^[\w.:-]{1,100}$/;
export const ID_MESSAGE = '$property must be 1 to 100 letters, digits or . : _ -';
export const LONGEST_REASON = 200;

export class StartOrderBody {
  @ApiPropertyOptional({ example: 'a1111111-1111-4111-8111-111111111111', description: 'Generated when missing.' })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  readonly userId?: string | null;

  @ApiPropertyOptional({
    example: 'web-7f3a',
    description: 'Travels in every call to a partner. Generated when missing.',
  })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  readonly correlationId?: string | null;
}

export class MoneyBody {
  @ApiProperty({ example: 16_680, description: 'Integer minor units (cents).' })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  readonly amount!: number;

  @ApiProperty({ example: 'EUR', description: 'ISO 4217.' })
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be an ISO 4217 code' })
  readonly currency!: string;
}

export class PaymentDecisionBody {
  @ApiPropertyOptional({ example: 'pay_01', description: "The provider's id. Missing: this order's payment is meant." })
  @IsOptional()
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  readonly paymentId?: string | null;

  @ApiPropertyOptional({ type: MoneyBody, description: 'Missing: the amount of the order is meant.' })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyBody)
  readonly amount?: MoneyBody | null;

  @ApiPropertyOptional({ example: 'card_declined' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  readonly reason?: string | null;
}

/** Of a command. */
export class ReasonBody {
  @ApiPropertyOptional({ example: 'The customer changed their mind.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  readonly reason?: string | null;
}

export class HistoryQuery {
  @ApiPropertyOptional({ example: 0, description: 'Entries with a greater sequence number.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  readonly after?: number;

  @ApiPropertyOptional({ example: 100, minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  readonly limit?: number;
}

/** `?status=A&status=B` and `?status=A,B` mean the same. */
export const AsList = () =>
  Transform(({ value }: { value: unknown }) =>
    [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [each])),
  );

/** One page of any list. */
export class PageQuery {
  @ApiPropertyOptional({ example: 50, minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit?: number;

  @ApiPropertyOptional({ description: '`next` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  readonly cursor?: string;
}

export class OrderListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: OrderStatus, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(Object.values(OrderStatus), { each: true })
  readonly status?: string[];

  @ApiPropertyOptional({ enum: ORDER_OUTCOMES, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(ORDER_OUTCOMES, { each: true })
  readonly outcome?: string[];

  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Only orders that do, or do not, wait for a person.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly incident?: 'true' | 'false';
}
