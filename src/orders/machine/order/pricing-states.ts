import { releasingThen } from './compensation-states.js';
import { present, reservedItems, scopeOf } from './order-context.js';
import { at, cancelled, enterStep, orderSetup } from './order-setup.js';
import { OrderStatus } from './order-status.js';
import { backoff, failed, incident, onFailure } from '../retry/step-states.js';

/* Goods are reserved, no money is asked for yet: an order that ends here releases its goods first. */

const releasing = releasingThen([{ target: at(OrderStatus.Completed) }]);
const refused = { target: 'releasing', actions: [{ type: 'decideRefused', params: failed }] } as const;
const givenUp = { target: 'releasing', actions: ['decideGivenUp'] } as const;
const parked = incident(givenUp);
const cancel = { 'order.cancel': { target: 'releasing', actions: [cancelled] } } as const;

export const calculatingShipping = orderSetup.createStateConfig({
  entry: enterStep('calculateShipping'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      on: cancel,
      invoke: {
        src: 'calculateShipping',
        id: 'calculateShipping',
        input: ({ context }) => ({
          ...scopeOf(context),
          reservationId: present(context.reservation, 'reservation').reservationId,
          items: reservedItems(context),
          address: present(context.customer, 'customer').address,
        }),
        onDone: {
          target: at(OrderStatus.CalculatingFinalPrice),
          actions: { type: 'find', params: ({ event }) => ({ shipping: event.output }) },
        },
        onError: onFailure(refused),
      },
    },
    backoff: { ...backoff, on: cancel },
    incident: { ...parked, on: { ...parked.on, ...cancel } },
    releasing,
  },
});

export const calculatingFinalPrice = orderSetup.createStateConfig({
  entry: enterStep('calculateFinalPrice'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      on: cancel,
      invoke: {
        src: 'calculateFinalPrice',
        id: 'calculateFinalPrice',
        input: ({ context }) => ({
          ...scopeOf(context),
          items: present(context.reservation, 'reservation').reserved,
          shipping: present(context.shipping, 'shipping quote').amount,
          country: present(context.customer, 'customer').address.country,
        }),
        onDone: {
          target: at(OrderStatus.AwaitingPayment),
          actions: { type: 'find', params: ({ event }) => ({ price: event.output }) },
        },
        onError: onFailure(refused),
      },
    },
    backoff: { ...backoff, on: cancel },
    incident: { ...parked, on: { ...parked.on, ...cancel } },
    releasing,
  },
});
