import type {
  Address,
  CartLine,
  Customer,
  Money,
  Payment,
  Price,
  Refund,
  Reservation,
  ReservedLine,
  Shipment,
  ShippingQuote,
} from '../machine/order/order-model.js';
import type { PartnerCall } from './partner-call.js';

/*
 * The partners as the domain sees them. Abstract classes, because Nest injects by class: the token is the port.
 * Every method throws PartnerError and nothing else, and may be called again with the same idempotency key.
 */

export abstract class ShoppingCartClient {
  /** @throws PartnerError `cart_not_found` (final). */
  abstract getCart(cartId: string, call: PartnerCall): Promise<CartLine[]>;
}

export abstract class UserClient {
  /** @throws PartnerError `user_not_found` (final). */
  abstract getUser(userId: string, call: PartnerCall): Promise<Customer>;
}

export abstract class WarehouseClient {
  /** Reserves what there is; `holdMs` is how long the goods must be kept (a second at least). */
  abstract reserve(items: readonly CartLine[], holdMs: number, call: PartnerCall): Promise<Reservation>;
  /** @throws PartnerError `reservation_gone` (final): it expired or was released. */
  abstract consume(reservationId: string, call: PartnerCall): Promise<void>;
  /** Gives the goods back, also those of a consumed reservation. Idempotent: a reservation that is gone is released. */
  abstract release(reservationId: string, call: PartnerCall): Promise<void>;
}

export abstract class ShippingClient {
  abstract quote(
    reservationId: string,
    items: readonly CartLine[],
    address: Address,
    call: PartnerCall,
  ): Promise<ShippingQuote>;
}

export abstract class PricingClient {
  abstract price(items: readonly ReservedLine[], shipping: Money, country: string, call: PartnerCall): Promise<Price>;
}

export abstract class PaymentClient {
  /**
   * Asks for the payment; the decision comes later, by webhook.
   * @param callbackUrl of that webhook; undefined: the configured one.
   * @throws PartnerError `payment_refused` (final): no payment was made of it.
   */
  abstract start(amount: Money, call: PartnerCall, callbackUrl?: string): Promise<Payment>;
  /** The payment as it is now. @throws PartnerError `payment_unknown` (final): this order has no such payment. */
  abstract get(paymentId: string, call: PartnerCall): Promise<Payment>;
  /** Withdraws the request. The answer's status tells the truth: `captured` means the customer was faster. */
  abstract void(paymentId: string, call: PartnerCall): Promise<Payment>;
  abstract refund(paymentId: string, amount: Money, reason: string, call: PartnerCall): Promise<Refund>;
}

export abstract class FulfilmentClient {
  /** @throws PartnerError `shipment_refused` (final). */
  abstract ship(
    reservationId: string,
    items: readonly CartLine[],
    address: Address,
    call: PartnerCall,
  ): Promise<Shipment>;
}
