import { endIn, latePayments, refundingIn, releasingThen, settlingLatePaymentIn } from './compensation-states.js';
import { paymentScope, required, scopeOf } from './order-context.js';
import { stateId, cancelled, decide, enterStep, orderSetup } from './order-setup.js';
import type { OrderCommand, PaymentAccepted } from './order-events.js';
import type { Payment } from './order-model.js';
import type { OrderOutcome } from './order-status.js';
import { OrderStatus } from './order-status.js';
import { PAYMENT_REJECTED, type PaymentOutput, type PaymentResult } from '../payment/payment-machine.js';
import { withdrawing } from './vouched-state.js';
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

const named = ({ event }: { event: { paymentId?: string | undefined } }) => ({ paymentId: event.paymentId });
const report = ({ event }: { event: PaymentAccepted }) => ({
  by: event.by,
  paymentId: event.paymentId,
  amount: event.amount,
});
const vouched = {
  guard: { type: 'isVouched', params: report },
  target: stateId(OrderStatus.PaymentSuccess, 'withdrawing'),
  actions: ['takeCaptured', { type: 'recordVouched', params: report }],
} as const;
const forward = {
  type: 'forwardToPayment',
  params: ({ event }: { event: OrderCommand }) => ({ command: event }),
} as const;

const answered = ({ event }: { event: { output: Payment } }) => ({ payment: event.output });

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
        actions: 'takeCaptured',
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
          actions: { type: 'recordRequested', params: ({ event }) => ({ requested: event }) },
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
          actions: ['resetTries', { type: 'forwardToPayment', params: ({ event }) => ({ command: event }) }],
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
        // A report about another payment decides nothing here: what was captured is given back before the order ends.
        'payment.accepted': [
          vouched,
          { guard: { type: 'isOtherAndNews', params: named }, actions: { type: 'recordLatePayment', params: named } },
          { guard: { type: 'isOtherPayment', params: named }, actions: 'recordOnly' },
          { actions: forward },
        ],
        'payment.rejected': [
          { guard: { type: 'isOtherPayment', params: named }, actions: 'recordOnly' },
          { actions: forward },
        ],
        'order.cancel': { target: voiding, actions: cancelled },
      },
    },
    /**
     * Our payment was reported with another amount or currency: nothing ships, a person compares the books. A report that
     * it was paid as it was asked for, or called off, ends it.
     */
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
      on: {
        'payment.accepted': [
          vouched,
          {
            guard: {
              type: 'isWhatWasAskedFor',
              params: ({ event }) => ({ paymentId: event.paymentId, amount: event.amount }),
            },
            target: stateId(OrderStatus.PaymentSuccess),
            actions: 'takeCaptured',
          },
          ...latePayments['payment.accepted'],
        ],
        'payment.rejected': [
          { guard: { type: 'isOtherPayment', params: named }, actions: 'recordOnly' },
          { target: voiding, actions: [decide('payment_failed', PAYMENT_REJECTED)] },
        ],
        'order.cancel': mismatched,
      },
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
    withdrawing,
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
            input: ({ context }) => ({
              ...scopeOf(context),
              amount: required(context.price, 'price').total,
              callbackUrl: context.settings.callbackUrl,
            }),
            onDone: {
              target: voiding,
              actions: {
                type: 'recordResult',
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
            input: ({ context }) => paymentScope(context),
            onDone: [
              {
                // Told rejected, and captured after all: the goods are still reserved, so the customer gets them.
                guard: { type: 'isCapturedAfterRejection', params: answered },
                target: stateId(OrderStatus.PaymentSuccess),
                actions: ['takeBackDecision', 'takeCaptured'],
              },
              {
                guard: { type: 'isCaptured', params: answered },
                target: stateId(OrderStatus.PaymentFailed, 'refunding'),
                actions: { type: 'recordResult', params: ({ event }) => ({ captured: event.output.amount }) },
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
