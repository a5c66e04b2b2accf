// Restate runs an XState machine through its own integration: every transition is an invocation of a virtual object.
import http2 from 'node:http2';
import * as restate from '@restatedev/restate-sdk';
import { xstate } from '@restatedev/xstate';
import { fromPromise } from '@restatedev/xstate/promise';
import { assign, setup } from 'xstate';
import { PAYMENT_TIMEOUT_MS, PREPARE, SHIP, START_PAYMENT, step } from '../steps.mjs';

const names = [...PREPARE, START_PAYMENT];
const stateOf = (name, target) => ({
  invoke: {
    src: 'step',
    input: ({ context }) => ({ name, id: context.id }),
    onDone: {
      target,
      actions: assign({ results: ({ context, event }) => ({ ...context.results, [name]: event.output }) }),
    },
    onError: 'failed',
  },
});

export default async function create(hooks) {
  const machine = setup({
    actors: { step: fromPromise(({ input }) => step(input.name, input.id)) },
    actions: {
      awaiting: ({ context }) => hooks.awaiting(context.id),
      completed: ({ context }) => hooks.completed(context.id),
    },
    delays: { payment: PAYMENT_TIMEOUT_MS },
  }).createMachine({
    id: 'order',
    initial: names[0],
    context: ({ input }) => ({ id: input.id, results: {} }),
    states: {
      ...Object.fromEntries(names.map((name, index) => [name, stateOf(name, names[index + 1] ?? 'awaitingPayment')])),
      awaitingPayment: {
        entry: 'awaiting',
        on: { 'payment-accepted': SHIP, 'payment-rejected': 'rejected' },
        after: { payment: 'timedOut' },
      },
      [SHIP]: stateOf(SHIP, 'completed'),
      completed: { type: 'final', entry: 'completed' },
      rejected: { type: 'final' },
      timedOut: { type: 'final' },
      failed: { type: 'final' },
    },
  });
  const endpoint = restate.createEndpointHandler({
    services: [xstate('orderMachine', machine)],
    logger: () => undefined,
  });
  const server = http2.createServer(endpoint);
  await new Promise((resolve) => server.listen(Number(process.env.WORKER_PORT), '127.0.0.1', resolve));
  return {};
}
