import { Injectable } from '@nestjs/common';
import { cartSchema } from '../contracts/cart-contract.js';
import type { CartLine } from '../orders/machine/order/order-model.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { ShoppingCartClient } from '../orders/ports/partner-ports.js';
import { PartnerHttp } from './transport/partner-http.js';

@Injectable()
export class HttpShoppingCartClient extends ShoppingCartClient {
  constructor(private readonly http: PartnerHttp) {
    super();
  }

  override getCart(cartId: string, call: PartnerCall): Promise<CartLine[]> {
    return this.http.send(
      {
        partner: 'cart',
        method: 'GET',
        path: ['cart', cartId],
        answer: cartSchema,
        refusals: { 404: 'cart_not_found' },
      },
      call,
    );
  }
}
