import { assign, sendParent, setup } from 'xstate';
import { unprovided } from '../order/order-activities.js';
import { required, scopeOf } from '../order/order-context.js';
import type {
  PaymentAccepted,
  PaymentNotice,
  PaymentRejected,
  PaymentRequested,
  PaymentStalled,
  RetryStep,
} from '../order/order-events.js';
import type { ActivityFailure, Money, OrderSettings, Payment, StepTries } from '../order/order-model.js';
import { NO_FAILURES } from '../retry/retry-policy.js';
import { retrySetup } from '../retry/retry-setup.js';
import { backoff, failed, onFailure, tryAgain } from '../retry/step-states.js';

/*
 * The payment of one order, as a child of its machine: ask the provider for it, then wait for whichever comes first of
 * accepted, rejected and the deadline. It decides; what follows from the decision is the order's business.
 */

/**
 * - `disputed`: this order's payment was reported with another amount or currency.
 * - `failed`: the provider refused to start the payment, or withdrew it.
 */
export type PaymentResult = 'accepted' | 'rejected' | 'timed_out' | 'disputed' | 'failed';

interface PaymentInput {
  readonly orderId: string;
  readonly correlationId: string;
  readonly amount: Money;
  readonly settings: OrderSettings;
}

/** The reason of an order whose payment the provider, or a person, called off. */
export const PAYMENT_REJECTED = 'payment_rejected';

export interface PaymentOutput {
  readonly result: PaymentResult;
  /** Null when the provider never told us one: it refused. */
  readonly paymentId: string | null;
  /** Stable code. */
  readonly reason: string | null;
}

interface PaymentContext extends PaymentInput, StepTries {
  readonly paymentId: string | null;
  readonly checkoutUrl: string | null;
  readonly result: PaymentResult | null;
  readonly reason: string | null;
}

type PaymentEvent = PaymentAccepted | PaymentRejected | RetryStep;

const tellRequested = (_: unknown, params: { payment: Payment }): PaymentRequested => ({
  type: 'payment.requested',
  paymentId: params.payment.paymentId,
  checkoutUrl: params.payment.checkoutUrl,
});

const tellStalled = ({ context }: { context: PaymentContext }): PaymentStalled => ({
  type: 'payment.stalled',
  failures: context.failures,
  failure: required(context.lastFailure, 'failure'),
});

const retries = retrySetup<PaymentContext, PaymentEvent>((context) => context);

const paymentSetup = setup({
  types: {
    // Type carriers only: xstate reads their types, never their values.
    context: {} as PaymentContext,
    events: {} as PaymentEvent,
    input: {} as PaymentInput,
    output: {} as PaymentOutput,
    tags: {} as 'running' | 'backoff' | 'incident' | 'awaiting-payment',
  },
  actors: { startPayment: unprovided('startPayment') },
  guards: {
    ...retries.guards,
    isOtherAmount: ({ context }, params: { amount: Money }) => !sameMoney(params.amount, context.amount),
    isStatus: (_, params: { payment: Payment; status: Payment['status'] }) => params.payment.status === params.status,
    isWithdrawn: (_, params: { payment: Payment }) =>
      params.payment.status === 'voided' || params.payment.status === 'refunded',
    /** The customer's own payment; a callback that names no id or amount is taken as meant. */
    isOurs: ({ context }, params: { paymentId: string | undefined; amount: Money | undefined }) =>
      (params.paymentId === undefined || params.paymentId === context.paymentId) &&
      (params.amount === undefined || sameMoney(params.amount, context.amount)),
  },
  actions: {
    ...retries.actions,
    know: assign((_, params: { payment: Payment }) => ({
      ...NO_FAILURES,
      paymentId: params.payment.paymentId,
      checkoutUrl: params.payment.checkoutUrl,
    })),
    tellRequested: sendParent<PaymentContext, PaymentEvent, { payment: Payment }, PaymentNotice, PaymentEvent>(
      tellRequested,
    ),
    tellStalled: sendParent<PaymentContext, PaymentEvent, undefined, PaymentNotice, PaymentEvent>(tellStalled),
    settle: assign((_, params: { result: PaymentResult; reason: string | null }) => params),
    settleRefused: assign((_, params: { failure: ActivityFailure }) => ({
      result: 'failed' as const,
      reason: params.failure.code,
    })),
  },
  delays: {
    retryDelay: retries.delays.retryDelay,
    paymentTimeout: ({ context }) => context.settings.paymentTimeoutMs,
  },
});

