import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, Matches, MaxLength, MinLength, ValidateNested } from 'class-validator';
import { ID, ID_MESSAGE } from '../../../http/params/id-rule.js';
import { MoneyBody } from '../../../http/params/money.dto.js';
import { LONGEST_REASON } from '../../../http/params/reason.dto.js';

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
