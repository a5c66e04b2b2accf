import { assign, setup } from 'xstate';
import { failureOf, PAYMENT_STILL_PENDING } from '../retry/activity-failure.js';
import { unprovided } from '../order/order-activities.js';
import { required, scopeOf } from '../order/order-context.js';
import type {
  ActivityFailure,
  LatePayment,
  Money,
  OrderSettings,
  Payment,
  Refund,
  StepTries,
} from '../order/order-model.js';
import { mayRetryAfter, NO_FAILURES, withFailure } from '../retry/retry-policy.js';
import { retrySetup } from '../retry/retry-setup.js';
import { backoff, onFailure, tryAgain } from '../retry/step-states.js';

/*
 * What becomes of a payment that nobody waits for: ask the provider what it really is, withdraw it if it is still open, give
 * it back if it was captured. A report is never believed by itself. It runs inside an order that has not ended yet, and as an
 * actor of its own for one that has. It is never given up: an incident that nobody attends to tries again.
 */

interface LatePaymentInput {
  readonly orderId: string;
  readonly correlationId: string;
  readonly paymentId: string;
  /** Told to the provider with the refund. */
  readonly reason: string;
  readonly settings: Pick<OrderSettings, 'retry' | 'incidentTimeoutMs'>;
}

export interface LatePaymentContext extends LatePaymentInput, StepTries {
  readonly found: LatePayment['found'];
  readonly captured: Money | null;
  readonly refund: Refund | null;
  /** An operator corrected the reason after the provider had refused the refund: it is a new request. */
  readonly isCorrected?: boolean;
}

/** Has an incident's step tried again. */
export interface RetryLatePayment {
  readonly type: 'late-payment.retry';
  readonly reason?: string | undefined;
}

const retries = retrySetup<LatePaymentContext, RetryLatePayment>((context) => context);

const latePaymentSetup = setup({
  types: {
    // Type carriers only: xstate reads their types, never their values.
    context: {} as LatePaymentContext,
    events: {} as RetryLatePayment,
    input: {} as LatePaymentInput,
    output: {} as LatePayment,
    tags: {} as 'running' | 'backoff' | 'incident',
  },
  actors: {
    lookUpPayment: unprovided('lookUpPayment'),
    voidPayment: unprovided('voidPayment'),
    refundLatePayment: unprovided('refundLatePayment'),
  },
  guards: {
    ...retries.guards,
    isUnknown: (_, params: { failure: ActivityFailure }) => params.failure.code === 'payment_unknown',
    mayAskAgain: ({ context }, params: { payment: Payment }) =>
      params.payment.status === 'pending' && mayRetryAfter(context, PAYMENT_STILL_PENDING),
    isStatus: (_, params: { payment: Payment; status: Payment['status'] }) => params.payment.status === params.status,
  },
  actions: {
    ...retries.actions,
    recordStillPending: assign(({ context }) => withFailure(context, PAYMENT_STILL_PENDING)),
    find: assign((_, { payment }: { payment: Payment }) => ({
      found: payment.status,
      captured: payment.status === 'captured' ? payment.amount : null,
    })),
    findUnknown: assign({ ...NO_FAILURES, found: 'unknown' as const }),
    refund: assign((_, params: { refund: Refund }) => ({ ...NO_FAILURES, refund: params.refund })),
  },
  delays: retries.delays,
});

const answered = ({ event }: { event: { output: Payment } }) => ({ payment: event.output });
const statusIs = (status: Payment['status']) =>
  ({
    type: 'isStatus',
    params: ({ event }: { event: { output: Payment } }) => ({ payment: event.output, status }),
  }) as const;
const find = { type: 'find', params: answered } as const;
const enterStep = (step: string) => ({ type: 'enterStep', params: { step } }) as const;
const subject = ({ context }: { context: LatePaymentContext }) => ({
  ...scopeOf(context),
  paymentId: context.paymentId,
});

const incident = <const T>(again: T) =>
  ({ tags: ['incident'], on: { 'late-payment.retry': again }, after: { incidentTimeout: again } }) as const;
const failure = onFailure({ target: 'incident', actions: [] });
const captured = { guard: statusIs('captured'), target: '#late-payment.Refunding', actions: find } as const;
const nothingCaptured = { target: '#late-payment.Settled', actions: find } as const;

const lookingUp = latePaymentSetup.createStateConfig({
  entry: enterStep('lookUpPayment'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'lookUpPayment',
        id: 'lookUpPayment',
        input: subject,
        onDone: [captured, { guard: statusIs('pending'), target: '#late-payment.Voiding' }, nothingCaptured],
        onError: [
          {
            guard: { type: 'isUnknown', params: ({ event }) => ({ failure: failureOf(event.error) }) },
            target: '#late-payment.Settled',
            actions: 'findUnknown',
          },
          ...failure,
        ],
      },
    },
    backoff,
    incident: incident(tryAgain),
  },
});

/** The payment is still open, and no order waits for it. */
const voiding = latePaymentSetup.createStateConfig({
  entry: enterStep('voidPayment'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'voidPayment',
        id: 'voidPayment',
        input: subject,
        onDone: [
          captured,
          { guard: { type: 'mayAskAgain', params: answered }, target: 'backoff', actions: 'recordStillPending' },
          { guard: statusIs('pending'), target: 'incident', actions: 'recordStillPending' },
          nothingCaptured,
        ],
        onError: failure,
      },
    },
    backoff,
    incident: incident(tryAgain),
  },
});

/** After an incident the provider is asked anew: a person may have given the money back over there. */
const refunding = latePaymentSetup.createStateConfig({
  entry: enterStep('refundLatePayment'),
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'refundLatePayment',
        id: 'refundLatePayment',
        input: ({ context }) => ({
          ...subject({ context }),
          amount: required(context.captured, 'captured amount'),
          reason: context.reason,
          ...(context.isCorrected === true && { isCorrected: true }),
        }),
        onDone: {
          target: '#late-payment.Settled',
          actions: { type: 'refund', params: ({ event }) => ({ refund: event.output }) },
        },
        onError: failure,
      },
    },
    backoff,
    incident: incident({ target: '#late-payment.LookingUp' } as const),
  },
});

export const latePaymentMachine = latePaymentSetup.createMachine({
  id: 'late-payment',
  version: '1',
  context: ({ input }) => ({ ...input, step: null, ...NO_FAILURES, found: null, captured: null, refund: null }),
  initial: 'LookingUp',
  states: { LookingUp: lookingUp, Voiding: voiding, Refunding: refunding, Settled: { type: 'final' } },
  output: ({ context: { paymentId, found, refund } }) => ({ paymentId, found, refund }),
});

export type LatePaymentMachine = typeof latePaymentMachine;
