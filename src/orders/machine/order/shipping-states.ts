import { endIn, latePayments, refundingIn, releasingThen, settlingLatePaymentIn } from './compensation-states.js';
import { required, reservedItems, scopeOf } from './order-context.js';
import { decide, enterStep, orderSetup } from './order-setup.js';
import { OrderStatus } from './order-status.js';
import { failed, backoff, incident, onFailure, tryAgain } from '../retry/step-states.js';

/**
 * Only a definite refusal refunds. A shipment whose answer was lost may be on its way, so an incident left alone tries
 * again, under the same key, and never pays back on an unknown. A corrected address is another request, and its refusal
 * says nothing about the one before: a person has to look.
 */
export const sendShippingOrder = orderSetup.createStateConfig({
  entry: enterStep('sendShippingOrder'),
  on: latePayments,
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      entry: 'recordShipmentRequest',
      invoke: {
        src: 'sendShippingOrder',
        id: 'sendShippingOrder',
        input: ({ context }) => ({
          ...scopeOf(context),
          reservationId: required(context.reservation, 'reservation').reservationId,
          items: reservedItems(context),
          address: required(context.customer, 'customer').address,
        }),
        onDone: endIn(OrderStatus.SendShippingOrder).map((end) => ({
          ...end,
          actions: [
            { type: 'recordResult', params: ({ event }) => ({ shipment: event.output }) },
            'resetTries',
            decide('fulfilled', null),
          ],
        })),
        onError: [
          {
            guard: { type: 'mayHaveShipped', params: failed },
            target: 'incident',
            actions: [{ type: 'recordFailure', params: failed }, 'recordShipmentRefused'],
          },
          ...onFailure({ target: 'refunding', actions: [{ type: 'decideRefused', params: failed }] }),
        ],
      },
    },
    backoff,
    incident: incident(tryAgain),
    refunding: refundingIn(OrderStatus.SendShippingOrder),
    releasing: releasingThen(endIn(OrderStatus.SendShippingOrder)),
    settlingLatePayment: settlingLatePaymentIn(OrderStatus.SendShippingOrder),
  },
});
