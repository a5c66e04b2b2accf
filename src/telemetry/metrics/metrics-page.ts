import type { DurableRuntime } from '../../durable/index.js';
import type { StoreStatsGauges } from './store-stats-gauges.js';
import type { MetricSet } from './metric-set.js';

export interface MetricsPageOptions {
  readonly metrics: MetricSet;
  readonly gauges: StoreStatsGauges;
  readonly runtime: Pick<DurableRuntime, 'ready' | 'audit' | 'clockOffsetMs' | 'pending'>;
  /** Returns the number of log lines that were not written. */
  readonly droppedLines: () => number;
  /** Bearer token that opens the page; null: only operators and admins may read it. */
  readonly key: string | null;
}

/** Renders the page that Prometheus scrapes. */
export class MetricsPage {
  constructor(private readonly options: MetricsPageOptions) {}

  get key(): string | null {
    return this.options.key;
  }

  async render(): Promise<string> {
    const { metrics, gauges, runtime } = this.options;
    await gauges.refresh();
    metrics.ready.set(runtime.ready ? 1 : 0);
    metrics.clockOffset.set((runtime.clockOffsetMs ?? 0) / 1_000);
    metrics.pendingBytes.set(runtime.pending.bytes);
    metrics.commitWait.set(runtime.pending.waitMs / 1_000);
    metrics.logLinesDropped.set(this.options.droppedLines());
    metrics.actorsMisfit.set(runtime.audit.incompatible);
    return metrics.registry.metrics();
  }
}
