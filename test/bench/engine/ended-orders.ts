import type { ActorCommit, DurableStore } from '../../../src/durable/index.js';
import { MemoryStore } from '../../../src/durable/testing.js';
import { storeCopies } from '../../scale/order-copies.js';
import { OrderEngine } from './order-engine.js';

/** Stores orders that have ended: one is brought there by the real runtime, the others are its rows under other ids. */
export async function fillWithEndedOrders(store: DurableStore, count: number): Promise<void> {
  await storeCopies(store, await endedOrder(), count);
}

/** All rows of one order that has ended, as the commit that would write them at once. */
async function endedOrder(): Promise<ActorCommit> {
  const store = new MemoryStore();
  const engine = new OrderEngine(store);
  await engine.runtime.start();
  const id = await engine.start();
  await engine.passes(id, 'parked');
  const ended = engine.passes(id, 'ended');
  await engine.pay(id);
  await ended;
  await engine.runtime.stop();
  const actor = await store.loadActor(id);
  if (actor === null || store.tasks.size > 0) throw new Error('The order has not ended.');
  const attributes = JSON.parse(actor.attributes) as Record<string, string>; // the contract of the store
  return {
    expectedRevision: 0,
    actor,
    addTasks: [],
    removeTaskIds: [],
    history: store.rows,
    events: [...store.events.values()],
    addAttributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  };
}
