import type { ActorRecord, DurableLogger } from '../../src/durable/index.js';
import { MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { OrderActivityLogics } from '../../src/orders/machine/order/order-activities.js';
import { recordOf, type CorpusEntry } from './corpus-files.js';
import { runtimeAt, type RegisterMachines } from './order-machines.js';

const MOST_DEADLINES = 50;

/**
 * Lets one stored actor go on, with partners that answer well and deadlines that pass, as after a restart with today's code.
 * @returns what keeps it from its end, or null.
 */
export async function playToItsEnd(
  entry: CorpusEntry,
  register: RegisterMachines,
  activities: OrderActivityLogics,
): Promise<string | null> {
  const { actorId, updatedAt } = entry.actor;
  const store = new MemoryStore();
  const clock = new VirtualClock(updatedAt);
  const errors: string[] = [];
  const runtime = runtimeAt(store, clock, errorsInto(errors));
  register(runtime, activities);
  await store.commit([
    {
      expectedRevision: 0,
      actor: recordOf(entry),
      addTasks: entry.tasks,
      removeTaskIds: [],
      history: [],
      events: entry.kept,
    },
  ]);
  await runtime.start();
  await settle();
  if (entry.actor.runtimeStatus === 'suspended') {
    await runtime.command(actorId, { type: 'resume', by: 'check', reason: null, deadlines: 'keep' });
  }
  let actor: ActorRecord | null = null;
  for (let deadlines = 0; deadlines < MOST_DEADLINES; deadlines += 1) {
    await settle();
    actor = await store.loadActor(actorId);
    if (actor === null || actor.completedAt !== null) break;
    const dueAt = Math.min(...(await store.tasksOf(actorId)).map((task) => task.dueAt));
    if (!Number.isFinite(dueAt) || errors.length > 0) break;
    await clock.advance(Math.max(1, dueAt - clock.now()));
  }
  await runtime.stop(0);
  if (actor?.runtimeStatus === 'completed' && actor.outcome !== null) return null;
  const stopped = `it goes on and then stands still in ${actor?.status ?? 'nothing'} (${actor?.runtimeStatus ?? 'lost'})`;
  return [stopped, ...errors].join(': ');
}

function errorsInto(errors: string[]): DurableLogger {
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields, message) => {
      const { err } = fields as { readonly err?: unknown }; // as the runtime logs what was thrown
      errors.push(err instanceof Error ? `${message}: ${err.message}` : message);
    },
  };
}
