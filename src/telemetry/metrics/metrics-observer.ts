import {
  type ActivityContext,
  type ActorMessage,
  type ActorRecord,
  type BatchFailure,
  type Disposition,
  recordedKindOf,
  type RuntimeObserver,
} from '../../durable/index.js';
import { LabelLimiter } from './label-limiter.js';
import type { MetricSet } from './metric-set.js';

interface RunningActivity {
  readonly partner: string;
  readonly activity: string;
  readonly since: number;
}

/**
 * Most values of one label. The order machine uses fewer. The limit bounds the cost of a machine with endless values.
 */
const WORDS = 100;

/** Turns the runtime's notifications into metrics. The concurrency limit of an activity has the name of its partner. */
export class MetricsObserver implements RuntimeObserver {
  private readonly running = new WeakMap<ActivityContext, RunningActivity>();
  private readonly machines = new LabelLimiter(WORDS);
  private readonly statuses = new LabelLimiter(WORDS);
  private readonly outcomes = new LabelLimiter(WORDS);
  private readonly activities = new LabelLimiter(WORDS);
  private readonly codes = new LabelLimiter(WORDS);

  constructor(private readonly metrics: MetricSet) {}

  now(): number {
    return performance.now();
  }

  turnComputed(
    _actorId: string,
    machineId: string,
    message: ActorMessage,
    disposition: Disposition,
    since: number,
  ): void {
    const { messages, turnDuration } = this.metrics;
    const kind = recordedKindOf(message);
    messages.inc({ machine: this.machines.value(machineId), signal: kind, disposition });
    if (disposition !== 'duplicate') turnDuration.observe({ signal: kind }, this.secondsSince(since));
  }

  draftCommitted(before: ActorRecord | null, after: ActorRecord): void {
    const { actorsStarted, actorsEnded, actorLifetime, incidentsOpened } = this.metrics;
    const machine = this.machines.value(after.machineId);
    if (before === null) actorsStarted.inc({ machine });
    if (after.incident && before?.incident !== true) {
      incidentsOpened.inc({ machine, status: this.statuses.value(after.status) });
    }
    if (after.completedAt === null || (before !== null && before.completedAt !== null)) return;
    const outcome = this.outcomes.value(after.outcome ?? after.runtimeStatus);
    actorsEnded.inc({ machine, outcome });
    actorLifetime.observe({ machine, outcome }, Math.max(0, after.completedAt - after.createdAt) / 1_000);
  }

  draftDropped(_actorId: string, reason: 'conflict' | 'failed' | 'unchanged'): void {
    this.metrics.drafts.inc({ reason });
  }

  batchWritten(size: number, since: number): void {
    this.metrics.commitBatch.observe(size);
    this.metrics.commitDuration.observe(this.secondsSince(since));
  }

  batchFailed(_size: number, reason: BatchFailure): void {
    this.metrics.commitFailures.inc({ reason });
  }

  callerRefused(reason: 'bytes' | 'wait'): void {
    this.metrics.callersRefused.inc({ reason });
  }

  activityAdmitted(limit: string | null, since: number): void {
    this.metrics.activityWait.observe({ partner: limit ?? 'none' }, this.secondsSince(since));
  }

  activityStarted(
    context: ActivityContext,
    _machineId: string,
    sources: readonly string[],
    limit: string | null,
  ): void {
    const partner = limit ?? 'none';
    const activity = this.activities.value(sources.at(-1) ?? 'unknown');
    this.running.set(context, { partner, activity, since: this.now() });
    this.metrics.activitiesRunning.inc({ partner });
    if (context.attempt > 1) this.metrics.activityRetries.inc({ partner, activity });
  }

  activityEnded(context: ActivityContext, outcome: 'completed' | 'failed' | 'cancelled', code: string | null): void {
    const run = this.running.get(context);
    if (run === undefined) return;
    this.running.delete(context);
    const { partner, activity, since } = run;
    this.metrics.activitiesRunning.dec({ partner });
    this.metrics.activityDuration.observe({ partner, activity, outcome }, this.secondsSince(since));
    if (code !== null) this.metrics.activityFailures.inc({ partner, code: this.codes.value(code) });
  }

  timerFired(latenessMs: number): void {
    this.metrics.timerLateness.observe(Math.max(0, latenessMs) / 1_000);
  }

  activityTakenOver(actor: ActorRecord): void {
    this.metrics.activitiesTakenOver.inc({ machine: this.machines.value(actor.machineId) });
  }

  private secondsSince(since: number): number {
    return (performance.now() - since) / 1_000;
  }
}
