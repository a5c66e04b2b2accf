import { releasingThen } from './compensation-states.js';
import { holdMs, required, scopeOf } from './order-context.js';
import { stateId, cancelled, decide, enterStep, orderSetup } from './order-setup.js';
import { OrderStatus } from './order-status.js';
import { backoff, failed, incident, onFailure, tryAgain } from '../retry/step-states.js';

/* Until goods are reserved there is nothing to undo: the order simply ends. */

const refused = {
  target: stateId(OrderStatus.Completed),
  actions: [{ type: 'decideRefused', params: failed }],
} as const;
const givenUp = { target: stateId(OrderStatus.Completed), actions: ['decideGivenUp'] } as const;
const parked = incident(givenUp);
const cancel = { 'order.cancel': { target: stateId(OrderStatus.Completed), actions: [cancelled] } } as const;

export const gettingProducts = orderSetup.createStateConfig({
  entry: enterStep('getProducts'),
  on: cancel,
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'getProducts',
        id: 'getProducts',
        input: ({ context }) => ({ ...scopeOf(context), shoppingCartId: context.shoppingCartId }),
        onDone: [
          {
            guard: { type: 'isEmpty', params: ({ event }) => ({ items: event.output }) },
            target: stateId(OrderStatus.Completed),
            actions: decide('failed', 'cart_empty'),
          },
          {
            target: stateId(OrderStatus.GettingAddress),
            actions: { type: 'recordResult', params: ({ event }) => ({ items: event.output }) },
          },
        ],
        onError: onFailure(refused),
      },
    },
    backoff,
    incident: parked,
  },
});

export const gettingAddress = orderSetup.createStateConfig({
  entry: enterStep('getAddress'),
  on: cancel,
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'getAddress',
        id: 'getAddress',
        input: ({ context }) => ({ ...scopeOf(context), userId: context.userId }),
        onDone: {
          target: stateId(OrderStatus.ReservingProducts),
          actions: { type: 'recordResult', params: ({ event }) => ({ customer: event.output }) },
        },
        onError: onFailure(refused),
      },
    },
    backoff,
    incident: parked,
  },
});

/**
 * A reservation may be under way while we ask for it, so order.cancel is not taken then (the runtime keeps it and the next
 * status takes it): otherwise the answer, and with it the goods, would be lost.
 *
 * When the retries are exhausted, a call whose answer was lost may still have reserved goods under an id we never saw. So
 * whoever gives up asks again under its key (`resolving`), and releases what it then knows. Repeated for every request that
 * an operator had corrected meanwhile.
 */
const ending = stateId(OrderStatus.ReservingProducts, 'ending');
const givenUpUnknown = { target: ending, actions: ['decideGivenUp'] } as const;
const parkedUnknown = incident(givenUpUnknown);

export const reservingProducts = orderSetup.createStateConfig({
  entry: enterStep('reserveProducts'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      entry: 'recordRequest',
      invoke: {
        src: 'reserveProducts',
        id: 'reserveProducts',
        input: ({ context }) => ({
          ...scopeOf(context),
          items: required(context.items, 'items'),
          holdMs: holdMs(context.settings),
        }),
        onDone: [
          {
            guard: { type: 'isReserved', params: ({ event }) => ({ reservation: event.output }) },
            target: stateId(OrderStatus.CalculatingShipping),
            actions: [
              'recordAnswered',
              { type: 'recordResult', params: ({ event }) => ({ reservation: event.output }) },
            ],
          },
          {
            guard: { type: 'isNothingReserved', params: ({ event }) => ({ reservation: event.output }) },
            target: 'releasing',
            actions: [
              'recordAnswered',
              { type: 'recordResult', params: ({ event }) => ({ reservation: event.output }) },
              decide('out_of_stock', 'nothing_reserved'),
            ],
          },
          {
            target: 'releasing',
            actions: [
              'recordAnswered',
              { type: 'recordResult', params: ({ event }) => ({ reservation: event.output }) },
              decide('out_of_stock', 'partly_reserved'),
            ],
          },
        ],
        onError: onFailure({
          target: ending,
          actions: [{ type: 'decideRefused', params: failed }, 'recordAnswered'],
        }),
      },
    },
    backoff,
    incident: {
      ...parkedUnknown,
      on: { ...parkedUnknown.on, 'order.cancel': { target: ending, actions: [cancelled] } },
    },
    ending: { always: [{ guard: 'isUnresolved', target: 'resolving' }, { target: stateId(OrderStatus.Completed) }] },
    /** Learns the id of a reservation that may exist although its request was never answered. */
    resolving: {
      tags: 'compensating',
      entry: enterStep('findReservation'),
      initial: 'running',
      states: {
        running: {
          tags: 'running',
          invoke: {
            src: 'findReservation',
            id: 'findReservation',
            input: ({ context }) => ({
              ...scopeOf(context),
              items: required(context.askedFor.at(-1) ?? null, 'request'),
              holdMs: holdMs(context.settings),
              request: context.askedFor.length,
            }),
            onDone: {
              target: stateId(OrderStatus.ReservingProducts, 'releasing'),
              actions: [
                'recordAnswered',
                { type: 'recordResult', params: ({ event }) => ({ reservation: event.output }) },
              ],
            },
            // The original request repeated under its key: refused now means that it never was executed.
            onError: onFailure({ target: ending, actions: ['recordAnswered'] }),
          },
        },
        backoff,
        incident: incident(tryAgain),
      },
    },
    releasing: releasingThen([{ target: ending }]),
  },
});
