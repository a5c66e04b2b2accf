import { Injectable } from '@nestjs/common';
import { shippingQuoteRequestSchema, shippingQuoteSchema } from '../contracts/shipping-contract.js';
import type { Address, CartLine, ShippingQuote } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { ShippingClient } from '../orders/ports/partner-ports.js';
import { PartnerHttp } from './transport/partner-http.js';

@Injectable()
export class HttpShippingClient extends ShippingClient {
  constructor(private readonly http: PartnerHttp) {
    super();
  }

  override quote(
    reservationId: string,
    items: readonly CartLine[],
    address: Address,
    call: PartnerCall,
  ): Promise<ShippingQuote> {
    return this.http.send(
      {
        partner: 'shipping',
        method: 'POST',
        path: ['shipping', 'quotes'],
        body: {
          schema: shippingQuoteRequestSchema,
          content: () => ({ orderId: call.orderId, reservationId, items, address }),
        },
        answer: shippingQuoteSchema,
      },
      call,
    );
  }
}
