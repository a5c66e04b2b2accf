/** The durable way as it is run: a store, and after every step the process is another one. */
import { DurableHandle, DurableRuntime } from '../../src/durable/index.js';
import type { Bookkeeping } from '../../src/durable/inspect.js';
import { MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import { controlPromises } from './controlled-promises.js';
import { observe } from './observation.js';
import { ACTOR_ID, type StartRun } from './run.js';
import { DAY } from './scenario.js';

export const startRuntime: StartRun = async (machine, scenario) => {
  const promises = controlPromises();
  const clock = new VirtualClock();
  const store = new MemoryStore();
  const startedAt = clock.now();

  const boot = async (): Promise<{ runtime: DurableRuntime; handle: DurableHandle<typeof machine> }> => {
    const runtime = new DurableRuntime({ store, clock, pollMs: 1_000 * DAY, leaseMs: 3_000 * DAY });
    const registration = runtime.register({ machine, whenUnexpected: () => 'refuse' });
    await runtime.start();
    await settle();
    return { runtime, handle: new DurableHandle<typeof machine>(runtime, registration) };
  };
  const shutDown = async (runtime: DurableRuntime): Promise<void> => {
    const stopped = runtime.stop(0);
    await clock.advance(0);
    await stopped;
    // An activity that was handed out often runs apart from others, or not at all. Not what is compared here.
    for (const [key, task] of store.tasks) store.tasks.set(key, { ...task, deliveries: 0 });
  };

  let node = await boot();
  await node.handle.start(scenario.input, { id: ACTOR_ID });
  await clock.advance(0);
  return {
    async take(step) {
      await shutDown(node.runtime);
      node = await boot();
      switch (step.kind) {
        case 'send':
          await node.handle.send(ACTOR_ID, step.event);
          break;
        case 'resolve':
          promises.resolve(step.activity, step.output);
          break;
        case 'reject':
          promises.reject(step.activity, step.code);
          break;
        case 'wait':
          await clock.advance(step.ms);
          break;
      }
      await clock.advance(0);
    },
    observe() {
      const record = store.actors.get(ACTOR_ID)!;
      const { timers } = JSON.parse(record.bookkeeping) as Bookkeeping; // written by the runtime
      const emitted = store.rows
        .filter((row) => row.type === 'fact.emitted')
        .map((row) => JSON.parse(row.data) as { path: unknown; event: unknown }); // as above
      // A timer fires only if its task is stored.
      const due = new Map([...store.tasks.values()].map((task) => [task.taskId, task.dueAt]));
      const pending = timers.map((timer) => ({ ...timer, dueAt: due.get(timer.taskId) ?? Number.NaN }));
      return observe(JSON.parse(record.snapshot), emitted, pending, startedAt);
    },
    close: () => shutDown(node.runtime),
  };
};
