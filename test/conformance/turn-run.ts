/** The durable way without its surroundings: one `computeTurn` per event, all that is kept goes through JSON between. */
import { createActor } from 'xstate';
import { runInActivity } from '../../src/durable/testing.js';
import {
  type Bookkeeping,
  type ScheduledActivity,
  type TurnRequest,
  computeTurn,
  emptyBookkeeping,
  findActivity,
  registerMachine,
} from '../../src/durable/inspect.js';
import { toStoredError } from '../../src/durable/index.js';
import { controlPromises } from './controlled-promises.js';
import { observe } from './observation.js';
import { ACTOR_ID, rest, type StartRun } from './run.js';

/**
 * @param compute to see whether a broken one is noticed.
 * @param livesOn whether a turn goes on with the actor the turn before left in memory, or rehydrates it.
 */
export const startTurns =
  (compute: typeof computeTurn = computeTurn, livesOn = false): StartRun =>
  async (machine, scenario) => {
    const promises = controlPromises();
    const registration = registerMachine({ machine, whenUnexpected: () => 'refuse' });
    const emitted: { path: unknown; event: unknown }[] = [];
    const running = new Map<string, AbortController>();
    let snapshot: string | null = null;
    let previous: NonNullable<TurnRequest['hydrated']> | null = null;
    let bookkeepingText = JSON.stringify(emptyBookkeeping);
    let now = 0;
    const bookkeeping = (): Bookkeeping => JSON.parse(bookkeepingText) as Bookkeeping; // written by `apply`

    const apply = (message: TurnRequest['message']): void => {
      const request = { registration, actorId: ACTOR_ID, snapshot, bookkeeping: bookkeeping(), message, kept: [], now };
      const { decided, hydrated } = compute(livesOn ? { ...request, hydrated: previous } : request);
      previous = hydrated;
      if (decided === null) return;
      snapshot = decided.snapshot;
      bookkeepingText = JSON.stringify(decided.bookkeeping);
      for (const fact of decided.facts) {
        if (fact.type === 'fact.emitted') emitted.push({ path: fact.data['path'], event: fact.data['event'] });
      }
      for (const taskId of decided.endedTasks) running.get(taskId)?.abort();
      for (const activity of decided.startActivities) run(activity);
    };

    const run = (activity: ScheduledActivity): void => {
      const { taskId, activityId, idempotencyKey, attempt } = activity;
      const controller = new AbortController();
      running.set(taskId, controller);
      const { signal } = controller;
      const ids = { actorId: ACTOR_ID, activityId, taskId, idempotencyKey };
      const context = { ...ids, attempt, delivery: 1, signal, heartbeat: () => undefined };
      const logic = findActivity(registration.catalogue, activity.sources)!;
      const input: unknown = JSON.parse(JSON.stringify({ input: activity.input })).input; // eslint-disable-line @typescript-eslint/no-unsafe-member-access -- made in this line
      const startedAt = now;
      runInActivity(context, () => {
        const actor = createActor(logic, { input, id: activityId });
        actor.subscribe({
          complete: () => {
            const { output } = actor.getSnapshot() as { output?: unknown }; // promise logic keeps its result there
            if (!signal.aborted) apply({ kind: 'activity.completed', taskId, output, startedAt });
          },
          error: (error: unknown) => {
            if (!signal.aborted) apply({ kind: 'activity.failed', taskId, error: toStoredError(error), startedAt });
          },
        });
        actor.start();
      });
    };

    const advance = async (ms: number): Promise<void> => {
      const end = now + ms;
      for (;;) {
        const [next] = [...bookkeeping().timers].sort((a, b) => a.dueAt - b.dueAt);
        if (next === undefined || next.dueAt > end) break;
        now = Math.max(now, next.dueAt);
        apply({ kind: 'timer', taskId: next.taskId });
        await rest();
      }
      now = end;
    };
    const settle = async (): Promise<void> => {
      await rest();
      await advance(0);
    };

    apply({ kind: 'start', input: scenario.input });
    await settle();
    return {
      async take(step) {
        switch (step.kind) {
          case 'send':
            apply({ kind: 'event', event: step.event, key: null });
            break;
          case 'resolve':
            promises.resolve(step.activity, step.output);
            break;
          case 'reject':
            promises.reject(step.activity, step.code);
            break;
          case 'wait':
            await advance(step.ms);
            break;
        }
        await settle();
      },
      observe: () => observe(JSON.parse(snapshot ?? 'null'), emitted, bookkeeping().timers, 0),
      close: () => Promise.resolve(),
    };
  };
