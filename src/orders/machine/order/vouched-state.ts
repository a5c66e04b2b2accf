import { paymentScope } from './order-context.js';
import type { Payment } from './order-model.js';
import { enterStep, orderSetup, stateId } from './order-setup.js';
import { OrderStatus } from './order-status.js';
import { backoff, failed } from '../retry/step-states.js';

const answered = ({ event }: { event: { output: Payment } }) => ({ payment: event.output });

const consume = {
  target: stateId(OrderStatus.PaymentSuccess, 'running'),
  actions: [enterStep('consumeReservation')],
} as const;

/**
 * A person vouched for the money. The provider is asked what it has captured, and takes none from now on. Whatever it
 * says, or if it says nothing, the order goes on: what it has not captured is given back by hand.
 */
export const withdrawing = orderSetup.createStateConfig({
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
            guard: { type: 'isCapturedInFull', params: answered },
            target: consume.target,
            actions: ['recordProof', ...consume.actions],
          },
          {
            guard: { type: 'isPendingAndMayRetry', params: answered },
            target: 'backoff',
            actions: 'recordStillPending',
          },
          consume,
        ],
        onError: [
          {
            guard: { type: 'mayRetry', params: failed },
            target: 'backoff',
            actions: [{ type: 'recordFailure', params: failed }],
          },
          consume,
        ],
      },
    },
    backoff,
  },
});
