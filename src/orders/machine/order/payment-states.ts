import { endIn, latePayments, refundingIn, releasingThen, settlingLatePaymentIn } from './compensation-states.js';
import { required, scopeOf } from './order-context.js';
import { stateId, cancelled, decide, enterStep, orderSetup } from './order-setup.js';
import type { Payment } from './order-model.js';
import type { OrderOutcome } from './order-status.js';
import { OrderStatus } from './order-status.js';
import type { PaymentOutput, PaymentResult } from '../payment/payment-machine.js';
import { backoff, failed, incident, onFailure, tryAgain } from '../retry/step-states.js';

const resultIs = (expected: PaymentResult) =>
  ({
    type: 'isResult',
    params: ({ event }: { event: { output: PaymentOutput } }) => ({ result: event.output.result, expected }),
  }) as const;

const decideAs = (outcome: OrderOutcome) =>
  ({
    type: 'decide',
    params: ({ event }: { event: { output: PaymentOutput } }) => ({ outcome, reason: event.output.reason }),
  }) as const;

const voiding = stateId(OrderStatus.PaymentFailed, 'voiding');
const mismatched = { target: voiding, actions: [decide('payment_failed', 'payment_mismatch')] } as const;

/**
 * The payment machine decides; this status lets callbacks through to it only while it waits for them (`open`), so that an
 * early callback is kept by the runtime, and cancels only where we know whether there is a payment to void.
 */
export const awaitingPayment = orderSetup.createStateConfig({
  entry: enterStep('startPayment'),
  invoke: {
    src: 'payment',
    id: 'payment',
    input: ({ context }) => ({
      ...scopeOf(context),
      amount: required(context.price, 'price').total,
      settings: context.settings,
    }),
    onDone: [
      {
        guard: resultIs('accepted'),
        target: stateId(OrderStatus.PaymentSuccess),
        actions: { type: 'find', params: ({ context }) => ({ captured: required(context.price, 'price').total }) },
      },
      { guard: resultIs('rejected'), target: voiding, actions: decideAs('payment_failed') },
      { guard: resultIs('timed_out'), target: voiding, actions: decideAs('payment_timed_out') },
      { guard: resultIs('disputed'), target: '.disputed' },
      {
        // The provider refused to start, so there is no payment to void; should a callback name one, it is looked up.
        guard: {
          type: 'isResultWithoutPayment',
          params: ({ event }) => ({ result: event.output.result, paymentId: event.output.paymentId }),
        },
        target: stateId(OrderStatus.PaymentFailed, 'releasing'),
        actions: decideAs('payment_failed'),
      },
      { target: voiding, actions: decideAs('payment_failed') },
    ],
  },
  initial: 'requesting',
  states: {
    requesting: {
      tags: 'running',
      on: {
        'payment.requested': {
          target: 'open',
          actions: { type: 'findPayment', params: ({ event }) => ({ requested: event }) },
        },
        'payment.stalled': {
          target: 'stalled',
          actions: { type: 'recordStalled', params: ({ event }) => ({ stalled: event }) },
        },
      },
    },
    /** The start failed for technical reasons; it may have been executed all the same: see PaymentFailed.resolving. */
    stalled: {
      tags: 'incident',
      on: {
        'order.retry': {
          target: 'requesting',
          actions: ['resetTries', { type: 'tellPayment', params: ({ event }) => ({ command: event }) }],
        },
        'order.cancel': { target: stateId(OrderStatus.PaymentFailed, 'resolving'), actions: cancelled },
      },
      after: {
        incidentTimeout: { target: stateId(OrderStatus.PaymentFailed, 'resolving'), actions: 'decideGivenUp' },
      },
    },
    open: {
      tags: 'awaiting-payment',
      on: {
        'payment.accepted': [
          {
            guard: { type: 'isOtherPayment', params: ({ event }) => ({ paymentId: event.paymentId }) },
            actions: [
              { type: 'noteLatePayment', params: ({ event }) => ({ paymentId: event.paymentId }) },
              { type: 'tellPayment', params: ({ event }) => ({ command: event }) },
            ],
          },
          { actions: { type: 'tellPayment', params: ({ event }) => ({ command: event }) } },
        ],
        'payment.rejected': { actions: { type: 'tellPayment', params: ({ event }) => ({ command: event }) } },
        'order.cancel': { target: voiding, actions: cancelled },
      },
    },
    /** Another payment, amount or currency than ours was reported: nothing ships, a person compares the books. */
    disputed: {
      tags: 'incident',
      meta: {
        incident: {
          kind: 'payment_mismatch',
          action: 'none',
          advice:
            "Compare the provider's books with the price of the order: nothing ships; cancel it, and what was paid is given back.",
        },
      },
      on: { ...latePayments, 'order.cancel': mismatched },
      after: { incidentTimeout: mismatched },
    },
  },
});

