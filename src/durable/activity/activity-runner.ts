/**
 * Runs activities: the real promises, outside of any turn, at least once.
 *
 * Invariants: 3 (the runtime calls `start` only after the commit; `startEarly` is for safe activities alone), 4 (the
 * idempotency key comes from the actor's bookkeeping, so it is the same after a restart; the result is a message, and is
 * accepted once).
 * A run waits for a place in its group, runs under its time limits and delivers one result. A cancelled run delivers none.
 * An attempt that several processes died with starts apart from the others (poison-quarantine.ts). When that happens too
 * often it fails without running: it probably kills the process.
 * Leaves to others: retries (the machine's chart), taking over from a dead node (task-scheduler.ts).
 */
import { runInActivity } from './activity.js';
import { toStoredError } from '../model/stored-error.js';
import { PoisonActivityError } from './activity-errors.js';
import type { EarlyRun } from './early-runs.js';
import { ConcurrencyLimiter, type Release } from './concurrency-limiter.js';
import { runPromise } from './run-promise.js';
import type { RunSettings } from '../machine/activity-settings.js';
import { PoisonQuarantine } from './poison-quarantine.js';
import { ActivityWatchdog } from './activity-watchdog.js';
import { CancellationToken } from './cancellation-token.js';
import type { Clock } from '../model/clock.port.js';
import type { CrashPoints } from '../model/crash-points.js';
import { findActivity } from '../xstate/durable-twin.js';
import { RunContext } from './run-context.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { ActorMessage } from '../model/actor-message.js';
import { outsideRequests } from '../time/outside-requests.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { TaskKey } from '../model/store.port.js';

export interface ActivityRunnerOptions {
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly logger: DurableLogger;
  readonly observer: RuntimeObserver;
  /** Sends the result to the actor. Resolves when the result is durable or stale. */
  readonly deliver: (actorId: string, result: ActivityResult, run: TaskRun) => Promise<unknown>;
  /** Whether this node still owns the task. Called when an activity had to wait: its actor may have moved on since. */
  readonly isHeld: (actorId: string, taskId: string) => Promise<boolean>;
}

type ActivityResult = Extract<ActorMessage, { kind: 'activity.completed' | 'activity.failed' }>;

/** What a message of the runtime's own comes of: the run of an activity, or a timer. */
export interface TaskRun {
  /** Its activity is safe. */
  readonly isSafe: boolean;
  /** How often the task was handed to a node. More than once: a process died meanwhile. */
  readonly delivery: number;
  /** False: the activity ran before a commit that never came to be, and the message is stale. */
  readonly isWanted: () => boolean;
}

interface Run {
  readonly cancellation: CancellationToken;
  /** It has its place, and its promise was called. */
  begun: boolean;
  /** Its promise is settled: nothing is left to cancel. */
  ended: boolean;
  /** Its commit is not durable. */
  early: boolean;
  /** Its commit never will be. */
  dropped: boolean;
  /** Resolves when the result is delivered, or when there is none. */
  finished: Promise<void>;
}

/** One object for all: the stack of a new error costs more than the cancellation. */
const NOT_WANTED = new Error('The activity is no longer wanted.');

/** Two processes died with it. One death may be a coincidence. */
const QUARANTINE_FROM_DELIVERY = 3;

export class ActivityRunner {
  private readonly runs = new Map<string, Run>();
  private readonly limiter = new ConcurrencyLimiter();
  private readonly quarantine: PoisonQuarantine;

  constructor(private readonly options: ActivityRunnerOptions) {
    this.quarantine = new PoisonQuarantine(options.clock);
  }

  get size(): number {
    return this.runs.size;
  }

  isRunning(actorId: string, taskId: string): boolean {
    return this.runs.get(keyOf(actorId, taskId))?.early === false;
  }

  /** What runs, or waits for its place. */
  get running(): readonly TaskKey[] {
    return [...this.runs.keys()].map((key) => {
      const [actorId = '', taskId = ''] = key.split(BETWEEN);
      return { actorId, taskId };
    });
  }

  /** Defines a machine's groups, before any of its activities starts. @throws Error when a group has another size already. */
  prepare({ activityRules }: RegisteredMachine): void {
    this.limiter.define(activityRules.limits);
  }

  start(registration: RegisteredMachine, actorId: string, activity: ScheduledActivity, delivery: number): void {
    const known = this.runs.get(keyOf(actorId, activity.taskId));
    if (known?.early === false) return;
    // Another node's turn gave the same id to another call: the draft of this one is lost.
    if (known !== undefined) this.drop(known, keyOf(actorId, activity.taskId));
    this.begin(registration, actorId, activity, delivery, false);
  }

  /** Starts a safe activity before its commit. @returns null when it runs already. */
  startEarly(registration: RegisteredMachine, actorId: string, activity: ScheduledActivity): EarlyRun | null {
    const key = keyOf(actorId, activity.taskId);
    if (this.runs.has(key)) return null;
    const run = this.begin(registration, actorId, activity, 1, true);
    return { confirm: () => (run.early = false), drop: () => this.drop(run, key) };
  }

  private begin(
    registration: RegisteredMachine,
    actorId: string,
    activity: ScheduledActivity,
    delivery: number,
    early: boolean,
  ): Run {
    const key = keyOf(actorId, activity.taskId);
    const finished = Promise.resolve();
    const run: Run = {
      cancellation: new CancellationToken(),
      begun: false,
      ended: false,
      early,
      dropped: false,
      finished,
    };
    this.runs.set(key, run);
    const running = outsideRequests(() => this.run(registration, actorId, activity, delivery, run));
    run.finished = running.finally(() => {
      // After `hold` or `drop`, another run of the same task may be here.
      if (this.runs.get(key) === run) this.runs.delete(key);
    });
    return run;
  }

