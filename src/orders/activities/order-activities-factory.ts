import { Injectable } from '@nestjs/common';
import { type ActivityContext, LazySignal, fromActivity } from '../../durable/index.js';
import type {
  ActivityScope,
  OrderActivities,
  OrderActivityLogics,
  OrderActivityName,
} from '../machine/order/order-activities.js';
import { refundVouched } from '../ports/refund-vouched.js';
import type { PartnerCall } from '../ports/partner-call.js';
import {
  FulfilmentClient,
  PaymentClient,
  PricingClient,
  ShippingClient,
  ShoppingCartClient,
  UserClient,
  WarehouseClient,
} from '../ports/partner-ports.js';

/** The order's side effects as plain functions. They throw PartnerError and nothing else. */
export type OrderActivityFunctions = {
  readonly [K in OrderActivityName]: (
    input: OrderActivities[K]['input'],
    context: ActivityContext,
  ) => Promise<OrderActivities[K]['output']>;
};

/** Where these run in the order's tree: part of their idempotency keys. */
const START_PAYMENT = 'payment/startPayment';
const RESERVE_PRODUCTS = 'reserveProducts';

/** Makes the order machine's activities out of the partner clients. */
@Injectable()
export class OrderActivitiesFactory {
  constructor(
    private readonly carts: ShoppingCartClient,
    private readonly users: UserClient,
    private readonly warehouse: WarehouseClient,
    private readonly shipping: ShippingClient,
    private readonly pricing: PricingClient,
    private readonly payments: PaymentClient,
    private readonly fulfilment: FulfilmentClient,
  ) {}

  functions(): OrderActivityFunctions {
    const { carts, users, warehouse, shipping, pricing, payments, fulfilment } = this;
    return {
      getProducts: (input, context) => carts.getCart(input.shoppingCartId, callOf(input, context)),
      getAddress: (input, context) => users.getUser(input.userId, callOf(input, context)),
      reserveProducts: (input, context) => warehouse.reserve(input.items, input.holdMs, callOf(input, context)),
      findReservation: (input, context) =>
        warehouse.reserve(input.items, input.holdMs, {
          ...callOf(input, context),
          idempotencyKey: [input.orderId, RESERVE_PRODUCTS, ...(input.request === 1 ? [] : [input.request])].join(':'),
        }),
      releaseReservation: async (input, context) => {
        await warehouse.release(input.reservationId, callOf(input, context));
        return null;
      },
      calculateShipping: (input, context) =>
        shipping.quote(input.reservationId, input.items, input.address, callOf(input, context)),
      calculateFinalPrice: (input, context) =>
        pricing.price(input.items, input.shipping, input.country, callOf(input, context)),
      startPayment: (input, context) => payments.start(input.amount, callOf(input, context), input.callbackUrl),
      findPayment: (input, context) =>
        payments.start(
          input.amount,
          { ...callOf(input, context), idempotencyKey: `${input.orderId}:${START_PAYMENT}` },
          input.callbackUrl,
        ),
      voidPayment: (input, context) => payments.void(input.paymentId, callOf(input, context)),
      refundPayment: (input, context) =>
        input.vouchedBy === undefined
          ? payments.refund(input.paymentId, input.amount, input.reason, callOf(input, context))
          : refundVouched(payments, input, callOf(input, context)),
      lookUpPayment: (input, context) => payments.get(input.paymentId, callOf(input, context)),
      refundLatePayment: (input, context) =>
        payments.refund(input.paymentId, input.amount, input.reason, {
          ...callOf(input, context),
          ...(input.isCorrected !== true && {
            idempotencyKey: `${input.orderId}:refundLatePayment:${input.paymentId}`,
          }),
        }),
      consumeReservation: async (input, context) => {
        await warehouse.consume(input.reservationId, callOf(input, context));
        return null;
      },
      sendShippingOrder: (input, context) =>
        fulfilment.ship(input.reservationId, input.items, input.address, callOf(input, context)),
    };
  }

  /** The functions as the promise logic that `machine.provide` takes. */
  logics(): OrderActivityLogics {
    const logics = Object.entries(this.functions()).map(([name, run]) => [name, fromActivity(run as AnyActivity)]);
    // `Object.entries` forgets which function belongs to which name; the pairs are those of `functions()`.
    return Object.fromEntries(logics) as OrderActivityLogics;
  }
}

type AnyActivity = (input: unknown, context: ActivityContext) => Promise<unknown>;

class ActivityCall extends LazySignal implements PartnerCall {
  readonly orderId: string;
  readonly correlationId: string;
  readonly idempotencyKey: string;

  constructor({ orderId, correlationId }: ActivityScope, context: ActivityContext) {
    super(context);
    this.orderId = orderId;
    this.correlationId = correlationId;
    this.idempotencyKey = context.idempotencyKey;
  }
}

function callOf(scope: ActivityScope, context: ActivityContext): PartnerCall {
  return new ActivityCall(scope, context);
}
