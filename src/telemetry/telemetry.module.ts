import { Module, type DynamicModule, type ModuleMetadata, type OnApplicationShutdown } from '@nestjs/common';
import { DurableRuntime, STORE_STATS, type StoreStatsSource } from '../durable/index.js';
import { HEALTH_OPTIONS, type HealthOptions } from '../http/health/health-options.js';
import { StoreStatsGauges } from './metrics/store-stats-gauges.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { MetricsPage } from './metrics/metrics-page.js';
import { Telemetry } from './telemetry.js';

export interface TelemetryModuleOptions {
  readonly telemetry: Telemetry;
  readonly readiness: HealthOptions['readiness'];
  readonly isEnding: HealthOptions['isEnding'];
  /** Must provide {@link STORE_STATS}. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/** Serves `/metrics`, and provides the options of `/health`. */
@Module({})
export class TelemetryModule implements OnApplicationShutdown {
  constructor(private readonly telemetry: Telemetry) {}

  static forRoot({ telemetry, readiness, isEnding, imports }: TelemetryModuleOptions): DynamicModule {
    const { metrics, metricsKey, build } = telemetry;
    return {
      module: TelemetryModule,
      global: true,
      imports,
      controllers: [MetricsController],
      providers: [
        { provide: Telemetry, useValue: telemetry },
        {
          provide: MetricsPage,
          inject: [DurableRuntime, STORE_STATS],
          useFactory: (runtime: DurableRuntime, source: StoreStatsSource) =>
            new MetricsPage({
              metrics,
              runtime,
              droppedLines: telemetry.droppedLines,
              key: metricsKey,
              gauges: new StoreStatsGauges({ metrics, source, clock: runtime.clock }),
            }),
        },
        {
          provide: HEALTH_OPTIONS,
          inject: [STORE_STATS],
          useFactory: (stats: StoreStatsSource): HealthOptions => ({ readiness, isEnding, build, stats }),
        },
      ],
      exports: [HEALTH_OPTIONS],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.telemetry.close();
  }
}
