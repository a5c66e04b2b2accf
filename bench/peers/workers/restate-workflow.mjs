// Restate: the order as a plain workflow. This is the endpoint that the Restate server calls.
import http2 from 'node:http2';
import * as restate from '@restatedev/restate-sdk';
import { PAYMENT_TIMEOUT_MS, PREPARE, SHIP, START_PAYMENT, step } from '../steps.mjs';

export default async function create(hooks) {
  const orderFlow = restate.workflow({
    name: 'orderFlow',
    handlers: {
      run: async (context) => {
        const id = context.key;
        for (const name of [...PREPARE, START_PAYMENT]) await context.run(name, () => step(name, id));
        hooks.awaiting(id);
        const { type } = await context.promise('payment').get().orTimeout(PAYMENT_TIMEOUT_MS);
        if (type !== 'payment-accepted') return 'not paid';
        await context.run(SHIP, () => step(SHIP, id));
        hooks.completed(id);
        return 'completed';
      },
      pay: async (context, event) => {
        await context.promise('payment').resolve(event);
      },
    },
  });
  const server = http2.createServer(restate.createEndpointHandler({ services: [orderFlow] }));
  await new Promise((resolve) => server.listen(Number(process.env.WORKER_PORT), '127.0.0.1', resolve));
  return {};
}
