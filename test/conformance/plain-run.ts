/** The measure: XState alone, one actor that lives from the first step to the last. */
import { createActor, SimulatedClock, type AnyActorRef } from 'xstate';
import { pathOf, walkTree } from '../../src/durable/inspect.js';
import { controlPromises } from './controlled-promises.js';
import { observe, type Pending } from './observation.js';
import { ACTOR_ID, rest, type StartRun } from './run.js';

/** What XState's scheduler keeps about a delayed event. */
interface Scheduled {
  readonly source: AnyActorRef;
  readonly target: AnyActorRef;
  readonly event: unknown;
}

/** XState's own clock for tests, watched: what is to come, and when. Time stops at every deadline on the way. */
class WatchedClock {
  readonly pending = new Map<number, Scheduled & { readonly dueAt: number }>();
  private readonly clock = new SimulatedClock();
  private readonly seen = new WeakSet<Scheduled>();
  scheduled: () => Readonly<Record<string, Scheduled>> = () => ({});

  setTimeout(run: () => void, ms: number): number {
    const entry = Object.values(this.scheduled()).find((each) => !this.seen.has(each))!;
    this.seen.add(entry);
    const id = this.clock.setTimeout(() => {
      this.pending.delete(id);
      run();
    }, ms);
    this.pending.set(id, { ...entry, dueAt: this.clock.now() + Math.max(0, ms) });
    return id;
  }

  clearTimeout(id: number): void {
    this.pending.delete(id);
    this.clock.clearTimeout(id);
  }

  async advance(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    for (;;) {
      const next = Math.min(...[...this.pending.values()].map((each) => each.dueAt));
      if (next > end) break;
      this.clock.set(Math.max(next, this.clock.now()));
      await rest();
    }
    this.clock.set(end);
  }
}

export const startPlain: StartRun = async (machine, scenario) => {
  const promises = controlPromises();
  const clock = new WatchedClock();
  const emitted: { path: string; event: unknown }[] = [];
  const actor = createActor(machine, {
    id: ACTOR_ID,
    input: scenario.input,
    clock,
    inspect: (inspection) => {
      if (inspection.type !== '@xstate.actor') return;
      const ref = inspection.actorRef as AnyActorRef; // reported by the actor itself
      ref.on('*', (event: unknown) => emitted.push({ path: pathOf(ref), event }));
    },
  });
  const root = actor as AnyActorRef; // an actor of any machine
  // Not in XState's types: the events its scheduler has yet to deliver.
  const system = actor.system as unknown as { getSnapshot: () => { _scheduledEvents: Record<string, Scheduled> } };
  clock.scheduled = () => system.getSnapshot()._scheduledEvents;
  actor.subscribe({ error: () => undefined });
  actor.start();
  const settle = async (): Promise<void> => {
    await rest();
    await clock.advance(0);
  };
  await settle();
  return {
    async take(step) {
      switch (step.kind) {
        case 'send':
          actor.send(step.event);
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
      await settle();
    },
    observe() {
      const living = new Map(walkTree(root).map((node) => [node.ref, node.path]));
      // An event for an actor that is gone is dropped when it is due: nothing is to come of it.
      const pending = [...clock.pending.values()].flatMap(({ dueAt, source, target, event }): Pending[] => {
        const path = living.get(target);
        return path === undefined ? [] : [{ dueAt, owner: living.get(source) ?? 'nobody', target: path, event }];
      });
      return observe(root.getPersistedSnapshot(), emitted, pending, 0);
    },
    close: () => Promise.resolve(void actor.stop()),
  };
};
