import type { INestApplication } from '@nestjs/common';
import type { DurableLogger, RuntimeObserver } from '../durable/index.js';
import { buildInfo, type BuildInfo } from './build-info.js';
import { MetricSet } from './metrics/metric-set.js';
import { MetricsObserver } from './metrics/metrics-observer.js';
import { meterRequests } from './metrics/request-meter.js';
import { CompositeObserver } from './composite-observer.js';
import type { Tracing } from './traces/trace-sdk.js';

export interface TelemetryOptions {
  readonly metricsKey: string | null;
  readonly gitCommit: string | null;
  /** Null: no traces, and nothing of OpenTelemetry is loaded. */
  readonly traces: { readonly serviceName: string } | null;
  readonly logger: DurableLogger;
  /** Is told, too, what happens in the runtime. */
  readonly observer: RuntimeObserver;
  /** Lines of the log that could not be written. */
  readonly droppedLines: () => number;
}

/** What watches the service: metrics always, traces where they are wanted. */
export class Telemetry {
  readonly metrics = new MetricSet();
  /** For the runtime. */
  readonly observer: RuntimeObserver;

  private constructor(
    readonly build: BuildInfo,
    readonly metricsKey: string | null,
    observer: RuntimeObserver,
    readonly tracing: Tracing | null,
    readonly droppedLines: () => number,
  ) {
    this.metrics.build.set({ ...build }, 1);
    const metered = new MetricsObserver(this.metrics);
    this.observer = new CompositeObserver(tracing === null ? [metered, observer] : [metered, observer, tracing.tracer]);
  }

  static async open({
    metricsKey,
    gitCommit,
    traces,
    logger,
    observer,
    droppedLines,
  }: TelemetryOptions): Promise<Telemetry> {
    const build = buildInfo(gitCommit);
    if (traces === null) return new Telemetry(build, metricsKey, observer, null, droppedLines);
    const { startTracing } = await import('./traces/trace-sdk.js');
    const tracing = startTracing({ serviceName: traces.serviceName, version: build.version, logger });
    return new Telemetry(build, metricsKey, observer, tracing, droppedLines);
  }

  /** Has every request measured and, where there are traces, its sender's noted. Call it before any other middleware. */
  install(app: INestApplication): void {
    app.use(meterRequests(this.metrics));
    if (this.tracing !== null) app.use(this.tracing.incoming.middleware);
  }

  /** Sends the spans that are left. */
  async close(): Promise<void> {
    await this.tracing?.close();
  }
}
