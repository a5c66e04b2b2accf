import { releasingThen } from './compensation-states.js';
import { required, reservedItems, scopeOf } from './order-context.js';
import { stateId, cancelled, enterStep, orderSetup } from './order-setup.js';
import { OrderStatus } from './order-status.js';
import { backoff, failed, incident, onFailure } from '../retry/step-states.js';

/* Goods are reserved, no money is asked for yet: an order that ends here releases its goods first. */

const releasing = releasingThen([{ target: stateId(OrderStatus.Completed) }]);
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
          reservationId: required(context.reservation, 'reservation').reservationId,
          items: reservedItems(context),
          address: required(context.customer, 'customer').address,
        }),
        onDone: {
          target: stateId(OrderStatus.CalculatingFinalPrice),
          actions: { type: 'recordResult', params: ({ event }) => ({ shipping: event.output }) },
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
          items: required(context.reservation, 'reservation').reserved,
          shipping: required(context.shipping, 'shipping quote').amount,
          country: required(context.customer, 'customer').address.country,
        }),
        onDone: {
          target: stateId(OrderStatus.AwaitingPayment),
          actions: { type: 'recordResult', params: ({ event }) => ({ price: event.output }) },
        },
        onError: onFailure(refused),
      },
    },
    backoff: { ...backoff, on: cancel },
    incident: { ...parked, on: { ...parked.on, ...cancel } },
    releasing,
  },
});