  /** Ends a run whose commit never came to be. Its result, if it is under way, is not wanted. */
  private drop(run: Run, key: string): void {
    run.dropped = true;
    if (!run.ended) run.cancellation.cancel(NOT_WANTED);
    if (this.runs.get(key) === run) this.runs.delete(key);
  }

  /** The actor was suspended: a run that has begun goes on; a run that waits for its place is dropped, and may start again. */
  hold(actorId: string, taskId: string): void {
    const key = keyOf(actorId, taskId);
    const run = this.runs.get(key);
    if (run === undefined || run.begun) return;
    run.cancellation.cancel(new Error('The actor is suspended.'));
    this.runs.delete(key);
  }

  /** The machine left the state that invoked the activity: the result has no use any more. */
  cancel(actorId: string, taskId: string): void {
    const run = this.runs.get(keyOf(actorId, taskId));
    if (run?.ended === false) run.cancellation.cancel(NOT_WANTED);
  }

  /** Starts nothing more, waits `graceMs` for running activities, then aborts the rest. Their tasks stay for the next start. */
  async stop(graceMs: number): Promise<void> {
    this.limiter.close();
    this.quarantine.close();
    const all = Promise.allSettled([...this.runs.values()].map((run) => run.finished));
    let cancelWait = (): void => undefined;
    const grace = new Promise<void>((resolve) => {
      cancelWait = this.options.clock.after(graceMs, resolve);
    });
    await Promise.race([all, grace]);
    cancelWait();
    for (const run of this.runs.values()) run.cancellation.cancel(new Error('The node is shutting down.'));
  }

  private async run(
    registration: RegisteredMachine,
    actorId: string,
    activity: ScheduledActivity,
    delivery: number,
    run: Run,
  ): Promise<void> {
    const { clock, deliver, logger, observer } = this.options;
    const { activityId, attempt, taskId } = activity;
    const settings = registration.activityRules.settingsOf(activity.sources);
    let result: ActivityResult | null;
    if (delivery > settings.maxDeliveries) {
      const error = toStoredError(new PoisonActivityError(delivery - 1));
      logger.error({ actorId, activityId, attempt, deliveries: delivery - 1 }, 'an activity is not run any more');
      result = { kind: 'activity.failed', taskId, error, startedAt: clock.now() };
    } else {
      const since = observer.now();
      const waits = delivery >= QUARANTINE_FROM_DELIVERY || !this.limiter.hasRoom(settings.limit);
      const release = await this.admit(keyOf(actorId, taskId), delivery, settings.limit, run.cancellation);
      if (release === null) return;
      // Before its commit there is no task to look for.
      if (waits && !run.early && !(await this.options.isHeld(actorId, taskId))) {
        release();
        return;
      }
      run.begun = true;
      observer.activityAdmitted(settings.limit, since);
      result = await this.perform(registration, actorId, activity, delivery, settings, run.cancellation).finally(
        release,
      );
    }
    run.ended = true;
    if (result === null) return;
    try {
      await deliver(actorId, result, { isSafe: settings.safe, delivery, isWanted: () => !run.dropped });
    } catch (error) {
      if (!run.dropped)
        logger.error({ actorId, activityId, err: error }, 'the result of an activity could not be delivered');
    }
  }

  /** @returns null when the run was cancelled while it waited. */
  private async admit(
    key: string,
    delivery: number,
    limit: string | null,
    cancellation: CancellationToken,
  ): Promise<Release | null> {
    if (delivery < QUARANTINE_FROM_DELIVERY) return this.limiter.acquire(limit, cancellation);
    const releaseQuarantine = await this.quarantine.acquire(key, delivery, cancellation);
    const release = await this.limiter.acquire(limit, cancellation);
    const releaseBoth = (): void => {
      release?.();
      releaseQuarantine();
    };
    if (release !== null) return releaseBoth;
    releaseBoth();
    return null;
  }

  /** @returns null when the run was cancelled: its task was deleted, or stays for the next start. */
  private async perform(
    registration: RegisteredMachine,
    actorId: string,
    activity: ScheduledActivity,
    delivery: number,
    settings: RunSettings,
    cancellation: CancellationToken,
  ): Promise<ActivityResult | null> {
    const { clock, crashPoints, logger, observer } = this.options;
    const { taskId, activityId, attempt, sources, input } = activity;
    if (cancellation.isCancelled()) return null;
    const startedAt = clock.now();
    crashPoints.reach('activity.before', [activityId]);
    const watchdog = new ActivityWatchdog({ ...settings, clock, onLate: (error) => cancellation.cancel(error) });
    const context = new RunContext(actorId, activity, delivery, cancellation, () => watchdog.beat());
    observer.activityStarted(context, registration.machineId, sources, settings.limit);
    const logic = findActivity(registration.catalogue, sources);
    const end = await runInActivity(context, () => runPromise(logic, input, context, cancellation));
    watchdog.stop();
    if (cancellation.isCancelled() && !watchdog.expired) {
      observer.activityEnded(context, 'cancelled', null);
      return null;
    }
    crashPoints.reach('activity.after', [activityId]);
    if (end.ok) {
      observer.activityEnded(context, 'completed', null);
      return { kind: 'activity.completed', taskId, output: end.output, startedAt };
    }
    const error = toStoredError(end.error);
    observer.activityEnded(context, 'failed', error.code);
    logger.warn({ actorId, activityId, attempt, error }, 'activity failed');
    return { kind: 'activity.failed', taskId, error, startedAt };
  }
}

/** No id has it: PostgreSQL would not store it. */
const BETWEEN = '\0';

function keyOf(actorId: string, taskId: string): string {
  return `${actorId}${BETWEEN}${taskId}`;
}
