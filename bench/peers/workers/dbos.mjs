// DBOS Transact on PostgreSQL: one workflow, seven steps, a message with a durable timeout.
import { DBOS } from '@dbos-inc/dbos-sdk';
import { PAYMENT_TIMEOUT_MS, PREPARE, SHIP, START_PAYMENT, step } from '../steps.mjs';

export default async function create(hooks) {
  const flow = DBOS.registerWorkflow(
    async (id) => {
      for (const name of [...PREPARE, START_PAYMENT]) await DBOS.runStep(() => step(name, id), { name });
      hooks.awaiting(id);
      const event = await DBOS.recv('payment', PAYMENT_TIMEOUT_MS / 1_000);
      if (event !== 'payment-accepted') return 'not paid';
      await DBOS.runStep(() => step(SHIP, id), { name: SHIP });
      return 'completed';
    },
    { name: 'orderFlow' },
  );
  DBOS.setConfig({
    name: 'orders',
    systemDatabaseUrl: process.env.PG_URL,
    logLevel: 'error',
    applicationVersion: '1',
  });
  await DBOS.launch();
  return {
    start: async (id) => {
      const handle = await DBOS.startWorkflow(flow, { workflowID: id })(id);
      handle.getResult().then(() => hooks.completed(id));
    },
    pay: (id, type) => DBOS.send(id, type, 'payment', `pay-${id}`),
  };
}
