import { at, enterStep, orderSetup } from './order.setup.js';
import { present, scopeOf } from './order.context.js';
import { OrderStatus } from './order-status.js';
import { backoff, incident, onFailure, tryAgain } from './step.states.js';

/*
 * What is undone before an order that holds goods or money may end. A compensation is never given up: its incident,
 * left alone, tries again; a refusal is an incident too. order.cancel is not taken: the end is already decided.
 */

const ownIncident = { target: 'incident', actions: [] } as const;

/** Gives the goods back, then ends the order. Also gives back what was consumed. */
export const releasing = orderSetup.createStateConfig({
  tags: 'compensating',
  entry: enterStep('releaseReservation'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'releaseReservation',
        id: 'releaseReservation',
        input: ({ context }) => ({
          ...scopeOf(context),
          reservationId: present(context.reservation, 'reservation').reservationId,
        }),
        onDone: { target: at(OrderStatus.Completed), actions: 'resetTries' },
        onError: onFailure(ownIncident),
      },
    },
    backoff,
    incident: incident(tryAgain),
  },
});

/** Gives the captured money back, then releases the goods in the same status. */
export const refundingIn = (status: OrderStatus) =>
  orderSetup.createStateConfig({
    tags: 'compensating',
    entry: enterStep('refundPayment'),
    initial: 'running',
    states: {
      running: {
        tags: 'running',
        invoke: {
          src: 'refundPayment',
          id: 'refundPayment',
          input: ({ context }) => ({
            ...scopeOf(context),
            paymentId: present(context.payment, 'payment').paymentId,
            amount: present(context.captured, 'captured amount'),
            reason: context.reason ?? 'order_failed',
          }),
          onDone: {
            target: at(status, 'releasing'),
            actions: { type: 'find', params: ({ event }) => ({ refund: event.output }) },
          },
          onError: onFailure(ownIncident),
        },
      },
      backoff,
      incident: incident(tryAgain),
    },
  });
