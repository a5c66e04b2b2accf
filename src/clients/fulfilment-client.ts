import { Injectable } from '@nestjs/common';
import { shipmentRequestSchema, shipmentSchema } from '../contracts/fulfilment-contract.js';
import type { Address, CartLine, Shipment } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { FulfilmentClient } from '../orders/ports/partner-ports.js';
import { PartnerHttp } from './transport/partner-http.js';

@Injectable()
export class HttpFulfilmentClient extends FulfilmentClient {
  constructor(private readonly http: PartnerHttp) {
    super();
  }

  override ship(
    reservationId: string,
    items: readonly CartLine[],
    address: Address,
    call: PartnerCall,
  ): Promise<Shipment> {
    return this.http.send(
      {
        partner: 'fulfilment',
        method: 'POST',
        path: ['fulfilment', 'shipments'],
        body: {
          schema: shipmentRequestSchema,
          content: () => ({ orderId: call.orderId, reservationId, items, address }),
        },
        answer: shipmentSchema,
        refusals: { 422: 'shipment_refused' },
      },
      call,
    );
  }
}
