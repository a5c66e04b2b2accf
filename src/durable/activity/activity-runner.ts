/**
 * Runs activities: the real promises, outside of any turn, after the commit that decided them, at least once.
 *
 * Invariants: 3 (nothing starts before its commit: the host calls in here only then), 4 (the key comes from the actor's
 * notes, so it is the same after a restart; the result goes back as a signal and is accepted once).
 * A run waits for a place in its group, runs under the watch of its time limits, and delivers one result; when it is
 * cancelled at any of these, none. A try that was handed out again because processes died with it starts apart from the
 * others (poison-quarantine.ts), and is not run at all when that happened too often: it is what kills the process.
 * Leaves to others: retrying (the machine's chart), taking over from a dead node (task-scheduler.ts).
 */
import { runInActivity } from './activity.js';
import { toStoredError } from '../model/stored-error.js';
import type { ActivityContext } from '../model/activity-context.js';
import { PoisonActivityError } from '../model/activity-errors.js';
import { ConcurrencyLimiter, type Release } from './concurrency-limiter.js';
import { runPromise } from './run-promise.js';
import type { RunSettings } from '../machine/activity-settings.js';
import { PoisonQuarantine } from './poison-quarantine.js';
import { ActivityWatchdog } from './activity-watchdog.js';
import { CancellationToken } from './cancellation-token.js';
import type { Clock } from '../model/clock.port.js';
import type { CrashPoints } from '../model/crash-points.js';
import { findActivity } from '../xstate/durable-twin.js';
import { LazySignal } from './lazy-signal.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';

export interface ActivityRunnerOptions {
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly logger: DurableLogger;
  readonly observer: RuntimeObserver;
  /** Hands the result to the actor; resolves when it is durable or stale. */
  readonly deliver: (actorId: string, result: ActivityResult) => Promise<unknown>;
  /** Asked once an activity has its place that it had to wait for: others may have moved its actor on meanwhile. */
  readonly isHeld: (actorId: string, taskId: string) => Promise<boolean>;
}

type ActivityResult = Extract<ActorMessage, { kind: 'activity.completed' | 'activity.failed' }>;

interface Run {
  readonly cancellation: CancellationToken;
  /** It has its place, and its promise runs. */
  begun: boolean;
  /** Its promise has come to its end: there is nothing left to cancel. */
  ended: boolean;
  /** When its result is delivered, or there is none. */
  finished: Promise<void>;
}

/** Made once: a new error's stack costs more than all the rest of it. */
const NOT_WANTED = new Error('The activity is no longer wanted.');

/** Two processes died with it: once is an accident. */
const SUSPECT_FROM_DELIVERY = 3;

export class ActivityRunner {
  private readonly runs = new Map<string, Run>();
  private readonly limits = new ConcurrencyLimiter();
  private readonly suspects: PoisonQuarantine;

  constructor(private readonly options: ActivityRunnerOptions) {
    this.suspects = new PoisonQuarantine(options.clock);
  }

  get size(): number {
    return this.runs.size;
  }

  isRunning(actorId: string, taskId: string): boolean {
    return this.runs.has(keyOf(actorId, taskId));
  }

  /** Makes a machine's groups known, before any of its activities starts. @throws Error when one is known as another. */
  prepare({ activityRules }: RegisteredMachine): void {
    this.limits.define(activityRules.limits);
  }

  start(registration: RegisteredMachine, actorId: string, activity: ScheduledActivity, delivery: number): void {
    const key = keyOf(actorId, activity.taskId);
    if (this.runs.has(key)) return;
    const run: Run = { cancellation: new CancellationToken(), begun: false, ended: false, finished: Promise.resolve() };
    this.runs.set(key, run);
    run.finished = this.run(registration, actorId, activity, delivery, run).finally(() => {
      // After a hold another run may have its place here.
      if (this.runs.get(key) === run) this.runs.delete(key);
    });
  }

  /** Its actor was suspended: what has begun goes on, what waits for its place does not begin, and may be started anew. */
  hold(actorId: string, taskId: string): void {
    const key = keyOf(actorId, taskId);
    const run = this.runs.get(key);
    if (run === undefined || run.begun) return;
    run.cancellation.cancel(new Error('The actor is suspended.'));
    this.runs.delete(key);
  }

  /** The state that invoked it was left: nobody waits for the result any more. */
  cancel(actorId: string, taskId: string): void {
    const run = this.runs.get(keyOf(actorId, taskId));
    if (run?.ended === false) run.cancellation.cancel(NOT_WANTED);
  }

  /** Starts nothing more, waits for what is running, then aborts the rest; their tasks stay for the next start. */
  async stop(graceMs: number): Promise<void> {
    this.limits.close();
    this.suspects.close();
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
      const waits = delivery >= SUSPECT_FROM_DELIVERY || !this.limits.hasRoom(settings.limit);
      const leave = await this.admit(keyOf(actorId, taskId), delivery, settings.limit, run.cancellation);
      if (leave === null) return;
      if (waits && !(await this.options.isHeld(actorId, taskId))) {
        leave();
        return;
      }
      run.begun = true;
      observer.activityAdmitted(settings.limit, since);
      result = await this.perform(registration, actorId, activity, delivery, settings, run.cancellation).finally(leave);
    }
    run.ended = true;
    if (result === null) return;
    try {
      await deliver(actorId, result);
    } catch (error) {
      logger.error({ actorId, activityId, err: error }, 'the result of an activity could not be delivered');
    }
  }

  /** @returns null when it is wanted no more. */
  private async admit(
    key: string,
    delivery: number,
    limit: string | null,
    cancellation: CancellationToken,
  ): Promise<Release | null> {
    if (delivery < SUSPECT_FROM_DELIVERY) return this.limits.acquire(limit, cancellation);
    const leaveSuspects = await this.suspects.turn(key, delivery, cancellation);
    const leave = await this.limits.acquire(limit, cancellation);
    const leaveBoth = (): void => {
      leave?.();
      leaveSuspects();
    };
    if (leave !== null) return leaveBoth;
    leaveBoth();
    return null;
  }

  /** @returns null when it was cancelled: its task is gone, or waits for the next start of a node. */
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
    const watch = new ActivityWatchdog({ ...settings, clock, onLate: (error) => cancellation.cancel(error) });
    const context = new RunContext(actorId, activity, delivery, cancellation, () => watch.beat());
    observer.activityStarted(context, registration.machineId, sources, settings.limit);
    const logic = findActivity(registration.catalogue, sources);
    const end = await runInActivity(context, () => runPromise(logic, input, context, cancellation));
    watch.stop();
    if (cancellation.isCancelled() && !watch.expired) {
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

/** What a run's activity is told. */
class RunContext extends LazySignal implements ActivityContext {
  readonly activityId: string;
  readonly taskId: string;
  readonly idempotencyKey: string;
  readonly attempt: number;

  constructor(
    readonly actorId: string,
    { activityId, taskId, idempotencyKey, attempt }: ScheduledActivity,
    readonly delivery: number,
    cancellation: CancellationToken,
    readonly heartbeat: () => void,
  ) {
    super(cancellation);
    this.activityId = activityId;
    this.taskId = taskId;
    this.idempotencyKey = idempotencyKey;
    this.attempt = attempt;
  }
}

function keyOf(actorId: string, taskId: string): string {
  return `${actorId} ${taskId}`;
}