const consumptionFailed = { target: 'refunding' } as const;

/** The money is ours: from here the order ships or refunds, and cannot be cancelled. */
export const paymentSuccess = orderSetup.createStateConfig({
  entry: enterStep('consumeReservation'),
  on: latePayments,
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'consumeReservation',
        id: 'consumeReservation',
        input: ({ context }) => ({
          ...scopeOf(context),
          reservationId: required(context.reservation, 'reservation').reservationId,
        }),
        onDone: { target: stateId(OrderStatus.SendShippingOrder) },
        onError: onFailure({ ...consumptionFailed, actions: [{ type: 'decideRefused', params: failed }] }),
      },
    },
    backoff,
    incident: incident({ ...consumptionFailed, actions: ['decideGivenUp'] }),
    refunding: refundingIn(OrderStatus.PaymentSuccess),
    releasing: releasingThen(endIn(OrderStatus.PaymentSuccess)),
    settlingLatePayment: settlingLatePaymentIn(OrderStatus.PaymentSuccess),
  },
});

const answered = ({ event }: { event: { output: Payment } }) => ({ payment: event.output });

/**
 * Not paid, or no longer wanted: void the payment, refund it if the customer was faster, release the goods. Who pays later
 * than that is paid back before the order ends.
 */
export const paymentFailed = orderSetup.createStateConfig({
  tags: 'compensating',
  on: latePayments,
  initial: 'voiding',
  states: {
    /** Learns the id of a payment that may exist although its start was never answered. */
    resolving: {
      entry: enterStep('findPayment'),
      initial: 'running',
      states: {
        running: {
          tags: 'running',
          invoke: {
            src: 'findPayment',
            id: 'findPayment',
            input: ({ context }) => ({ ...scopeOf(context), amount: required(context.price, 'price').total }),
            onDone: {
              target: voiding,
              actions: {
                type: 'find',
                params: ({ event }) => ({
                  payment: { paymentId: event.output.paymentId, checkoutUrl: event.output.checkoutUrl },
                }),
              },
            },
            // The original request repeated under its key: refused now means that it never was executed.
            onError: onFailure({ target: stateId(OrderStatus.PaymentFailed, 'releasing'), actions: [] }),
          },
        },
        backoff,
        incident: incident(tryAgain),
      },
    },
    voiding: {
      entry: enterStep('voidPayment'),
      initial: 'running',
      states: {
        running: {
          tags: 'running',
          invoke: {
            src: 'voidPayment',
            id: 'voidPayment',
            input: ({ context }) => ({
              ...scopeOf(context),
              paymentId: required(context.payment, 'payment').paymentId,
            }),
            onDone: [
              {
                guard: { type: 'isCaptured', params: answered },
                target: stateId(OrderStatus.PaymentFailed, 'refunding'),
                actions: { type: 'find', params: ({ event }) => ({ captured: event.output.amount }) },
              },
              {
                guard: { type: 'isPendingAndMayRetry', params: answered },
                target: 'backoff',
                actions: 'recordStillPending',
              },
              { guard: { type: 'isPending', params: answered }, target: 'incident', actions: 'recordStillPending' },
              { target: stateId(OrderStatus.PaymentFailed, 'releasing') },
            ],
            onError: onFailure({ target: 'incident', actions: [] }),
          },
        },
        backoff,
        incident: incident(tryAgain),
      },
    },
    refunding: refundingIn(OrderStatus.PaymentFailed),
    releasing: releasingThen(endIn(OrderStatus.PaymentFailed)),
    settlingLatePayment: settlingLatePaymentIn(OrderStatus.PaymentFailed),
  },
});
