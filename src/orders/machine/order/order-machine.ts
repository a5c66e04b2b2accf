import { latePaymentMachine } from '../late-payment/late-payment-machine.js';
import type { OrderActivityLogics } from './order-activities.js';
import { newOrder, required } from './order-context.js';
import { orderSetup } from './order-setup.js';
import { OrderStatus } from './order-status.js';
import { paymentMachine } from '../payment/payment-machine.js';
import { awaitingPayment, paymentFailed, paymentSuccess } from './payment-states.js';
import { gettingAddress, gettingProducts, reservingProducts } from './preparation-states.js';
import { calculatingFinalPrice, calculatingShipping } from './pricing-states.js';
import { sendShippingOrder } from './shipping-states.js';

/** Goes up whenever an order in flight could not go on under the changed chart. */
const ORDER_MACHINE_VERSION = '3';

/**
 * The life of one order. Its states are exactly `OrderStatus`; what happens inside a status are that state's children.
 *
 * What holds on every path, whatever fails:
 * - captured money ends as a shipment or as a refund;
 * - no report of another payment decides about the order's own;
 * - a payment reported when the order does not want it is looked up at the provider, and given back if it was captured;
 * - a reservation ends consumed (and shipped) or released, also one whose answer was lost;
 * - how the order ended is settled (`outcome`) before it is Completed.
 */
export const orderMachine = orderSetup.createMachine({
  id: 'order',
  version: ORDER_MACHINE_VERSION,
  context: ({ input }) => newOrder(input),
  initial: OrderStatus.Starting,
  states: {
    [OrderStatus.Starting]: { always: OrderStatus.GettingProducts },
    [OrderStatus.GettingProducts]: gettingProducts,
    [OrderStatus.GettingAddress]: gettingAddress,
    [OrderStatus.ReservingProducts]: reservingProducts,
    [OrderStatus.CalculatingShipping]: calculatingShipping,
    [OrderStatus.CalculatingFinalPrice]: calculatingFinalPrice,
    [OrderStatus.AwaitingPayment]: awaitingPayment,
    [OrderStatus.PaymentSuccess]: paymentSuccess,
    [OrderStatus.PaymentFailed]: paymentFailed,
    [OrderStatus.SendShippingOrder]: sendShippingOrder,
    [OrderStatus.Completed]: { type: 'final' },
  },
  output: ({ context }) => ({ outcome: required(context.outcome, 'outcome'), reason: context.reason }),
});

export type OrderMachine = typeof orderMachine;

/** The machine with its side effects, those of the machines inside it included. */
export function provideOrderActivities(machine: OrderMachine, activities: OrderActivityLogics): OrderMachine {
  const { startPayment, lookUpPayment, refundLatePayment, ...ownActivities } = activities;
  const { voidPayment } = ownActivities;
  return machine.provide({
    actors: {
      ...ownActivities,
      payment: paymentMachine.provide({ actors: { startPayment } }),
      latePayment: latePaymentMachine.provide({ actors: { lookUpPayment, voidPayment, refundLatePayment } }),
    },
  });
}
