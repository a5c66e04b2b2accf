/**
 * Runs activities: the real promises, outside of any turn, after the commit that decided them, at least once.
 *
 * Invariants: 3 (nothing starts before its commit: the host calls in here only then), 4 (the key comes from the actor's
 * notes, so it is the same after a restart; the result goes back as a signal and is accepted once).
 * Leaves to others: retrying (the machine's chart), taking over from a dead node (task.scheduler.ts).
 */
import { createActor, type AnyActorLogic } from 'xstate';
import { runInActivity, toStoredError, type ActivityContext } from './activity.js';
import type { Clock } from './clock.port.js';
import type { CrashPoints } from './crash-point.js';
import { findActivity } from './inert.machine.js';
import type { DurableLogger } from './logger.port.js';
import type { RegisteredMachine } from './machine.registration.js';
import type { Signal } from './signal.js';
import type { ScheduledActivity } from './turn.js';

export interface ActivityRunnerOptions {
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly logger: DurableLogger;
  /** Hands the result to the actor; resolves when it is durable or stale. */
  readonly deliver: (actorId: string, signal: Exclude<Signal, { kind: 'start' }>) => Promise<unknown>;
}

interface Run {
  readonly controller: AbortController;
  readonly finished: Promise<void>;
}

export class ActivityRunner {
  private readonly runs = new Map<string, Run>();

  constructor(private readonly options: ActivityRunnerOptions) {}

  get size(): number {
    return this.runs.size;
  }

  isRunning(actorId: string, taskId: string): boolean {
    return this.runs.has(keyOf(actorId, taskId));
  }

  start(registration: RegisteredMachine, actorId: string, activity: ScheduledActivity, delivery: number): void {
    const key = keyOf(actorId, activity.taskId);
    if (this.runs.has(key)) return;
    const controller = new AbortController();
    const finished = this.run(registration, actorId, activity, delivery, controller.signal).finally(() =>
      this.runs.delete(key),
    );
    this.runs.set(key, { controller, finished });
  }

  /** The state that invoked it was left: nobody waits for the result any more. */
  cancel(actorId: string, taskId: string): void {
    this.runs.get(keyOf(actorId, taskId))?.controller.abort(new Error('The activity is no longer wanted.'));
  }

  /** Waits for what is running, then aborts the rest; their tasks stay in the store for the next start. */
  async stop(graceMs: number): Promise<void> {
    const all = Promise.allSettled([...this.runs.values()].map((run) => run.finished));
    let cancelWait = (): void => undefined;
    const grace = new Promise<void>((resolve) => {
      cancelWait = this.options.clock.after(graceMs, resolve);
    });
    await Promise.race([all, grace]);
    cancelWait();
    for (const run of this.runs.values()) run.controller.abort(new Error('The node is shutting down.'));
  }

  private async run(
    registration: RegisteredMachine,
    actorId: string,
    activity: ScheduledActivity,
    delivery: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, crashPoints, deliver, logger } = this.options;
    const { taskId, activityId, attempt, idempotencyKey } = activity;
    const startedAt = clock.now();
    const context: ActivityContext = { actorId, activityId, taskId, idempotencyKey, attempt, delivery, signal };
    let result: Exclude<Signal, { kind: 'start' }>;
    try {
      crashPoints.reach('activity.before', [activityId]);
      const logic = findActivity(registration.catalogue, activity.sources);
      if (logic === undefined) throw new Error(`No activity is registered for ${activity.sources.join(' > ')}.`);
      const output = await runInActivity(context, () => settle(logic, activity.input, activityId, signal));
      crashPoints.reach('activity.after', [activityId]);
      result = { kind: 'activity.completed', taskId, output, startedAt };
    } catch (error) {
      // An aborted run has no say: its task is gone, or waits for the next start of a node.
      if (signal.aborted) return;
      crashPoints.reach('activity.after', [activityId]);
      logger.warn({ actorId, activityId, attempt, error: toStoredError(error) }, 'activity failed');
      result = { kind: 'activity.failed', taskId, error: toStoredError(error), startedAt };
    }
    if (signal.aborted) return;
    try {
      await deliver(actorId, result);
    } catch (error) {
      logger.error({ actorId, activityId, err: error }, 'the result of an activity could not be delivered');
    }
  }
}

/** Runs promise logic as an actor of its own, so that it gets its input, an id and an abort signal as XState gives them. */
function settle(logic: AnyActorLogic, input: unknown, id: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const actor = createActor(logic, { input, id });
    const abort = (): void => {
      actor.stop();
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) {
      abort();
      return;
    }
    signal.addEventListener('abort', abort, { once: true });
    const done = (): void => signal.removeEventListener('abort', abort);
    actor.subscribe({
      complete: () => {
        done();
        resolve((actor.getSnapshot() as { output?: unknown }).output); // promise logic keeps its result there
      },
      error: (error: unknown) => {
        done();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    });
    actor.start();
  });
}

function keyOf(actorId: string, taskId: string): string {
  return `${actorId} ${taskId}`;
}
