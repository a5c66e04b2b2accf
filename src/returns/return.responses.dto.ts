import { ApiProperty } from '@nestjs/swagger';
import type { ReturnDetails, ReturnSummary } from './return.read.js';
import { RETURN_OUTCOMES, RETURN_STATUSES } from './return.requests.dto.js';

const ORDER_ID = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const TIME = '2026-01-31T12:00:00.000Z';
const MONEY = {
  type: 'object',
  properties: { amount: { type: 'integer' }, currency: { type: 'string' } },
  example: { amount: 16_680, currency: 'EUR' },
} as const;

export class ReturnSummaryDto implements ReturnSummary {
  @ApiProperty({ example: `return-${ORDER_ID}` })
  readonly id!: string;
  @ApiProperty({ type: String, nullable: true, example: ORDER_ID })
  readonly orderId!: string | null;
  @ApiProperty({ enum: RETURN_STATUSES, example: 'Requested' })
  readonly status!: string;
  @ApiProperty({ enum: RETURN_OUTCOMES, nullable: true, example: null, description: '`expired`: nobody decided.' })
  readonly outcome!: string | null;
  @ApiProperty({ example: false, description: 'The refund or the restocking failed, and a person is needed.' })
  readonly incident!: boolean;
  @ApiProperty({ type: String, nullable: true, example: TIME, description: 'When it goes on by itself.' })
  readonly until!: string | null;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly createdAt!: string;
  @ApiProperty({ example: TIME, format: 'date-time' })
  readonly updatedAt!: string;
}

export class ReturnDetailsDto extends ReturnSummaryDto implements ReturnDetails {
  @ApiProperty({ example: 'The grinder is dented.' })
  readonly reason!: string;
  @ApiProperty({ ...MONEY, description: 'What goes back: all that the customer paid, in integer minor units.' })
  readonly amount!: ReturnDetails['amount'];
  @ApiProperty({
    type: 'object',
    properties: { refundId: { type: 'string' }, amount: MONEY },
    nullable: true,
    example: null,
  })
  readonly refund!: ReturnDetails['refund'];
}

export class ReturnPageDto {
  @ApiProperty({ type: [ReturnSummaryDto] })
  readonly items!: readonly ReturnSummaryDto[];
  @ApiProperty({ type: String, nullable: true, example: null, description: 'Ask with `cursor` for the next page.' })
  readonly next!: string | null;
}
