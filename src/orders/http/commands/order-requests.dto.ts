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

/** Ids travel in headers and paths of partner calls, so they are kept to what is safe there. */
export const ID = /^[\w.:-]{1,100}$/;
export const ID_MESSAGE = '$property must be 1 to 100 letters, digits or . : _ -';
export const LONGEST_REASON = 200;

export class StartOrderBody {
  @ApiPropertyOptional({
    type: String,
    example: 'a1111111-1111-4111-8111-111111111111',
    description: 'Generated when missing.',
  })
  @IsOptional()
  @Matches(ID, { message: ID_MESSAGE })
  readonly userId?: string | null;

  @ApiPropertyOptional({
    type: String,
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
  @ApiPropertyOptional({
    type: String,
    example: 'pay_01',
    description: "The provider's id. Missing: this order's payment is meant.",
  })
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

  @ApiPropertyOptional({ type: String, example: 'card_declined' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  readonly reason?: string | null;
}

/** Of a command. */
export class ReasonBody {
  @ApiPropertyOptional({ type: String, example: 'The customer changed their mind.' })
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST_REASON)
  readonly reason?: string | null;
}

/** `?status=A&status=B` and `?status=A,B` mean the same. */
export const AsList = () =>
  Transform(({ value }: { value: unknown }) =>
    [value].flat().flatMap((each) => (typeof each === 'string' ? each.split(',') : [each])),
  );

export class HistoryQuery {
  @ApiPropertyOptional({ example: 0, description: 'Entries with a greater sequence number.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  readonly after?: number;

  @ApiPropertyOptional({ type: [String], example: ['activity.failed'], description: 'Only of these types.' })
  @IsOptional()
  @AsList()
  @Matches(/^[a-z_.]{1,60}$/, { each: true, message: 'type must be that of a history entry, e.g. activity.failed' })
  readonly type?: string[];

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'true', description: 'What activities were given.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly showInput?: 'true' | 'false';

  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'true', description: 'What activities gave.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  readonly showOutput?: 'true' | 'false';

  @ApiPropertyOptional({ example: 100, minimum: 1, maximum: 500, default: 100 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(500)
  readonly limit?: number;
}

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
