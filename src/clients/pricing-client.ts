import { Injectable } from '@nestjs/common';
import { priceRequestSchema, priceSchema, type PriceDto } from '../contracts/pricing-contract.js';
import type { Money, Price, ReservedLine } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { PricingClient } from '../orders/ports/partner-ports.js';
import { isSameMoney, sumOf } from './money-sum.js';
import { PartnerHttp } from './transport/partner-http.js';

@Injectable()
export class HttpPricingClient extends PricingClient {
  constructor(private readonly http: PartnerHttp) {
    super();
  }

  override price(items: readonly ReservedLine[], shipping: Money, country: string, call: PartnerCall): Promise<Price> {
    return this.http.send(
      {
        partner: 'pricing',
        method: 'POST',
        path: ['pricing', 'quotes'],
        body: {
          schema: priceRequestSchema,
          content: () => ({ orderId: call.orderId, items, shipping, country }),
        },
        answer: priceSchema,
        validate: (price) => validatePrice(price, shipping.currency),
      },
      call,
    );
  }
}

function validatePrice({ goods, shipping, vat, total }: PriceDto, currency: string): string | null {
  if (total.currency !== currency) return 'it is in another currency than was asked for';
  const sum = sumOf(goods, shipping, vat);
  return sum !== null && isSameMoney(sum, total) ? null : 'its total is not goods, shipping and VAT in one currency';
}
