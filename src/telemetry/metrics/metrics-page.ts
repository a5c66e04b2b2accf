import type { DurableRuntime } from '../../durable/index.js';
import type { StoreStatsGauges } from './store-stats-gauges.js';
import type { MetricSet } from './metric-set.js';

export interface MetricsPageOptions {
  readonly metrics: MetricSet;
  readonly census: StoreStatsGauges;
  readonly runtime: Pick<DurableRuntime, 'ready' | 'audit'>;
  /** Lines of the log that could not be written. */
  readonly droppedLines: () => number;
  /** Who shows it may read; null: operators may. */
  readonly key: string | null;
}

/** What Prometheus scrapes. */
export class MetricsPage {
  constructor(private readonly options: MetricsPageOptions) {}

  get key(): string | null {
    return this.options.key;
  }

  async render(): Promise<string> {
    const { metrics, census, runtime } = this.options;
    await census.refresh();
    metrics.ready.set(runtime.ready ? 1 : 0);
    metrics.logLinesDropped.set(this.options.droppedLines());
    metrics.actorsMisfit.set(runtime.audit.incompatible);
    return metrics.registry.metrics();
  }
}
