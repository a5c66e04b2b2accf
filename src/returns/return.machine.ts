import { assign, fromPromise, setup } from 'xstate';
import type { Refund } from '../orders/machine/order.model.js';
import { mayRetryAfter, NO_FAILURES, retryDelayMs, withFailure } from '../orders/machine/retry.policy.js';
import { backoff, onFailure, tryAgain } from '../orders/machine/step.states.js';
import type { Failed, ReturnContext, ReturnEvent, ReturnOutcome, ReturnRequest } from './return.model.js';

const DAY_MS = 86_400_000;
const unprovided = <T>() => fromPromise<T, ReturnRequest>(() => Promise.reject(new Error('not provided')));
const end = (outcome: ReturnOutcome) => ({ type: 'note', params: { outcome } }) as const;

/** Money and goods are never given up: an incident that nobody attends to tries again. */
const incident = { tags: 'incident', on: { 'return.retry': tryAgain }, after: { incidentTimeout: tryAgain } } as const;
const input = ({ context }: { context: ReturnContext }) => context.request;
const refunded = {
  target: '#return.Restocking',
  actions: { type: 'note', params: ({ event }: { event: { output: Refund } }) => ({ refund: event.output }) },
} as const;
const onError = onFailure({ target: 'incident', actions: [] });
/** Tried as often as the order's retry policy says, then parked for a person. */
const step = <const S extends string, const D>(src: S, onDone: D) =>
  ({
    entry: 'resetTries',
    initial: 'running',
    states: { running: { invoke: { src, id: src, input, onDone, onError } }, backoff, incident },
  }) as const;

/** A fulfilled order comes back: a person decides, the goods arrive, the money goes back, the goods go on stock. */
export const returnMachine = setup({
  types: {
    context: {} as ReturnContext, // type carriers: xstate never reads their values
    events: {} as ReturnEvent,
    input: {} as ReturnRequest,
  },
  actors: { refund: unprovided<Refund>(), restock: unprovided<null>() },
  guards: {
    isFinal: (_, { failure }: Failed) => !failure.retryable,
    mayRetry: ({ context }, { failure }: Failed) => mayRetryAfter({ ...context.request, ...context }, failure),
  },
  actions: {
    recordFailure: assign(({ context }, { failure }: Failed) => withFailure(context, failure)),
    resetTries: assign(NO_FAILURES),
    note: assign((_, params: Partial<Pick<ReturnContext, 'refund' | 'outcome'>>) => params),
  },
  delays: {
    decisionTime: 14 * DAY_MS,
    goodsTime: 30 * DAY_MS,
    retryDelay: ({ context }) => retryDelayMs({ ...context.request, ...context }),
    incidentTimeout: ({ context }) => context.request.settings.incidentTimeoutMs,
  },
}).createMachine({
  id: 'return',
  context: ({ input }) => ({ request: input, ...NO_FAILURES, step: null, refund: null, outcome: null }),
  initial: 'Requested',
  states: {
    Requested: {
      on: { 'return.approve': 'AwaitingGoods', 'return.reject': { target: 'Rejected', actions: end('rejected') } },
      after: { decisionTime: { target: 'Rejected', actions: end('expired') } },
    },
    AwaitingGoods: {
      on: { 'return.received': 'Refunding' },
      after: { goodsTime: { target: 'Closed', actions: end('goods_missing') } },
    },
    Refunding: step('refund', refunded),
    Restocking: step('restock', { target: '#return.Refunded', actions: end('refunded') }),
    Refunded: { type: 'final' },
    Rejected: { type: 'final' },
    Closed: { type: 'final' },
  },
});
