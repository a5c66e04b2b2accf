import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateNested,
} from 'class-validator';
import { BULK_ACTIONS, type BulkAction, type BulkAnswer, type BulkItem } from '../../order-bulk.js';
import { OrderFilterBody } from '../queries/order-filter.dto.js';
import { LONGEST_REASON } from '../../../http/params/reason.dto.js';

const LARGEST_BULK = 1_000;
const WHY = 'reason must say in words why this is done';

export class BulkBody {
  @ApiProperty({ type: OrderFilterBody, description: 'Selects the orders; at least one field is required.' })
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => OrderFilterBody)
  readonly filter!: OrderFilterBody;

  @ApiProperty({ example: 'The warehouse is back.', maxLength: LONGEST_REASON })
  @MaxLength(LONGEST_REASON)
  @MinLength(1, { message: WHY })
  @IsString({ message: WHY })
  readonly reason!: string;

  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: '`true`: changes nothing, and lists the orders that would be commanded.',
  })
  @IsOptional()
  @IsBoolean()
  readonly dryRun?: boolean | null;

  @ApiPropertyOptional({
    type: Number,
    default: LARGEST_BULK,
    minimum: 1,
    maximum: LARGEST_BULK,
    description: 'At most this many orders, the newest first.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_BULK)
  readonly limit?: number | null;
}

export const limitOf = ({ limit }: BulkBody): number => limit ?? LARGEST_BULK;

class BulkItemDto implements BulkItem {
  @ApiProperty({ example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  readonly id!: string;
  @ApiProperty({
    enum: ['accepted', 'selected', 'refused', 'failed'],
    example: 'accepted',
    description:
      '`selected`: would be commanded. `refused` and `failed`: `code` says why; a failed one may be repeated.',
  })
  readonly result!: BulkItem['result'];
  @ApiPropertyOptional({ example: 'not_now' })
  readonly code?: string;
}

export class BulkAnswerDto implements BulkAnswer {
  @ApiProperty({ enum: BULK_ACTIONS, example: 'retry' })
  readonly action!: BulkAction;
  @ApiProperty({ type: Boolean, example: false })
  readonly dryRun!: boolean;
  @ApiProperty({ type: [BulkItemDto], description: 'One for each order, newest first.' })
  readonly items!: readonly BulkItemDto[];
  @ApiProperty({
    example: false,
    description: 'More orders match than `limit`: repeat the command once these are done.',
  })
  readonly more!: boolean;
}

/** The order no longer exists. */
export interface Purged {
  readonly id: string;
  readonly result: 'purged';
}

export class PurgedDto implements Purged {
  @ApiProperty({ example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  readonly id!: string;
  @ApiProperty({ enum: ['purged'] })
  readonly result!: 'purged';
}
