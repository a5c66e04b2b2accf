import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsISO8601, IsObject, IsOptional, IsString, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { MoneyBody } from '../../http/params/money.dto.js';

const CALLBACK_TYPES = [
  'payment.accepted',
  'payment.declined',
  'payment.rejected',
  'payment.canceled',
  'payment.expired',
] as const;

export class PaymentCallbackData {
  @ApiProperty({ example: 'pay_01' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  readonly paymentId!: string;

  @ApiProperty({ example: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001' })
  @IsString()
  @MinLength(1)
  @MaxLength(100)
  readonly orderId!: string;

  @ApiProperty({ type: MoneyBody })
  @IsObject()
  @ValidateNested()
  @Type(() => MoneyBody)
  readonly amount!: MoneyBody;

  @ApiPropertyOptional({ type: String, example: 'card_declined' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly reason?: string | null;
}

/** The body of a payment provider's webhook. */
export class PaymentCallback {
  @ApiProperty({
    enum: CALLBACK_TYPES,
    description:
      'What became of the payment. `payment.declined`: one try failed, and the payment stays open. Rejected, canceled and expired: it is over.',
  })
  @IsIn(CALLBACK_TYPES)
  readonly type!: (typeof CALLBACK_TYPES)[number];

  @ApiProperty({ example: '2026-01-31T12:00:00.000Z', format: 'date-time' })
  @IsISO8601({ strict: true })
  readonly timestamp!: string;

  @ApiProperty({ type: PaymentCallbackData })
  @IsObject()
  @ValidateNested()
  @Type(() => PaymentCallbackData)
  readonly data!: PaymentCallbackData;
}
