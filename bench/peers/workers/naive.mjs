// What a team would write first: a live XState actor for each order, and one awaited TypeORM save for each transition.
// No history, no retries, no deduplication; timers live in memory.
import 'reflect-metadata';
import { DataSource, EntitySchema } from 'typeorm';
import { assign, createActor, fromPromise, setup } from 'xstate';
import { PAYMENT_TIMEOUT_MS, PREPARE, SHIP, START_PAYMENT, step } from '../steps.mjs';

const isPostgres = process.env.DB === 'postgres';
const names = [...PREPARE, START_PAYMENT];
const OrderFlow = new EntitySchema({
  name: 'order_flow',
  columns: {
    id: { type: String, primary: true },
    status: { type: String },
    snapshot: { type: isPostgres ? 'jsonb' : 'simple-json' },
    createdAt: { type: isPostgres ? 'timestamptz' : 'datetime', createDate: true },
    updatedAt: { type: isPostgres ? 'timestamptz' : 'datetime', updateDate: true },
  },
  indices: [{ columns: ['status'] }],
});

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
  const database = new DataSource({
    ...(isPostgres
      ? { type: 'postgres', url: process.env.PG_URL }
      : { type: 'sqlite', database: process.env.SQLITE_FILE, enableWAL: true }),
    entities: [OrderFlow],
    synchronize: true,
  });
  await database.initialize();
  if (!isPostgres) await database.query('PRAGMA synchronous = FULL');
  const repository = database.getRepository(OrderFlow);
  const live = new Map();

  const machine = setup({
    actors: {
      step: fromPromise(async ({ input }) => {
        await live.get(input.id)?.saved;
        return step(input.name, input.id);
      }),
    },
    delays: { payment: PAYMENT_TIMEOUT_MS },
  }).createMachine({
    id: 'order',
    initial: names[0],
    context: ({ input }) => ({ id: input.id, results: {} }),
    states: {
      ...Object.fromEntries(names.map((name, index) => [name, stateOf(name, names[index + 1] ?? 'awaitingPayment')])),
      awaitingPayment: {
        on: { 'payment-accepted': SHIP, 'payment-rejected': 'rejected' },
        after: { payment: 'timedOut' },
      },
      [SHIP]: stateOf(SHIP, 'completed'),
      completed: { type: 'final' },
      rejected: { type: 'final' },
      timedOut: { type: 'final' },
      failed: { type: 'final' },
    },
  });

  // SQLite has one connection in TypeORM, and saves that overlap on it nest as savepoints: they have to queue.
  let tail = Promise.resolve();
  const inTurn = isPostgres ? (work) => work() : (work) => (tail = tail.then(work, work));

  const run = (id) => {
    const entry = { saved: Promise.resolve() };
    const actor = createActor(machine, { input: { id } });
    entry.actor = actor;
    live.set(id, entry);
    actor.subscribe(({ value, status }) => {
      const row = { id, status: String(value), snapshot: actor.getPersistedSnapshot() };
      entry.saved = entry.saved.then(() => inTurn(() => repository.save(row)));
      entry.saved.then(() => {
        if (row.status === 'awaitingPayment') hooks.awaiting(id);
        if (status !== 'done') return;
        live.delete(id);
        hooks.completed(id);
      });
    });
    actor.start();
    return entry.saved;
  };
  return {
    start: async (id) => {
      await run(id);
    },
    pay: async (id, type) => {
      const entry = live.get(id);
      entry.actor.send({ type });
      await entry.saved;
    },
  };
}
