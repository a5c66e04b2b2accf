import type { StoreStatsSource } from '../../durable/index.js';

/** Injects {@link HealthOptions}; where nobody provides them, health is that the database answers. */
export const HEALTH_OPTIONS = Symbol('HEALTH_OPTIONS');

export interface HealthOptions {
  /** More than this, and the service is not ready. */
  readonly readiness: {
    readonly maxTimerLagMs: number;
    readonly maxBacklog: number;
    /** Of the machine's clock from the database's, either way. */
    readonly maxClockOffsetMs: number;
  };
  readonly build: { readonly version: string; readonly commit: string; readonly node: string };
  readonly stats: Pick<StoreStatsSource, 'backlog' | 'schemaVersion'>;
  /** True from when the process was told to end. */
  isEnding(): boolean;
}
