// No product: a probe of what can be reached. One row for each order, pure XState transitions, and a group commit: one
// statement in one transaction writes all transitions that are ready, and each order goes on when its commit is durable.
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { createMachine, initialTransition, transition } from 'xstate';
import { PAYMENT_TIMEOUT_MS, PREPARE, SHIP, START_PAYMENT, step } from '../steps.mjs';

const isPostgres = process.env.DB === 'postgres';
const names = [...PREPARE, START_PAYMENT];
const machine = createMachine({
  id: 'order',
  initial: names[0],
  states: {
    ...Object.fromEntries(names.map((name, index) => [name, { on: { done: names[index + 1] ?? 'awaitingPayment' } }])),
    awaitingPayment: { on: { 'payment-accepted': SHIP, 'payment-rejected': 'rejected', timeout: 'timedOut' } },
    [SHIP]: { on: { done: 'completed' } },
    completed: { type: 'final' },
    rejected: { type: 'final' },
    timedOut: { type: 'final' },
  },
});

const CHANGE = `on conflict (id) do update set status = excluded.status, due = excluded.due, data = excluded.data`;
const UPSERT = isPostgres
  ? `insert into orders select j->>0, j->>1, (j->>2)::bigint, j->>3 from json_array_elements($1::json) j ${CHANGE}`
  : `insert into orders select value->>0, value->>1, value->>2, value->>3 from json_each(?) where true ${CHANGE}`;

export default async function create(hooks) {
  const database = new DataSource(
    isPostgres
      ? { type: 'postgres', url: process.env.PG_URL }
      : { type: 'sqlite', database: process.env.SQLITE_FILE, enableWAL: true },
  );
  await database.initialize();
  if (!isPostgres) await database.query('PRAGMA synchronous = FULL');
  await database.query(
    'create table if not exists orders (id text primary key, status text not null, due bigint, data text not null)',
  );

  let queue = [];
  let isFlushing = false;
  const flush = async () => {
    while (queue.length > 0) {
      const batch = queue;
      queue = [];
      await database.query(UPSERT, [JSON.stringify(batch.map(({ row }) => row))]);
      for (const { resolve } of batch) resolve();
    }
    isFlushing = false;
  };
  const save = (order) =>
    new Promise((resolve) => {
      queue.push({ row: [order.id, order.state.value, order.due ?? null, JSON.stringify(order.results)], resolve });
      if (isFlushing) return;
      isFlushing = true;
      setImmediate(flush);
    });

  const open = new Map();
  const send = (order, type) => {
    order.state = transition(machine, order.state, { type })[0];
  };
  const advance = async (order) => {
    for (;;) {
      const { value, status } = order.state;
      if (status === 'done') {
        open.delete(order.id);
        return hooks.completed(order.id);
      }
      if (value === 'awaitingPayment') return hooks.awaiting(order.id);
      order.results[value] = await step(value, order.id);
      send(order, 'done');
      order.due = order.state.value === 'awaitingPayment' ? Date.now() + PAYMENT_TIMEOUT_MS : undefined;
      await save(order);
    }
  };
  return {
    start: async (id) => {
      const order = { id, state: initialTransition(machine)[0], results: {} };
      open.set(id, order);
      await save(order);
      advance(order);
    },
    pay: async (id, type) => {
      const order = open.get(id);
      send(order, type);
      await save(order);
      advance(order);
    },
  };
}
