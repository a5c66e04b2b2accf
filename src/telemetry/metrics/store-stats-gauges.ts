import type { Backlog, Clock, StoreStats, StoreStatsSource } from '../../durable/index.js';
import { LabelLimiter } from './label-limiter.js';
import type { MetricSet } from './metric-set.js';

export interface StoreStatsGaugesOptions {
  readonly metrics: MetricSet;
  readonly source: StoreStatsSource;
  readonly clock: Clock;
}

/** An actor counts as stuck when a task is this late. No call to a partner takes so long, its waiting included. */
const STUCK_AFTER_MS = 300_000;
/** Shortest time between two queries of the database, however often the page is read. */
const SHORTEST_AGE_MS = 5_000;
/** The stats stay valid for this many times their duration, so they use at most a twentieth of a connection's time. */
const AGE_PER_DURATION = 20;
/** Longest wait of a reader for the database. */
const PATIENCE_MS = 2_000;

/**
 * Shows the store's stats as gauges. All nodes of one database show the same numbers.
 * While the database is unavailable the gauges are absent instead of stale, and `durable_store_up` is 0.
 */
export class StoreStatsGauges {
  private validUntil = Number.NEGATIVE_INFINITY;
  private taking: Promise<void> | null = null;
  private readonly statuses = new LabelLimiter(200);

  constructor(private readonly options: StoreStatsGaugesOptions) {}

  /** Reads the stats when the last ones are too old. Parallel callers share one query. */
  async refresh(): Promise<void> {
    const { clock, metrics } = this.options;
    if (clock.now() < this.validUntil) return;
    this.taking ??= this.take().finally(() => (this.taking = null));
    const taking = this.taking;
    let cancel = (): void => undefined;
    const late = new Promise<'late'>((resolve) => (cancel = clock.after(PATIENCE_MS, () => resolve('late'))));
    if ((await Promise.race([taking, late])) === 'late') this.forget(metrics);
    cancel();
  }

  private async take(): Promise<void> {
    const { metrics, source, clock } = this.options;
    const startedAt = clock.now();
    try {
      const [stats, backlog] = await Promise.all([source.stats(startedAt - STUCK_AFTER_MS), source.backlog(startedAt)]);
      this.show(stats, backlog, startedAt);
      metrics.storeUp.set(1);
    } catch {
      this.forget(metrics);
    }
    const endedAt = clock.now();
    this.validUntil = endedAt + Math.max(SHORTEST_AGE_MS, (endedAt - startedAt) * AGE_PER_DURATION);
  }

  private show({ actors, incidents, stuckActors }: StoreStats, backlog: Backlog, now: number): void {
    const { metrics } = this.options;
    metrics.actorsOpen.reset();
    for (const { machineId: machine, status, runtimeStatus, count } of actors) {
      const labels = { machine, status: this.statuses.value(status), runtime_status: runtimeStatus };
      metrics.actorsOpen.inc(labels, count);
    }
    metrics.incidentsOpen.reset();
    for (const { machineId: machine, kind, count } of incidents) metrics.incidentsOpen.set({ machine, kind }, count);
    const oldestIncident = Math.min(now, ...incidents.map(({ oldestOpenedAt }) => oldestOpenedAt));
    metrics.incidentsOldest.set((now - oldestIncident) / 1_000);
    metrics.actorsStuck.set(stuckActors);
    metrics.tasksDue.set(backlog.tasks);
    metrics.timerLag.set((now - Math.min(now, backlog.oldestTimerDueAt ?? now)) / 1_000);
  }

  private forget(metrics: MetricSet): void {
    for (const gauge of [metrics.actorsOpen, metrics.incidentsOpen]) gauge.reset();
    for (const gauge of [metrics.incidentsOldest, metrics.actorsStuck, metrics.tasksDue, metrics.timerLag]) {
      gauge.remove();
    }
    metrics.storeUp.set(0);
  }
}
