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
  /** Null turns traces off; OpenTelemetry is then not loaded. */
  readonly traces: { readonly serviceName: string } | null;
  readonly logger: DurableLogger;
  /** Also receives the runtime's notifications. */
  readonly observer: RuntimeObserver;
  /** Returns the number of log lines that were not written. */
  readonly droppedLines: () => number;
}

/** Observes the service: metrics always, traces where they are configured. */
export class Telemetry {
  readonly metrics = new MetricSet();
  /** The observer to pass to the runtime. */
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

  /** Measures every request and, with traces on, reads its sender's trace. Call it before any other middleware. */
  install(app: INestApplication): void {
    app.use(meterRequests(this.metrics));
    if (this.tracing !== null) app.use(this.tracing.incoming.middleware);
  }

  /** Sends the remaining spans. */
  async close(): Promise<void> {
    await this.tracing?.close();
  }
}
