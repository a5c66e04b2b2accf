// openworkflow on PostgreSQL, or on SQLite, which needs node:sqlite and therefore Node 22.
import { setTimeout as sleep } from 'node:timers/promises';
import { OpenWorkflow } from 'openworkflow';
import { PAYMENT_TIMEOUT_MS, PREPARE, SHIP, START_PAYMENT, step as work } from '../steps.mjs';

const CONCURRENCY = 100;
const LOOK_MS = 5;
const MOST_LOOKS = 200;

async function backendOf() {
  if (process.env.DB !== 'postgres')
    return (await import('openworkflow/sqlite')).BackendSqlite.connect(process.env.SQLITE_FILE);
  return (await import('openworkflow/postgres')).BackendPostgres.connect(process.env.PG_URL);
}

export default async function create(hooks) {
  const backend = await backendOf();
  const orderOf = new Map();
  // Told only once it is durable.
  const after = (method, tell) => {
    const call = backend[method].bind(backend);
    backend[method] = async (request) => {
      const answer = await call(request);
      tell(orderOf.get(request.workflowRunId));
      return answer;
    };
  };
  after('completeWorkflowRun', hooks.completed);
  after('sleepWorkflowRun', hooks.awaiting);

  const open = new OpenWorkflow({ backend });
  const flow = open.defineWorkflow({ name: 'order-flow' }, async ({ input, step, run }) => {
    const { id } = input;
    orderOf.set(run.id, id);
    for (const name of [...PREPARE, START_PAYMENT]) await step.run({ name }, () => work(name, id));
    const got = await step.waitForSignal({ signal: `payment:${id}`, timeout: PAYMENT_TIMEOUT_MS });
    if (got?.data?.type !== 'payment-accepted') return 'not paid';
    await step.run({ name: SHIP }, () => work(SHIP, id));
    return 'completed';
  });
  await open.newWorker({ concurrency: CONCURRENCY }).start();
  return {
    start: async (id) => {
      await flow.run({ id }, { idempotencyKey: id });
    },
    // A signal that nobody waits for is dropped, so it is repeated until somebody does.
    pay: async (id, type) => {
      for (let look = 0; look < MOST_LOOKS; look += 1) {
        const sent = await open.sendSignal({ signal: `payment:${id}`, data: { type }, idempotencyKey: id });
        if (sent.workflowRunIds.length > 0) return;
        await sleep(LOOK_MS);
      }
      throw new Error('Nobody waits for the payment.');
    },
  };
}
