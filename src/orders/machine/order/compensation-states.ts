import { stateId, enterStep, orderSetup } from './order-setup.js';
import { openLatePayments } from '../late-payment/late-payment-list.js';
import { paymentScope, required, scopeOf } from './order-context.js';
import { OrderStatus } from './order-status.js';
import { backoff, incident, onFailure, tryAgain } from '../retry/step-states.js';

/*
 * What is undone before an order that holds goods or money may end. A compensation is never given up: its incident,
 * left alone, tries again; a refusal is an incident too. order.cancel is not taken: the end is already decided.
 */

const ownIncident = { target: 'incident', actions: [] } as const;

/** Gives the goods back, then goes on to `next`. Also gives back what was consumed. */
export const releasingThen = (next: { readonly guard?: 'hasLatePayment'; readonly target: string }[]) =>
  orderSetup.createStateConfig({
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
            reservationId: required(context.reservation, 'reservation').reservationId,
          }),
          onDone: next.map((each) => ({ ...each, actions: 'resetTries' as const })),
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
            ...paymentScope(context),
            amount: required(context.captured, 'captured amount'),
            reason: context.reason ?? 'order_failed',
            ...(context.vouchedBy === null ? {} : { vouchedBy: context.vouchedBy }),
          }),
          onDone: {
            target: stateId(status, 'releasing'),
            actions: { type: 'recordResult', params: ({ event }) => ({ refund: event.output }) },
          },
          onError: onFailure(ownIncident),
        },
      },
      backoff,
      incident: incident(tryAgain),
    },
  });

/** The end of an order that had a payment: only after every late payment is settled. */
export const endIn = (status: OrderStatus) => [
  { guard: 'hasLatePayment' as const, target: stateId(status, 'settlingLatePayment') },
  { target: stateId(OrderStatus.Completed) },
];

/**
 * What a status does with reports of payments it does not wait for. The order goes on meanwhile; nothing of it depends on
 * them but its end.
 */
export const latePayments = {
  'payment.accepted': [
    {
      guard: { type: 'isNews', params: ({ event }: Reported) => ({ paymentId: event.paymentId }) },
      actions: { type: 'recordLatePayment', params: ({ event }: Reported) => ({ paymentId: event.paymentId }) },
    },
    { actions: 'recordOnly' },
  ],
  'payment.rejected': { actions: 'recordOnly' },
} as const;

interface Reported {
  readonly event: { readonly paymentId?: string | undefined };
}

/** Looks the first open late payment up and gives it back if it was captured; then the next one, then the end. */
export const settlingLatePaymentIn = (status: OrderStatus) =>
  orderSetup.createStateConfig({
    tags: 'compensating',
    entry: enterStep('lookUpPayment'),
    invoke: {
      src: 'latePayment',
      id: 'latePayment',
      input: ({ context }) => ({
        ...scopeOf(context),
        paymentId: required(openLatePayments(context)[0] ?? null, 'late payment').paymentId,
        reason: context.reason ?? 'not_wanted',
        settings: context.settings,
      }),
      onDone: [
        {
          guard: 'hasAnotherLatePayment',
          target: stateId(status, 'settlingLatePayment'),
          reenter: true,
          actions: { type: 'settleLatePayment', params: ({ event }) => ({ settled: event.output }) },
        },
        {
          target: stateId(OrderStatus.Completed),
          actions: { type: 'settleLatePayment', params: ({ event }) => ({ settled: event.output }) },
        },
      ],
    },
    on: {
      'order.retry': {
        actions: { type: 'retryLatePayment', params: ({ event }) => ({ reason: event.reason }) },
      },
    },
  });
