import { createHash } from 'node:crypto';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { shippingQuoteRequestSchema } from '../../contracts/shipping-contract.js';
import type { ShippingQuoteDto, ShippingQuoteRequestDto } from '../../contracts/shipping-contract.js';
import { Operation } from '../faults/operation.decorator.js';
import { IdempotencyKey } from '../idempotency/idempotency-key.decorator.js';
import type { KeyedCall } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { ZodPipe } from '../protocol/zod.pipe.js';
import { tariffFor } from './shipping-tariff.js';

@Controller('shipping')
export class ShippingController {
  constructor(private readonly effects: IdempotencyService) {}

  /** Equal requests get equal quotes with the same quote id. Refusal: 422 `destination_not_served`. */
  @Post('quotes')
  @HttpCode(200)
  @Operation('shipping.quote')
  quote(
    @Body(new ZodPipe(shippingQuoteRequestSchema)) request: ShippingQuoteRequestDto,
    @IdempotencyKey() call: KeyedCall,
  ): Promise<ShippingQuoteDto> {
    return this.effects.once(call, 200, () => Promise.resolve(quoteFor(request, call.fingerprint)));
  }
}

function quoteFor(request: ShippingQuoteRequestDto, fingerprint: string): ShippingQuoteDto {
  const pieces = request.items.reduce((sum, { count }) => sum + count, 0);
  const tariff = tariffFor(request.address.country, pieces);
  if (tariff === undefined) {
    throw new PartnerRefusal(422, 'destination_not_served', `No carrier goes to ${request.address.country}.`);
  }
  const quoteId = `quo_${createHash('sha256').update(fingerprint).digest('hex').slice(0, 32)}`;
  return { quoteId, ...tariff };
}
