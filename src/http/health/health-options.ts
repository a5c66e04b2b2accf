import type { StoreStatsSource } from '../../durable/index.js';

/** Injects {@link HealthOptions}. Without them the service is ready when it has started and the database answers. */
export const HEALTH_OPTIONS = Symbol('HEALTH_OPTIONS');

export interface HealthOptions {
  /** Beyond one of these limits the service is not ready. */
  readonly readiness: {
    readonly maxTimerLagMs: number;
    readonly maxBacklog: number;
    /** Milliseconds by which the machine's clock may be ahead of the database's or behind it. */
    readonly maxClockOffsetMs: number;
  };
  readonly build: { readonly version: string; readonly commit: string; readonly node: string };
  readonly stats: Pick<StoreStatsSource, 'backlog' | 'schemaVersion'>;
  /** True after the process has received the signal to end. */
  isEnding(): boolean;
}