const answered = ({ event }: { event: { output: Payment } }) => ({ payment: event.output });
const told = [
  { type: 'know', params: answered },
  { type: 'tellRequested', params: answered },
] as const;
const settle = (result: PaymentResult, reason: string | null) =>
  ({ type: 'settle', params: { result, reason } }) as const;
const statusIs = (status: Payment['status']) =>
  ({
    type: 'isStatus',
    params: ({ event }: { event: { output: Payment } }) => ({ payment: event.output, status }),
  }) as const;

/** Asks the provider. The start repeats safely under one key, so its answer may already be the customer's decision. */
const requesting = paymentSetup.createStateConfig({
  entry: { type: 'enterStep', params: { step: 'startPayment' } },
  initial: 'running',
  states: {
    running: {
      tags: 'running',
      invoke: {
        src: 'startPayment',
        id: 'startPayment',
        input: ({ context }) => ({
          ...scopeOf(context),
          amount: context.amount,
          callbackUrl: context.settings.callbackUrl,
        }),
        onDone: [
          {
            guard: { type: 'isOtherAmount', params: ({ event }) => ({ amount: event.output.amount }) },
            target: '#payment.disputed',
            actions: [...told, settle('disputed', 'payment_mismatch')],
          },
          { guard: statusIs('captured'), target: '#payment.accepted', actions: [...told, settle('accepted', null)] },
          {
            guard: statusIs('rejected'),
            target: '#payment.rejected',
            actions: [...told, settle('rejected', PAYMENT_REJECTED)],
          },
          {
            guard: { type: 'isWithdrawn', params: answered },
            target: '#payment.failed',
            actions: [...told, settle('failed', 'payment_withdrawn')],
          },
          { target: '#payment.waiting', actions: told },
        ],
        onError: onFailure({
          target: '#payment.failed',
          actions: [{ type: 'settleRefused', params: failed }],
        }),
      },
    },
    backoff,
    /** The order decides when this is given up: it stops us. */
    incident: {
      tags: 'incident',
      entry: 'tellStalled',
      on: { 'order.retry': tryAgain },
    },
  },
});

const waiting = paymentSetup.createStateConfig({
  tags: 'awaiting-payment',
  on: {
    'payment.accepted': [
      {
        guard: { type: 'isOurs', params: ({ event }) => ({ paymentId: event.paymentId, amount: event.amount }) },
        target: 'accepted',
        actions: [settle('accepted', null)],
      },
      {
        guard: { type: 'isOurs', params: ({ event }) => ({ paymentId: event.paymentId, amount: undefined }) },
        target: 'disputed',
        actions: [settle('disputed', 'payment_mismatch')],
      },
    ],
    'payment.rejected': {
      guard: { type: 'isOurs', params: ({ event }) => ({ paymentId: event.paymentId, amount: undefined }) },
      target: 'rejected',
      actions: [settle('rejected', PAYMENT_REJECTED)],
    },
  },
  after: {
    paymentTimeout: { target: 'timed_out', actions: [settle('timed_out', 'payment_timed_out')] },
  },
});

export const paymentMachine = paymentSetup.createMachine({
  id: 'payment',
  context: ({ input }) => ({
    ...input,
    step: null,
    ...NO_FAILURES,
    paymentId: null,
    checkoutUrl: null,
    result: null,
    reason: null,
  }),
  initial: 'requesting',
  states: {
    requesting,
    waiting,
    accepted: { type: 'final' },
    rejected: { type: 'final' },
    timed_out: { type: 'final' },
    disputed: { type: 'final' },
    failed: { type: 'final' },
  },
  output: ({ context }) => ({
    result: required(context.result, 'payment result'),
    paymentId: context.paymentId,
    reason: context.reason,
  }),
});

function sameMoney(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}
