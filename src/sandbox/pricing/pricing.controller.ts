import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { priceRequestSchema } from '../../contracts/pricing-contract.js';
import type { PriceDto, PriceRequestDto } from '../../contracts/pricing-contract.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { priceOf } from './price-calculation.js';

@Controller('pricing')
export class PricingController {
  constructor(private readonly effects: IdempotencyService) {}

  @Post('quotes')
  @HttpCode(200)
  @Operation('pricing.quote')
  quote(
    @Body(new ZodPipe(priceRequestSchema)) request: PriceRequestDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<PriceDto> {
    return this.effects.once(call, 200, () => Promise.resolve(priceOf(request)));
  }
}
