/** Counts of what the store holds, for metrics and health. The runtime needs none of them, so they are a port of their own. */
export interface OpenActors {
  readonly machineId: string;
  readonly runtimeStatus: 'running' | 'suspended';
  readonly status: string;
  readonly count: number;
}

export interface OpenIncidents {
  readonly machineId: string;
  readonly kind: string;
  readonly count: number;
  /** Epoch milliseconds. */
  readonly oldestOpenedAt: number;
}

export interface StoreStats {
  /** One entry for each machine, runtime status and status with an open actor. */
  readonly actors: readonly OpenActors[];
  readonly incidents: readonly OpenIncidents[];
  /** Actors with a task that was due before the time asked for; at most {@link STATS_LIMIT}. */
  readonly stuckActors: number;
}

/** Tasks that are due and that no node has claimed. */
export interface Backlog {
  /** At most {@link STATS_LIMIT}. */
  readonly tasks: number;
  /** The oldest deadline among the timers counted, epoch milliseconds; null when there is none. */
  readonly oldestTimerDueAt: number | null;
}

/** Rows that are counted one by one are counted up to here: a larger number asks for the same action. */
export const STATS_LIMIT = 10_000;

/** Counting a million open actors in their index takes some tenths of a second. Beyond that only the newest count. */
export const OPEN_ACTORS_LIMIT = 1_000_000;

/** @throws StoreUnavailableError */
export interface StoreStatsSource {
  /** Reads an index entry for each open actor, up to {@link OPEN_ACTORS_LIMIT}. Do not call it for every request. */
  stats(stuckBefore: number): Promise<StoreStats>;
  /** Reads at most {@link STATS_LIMIT} rows. */
  backlog(now: number): Promise<Backlog>;
  /** Name of the latest migration. */
  schemaVersion(): Promise<string>;
}
