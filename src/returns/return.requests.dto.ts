import { Injectable, type PipeTransform } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';
import { AsList, PageQuery } from '../http/orders/order.requests.dto.js';
import { RouteUnknownError } from '../http/problem/request.errors.js';
import type { ReturnEvent } from './return.model.js';

export const RETURN_COMMANDS = ['approve', 'reject', 'received', 'retry'] as const;
export const RETURN_STATUSES = [
  'Requested',
  'AwaitingGoods',
  'Refunding',
  'Restocking',
  'Refunded',
  'Rejected',
  'Closed',
] as const;
export const RETURN_OUTCOMES = ['refunded', 'rejected', 'expired', 'goods_missing'] as const;

export class RequestReturnBody {
  @ApiProperty({ example: 'The grinder is dented.' })
  @IsString()
  @MinLength(1)
  @MaxLength(200)
  readonly reason!: string;
}

export class ReturnListQuery extends PageQuery {
  @ApiPropertyOptional({ enum: RETURN_STATUSES, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(RETURN_STATUSES, { each: true })
  readonly status?: string[];

  @ApiPropertyOptional({ enum: RETURN_OUTCOMES, isArray: true, description: 'Any of these.' })
  @IsOptional()
  @AsList()
  @IsIn(RETURN_OUTCOMES, { each: true })
  readonly outcome?: string[];

  @ApiPropertyOptional({
    type: Boolean,
    description: 'Only returns that do, or do not, wait for a person to mend them.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  readonly incident?: boolean;
}

/** `approve` is the event `return.approve`. @throws RouteUnknownError */
@Injectable()
export class ReturnCommandPipe implements PipeTransform<string, ReturnEvent['type']> {
  transform(value: string): ReturnEvent['type'] {
    const command = RETURN_COMMANDS.find((each) => each === value);
    if (command === undefined) throw new RouteUnknownError();
    return `return.${command}`;
  }
}
