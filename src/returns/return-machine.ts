import { assign, fromPromise, setup } from 'xstate';
import type { Money, OrderSettings, Refund, StepTries } from '../orders/machine/order/order-model.js';
import { NO_FAILURES } from '../orders/machine/retry/retry-policy.js';
import { retryForeverStep, retrySetup } from '../orders/machine/retry/retry-setup.js';

/** What comes back, and why: input of the machine, and of both activities. It never changes, so their keys do not. */
export interface ReturnRequest extends Record<'orderId' | 'correlationId' | 'reservationId' | 'paymentId', string> {
  readonly captured: Money;
  /** Who vouched for the money, which the provider had not captured. Absent: nobody had to. */
  readonly vouchedBy?: string;
  /** Told to the provider. Absent: `returned`. An operator corrects it when the provider refuses that. */
  readonly refundReason?: string;
  readonly reason: string;
  /** Tells a repeated request from a second one. */
  readonly requestKey: string | null;
  readonly settings: OrderSettings;
}

export interface ReturnContext extends StepTries {
  readonly request: ReturnRequest;
  readonly refund: Refund | null;
  readonly outcome: 'refunded' | 'rejected' | 'expired' | 'goods_missing' | null;
}

export interface ReturnEvent {
  readonly type: 'return.approve' | 'return.reject' | 'return.received' | 'return.retry';
  readonly by: string;
  readonly reason?: string | undefined;
}

const DAY_MS = 86_400_000;
const unprovided = <T>() => fromPromise<T, ReturnRequest>(() => Promise.reject(new Error('not provided')));
const end = (outcome: ReturnContext['outcome']) => ({ type: 'note', params: { outcome } }) as const;
const refunded = {
  target: '#return.Restocking',
  actions: { type: 'note', params: ({ event }: { event: { output: Refund } }) => ({ refund: event.output }) },
} as const;
const step = retryForeverStep('return.retry', ({ context }: { context: ReturnContext }) => context.request);
const retries = retrySetup<ReturnContext, ReturnEvent>(({ request }) => request);

/** A fulfilled order comes back: a person decides, the goods arrive, the money goes back, the goods go on stock. */
export const returnMachine = setup({
  // Type carriers: xstate never reads their values.
  types: { context: {} as ReturnContext, events: {} as ReturnEvent, input: {} as ReturnRequest },
  actors: { refund: unprovided<Refund>(), restock: unprovided<null>() },
  guards: retries.guards,
  actions: {
    ...retries.actions,
    note: assign((_, params: Partial<Pick<ReturnContext, 'refund' | 'outcome'>>) => params),
  },
  delays: { ...retries.delays, decisionTime: 14 * DAY_MS, goodsTime: 30 * DAY_MS },
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
