/**
 * How much there is of what, for those who watch the service. Apart from the store's port, because the runtime needs none of
 * it: a store without a census only shows less.
 */
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
  /** One entry for each machine, runtime status and status that an open actor is in. */
  readonly actors: readonly OpenActors[];
  readonly incidents: readonly OpenIncidents[];
  /** Actors with a task that should have been done by the time asked for; at most {@link STATS_LIMIT}. */
  readonly stuckActors: number;
}

/** What is due now and nobody has taken up. */
export interface Backlog {
  /** At most {@link STATS_LIMIT}. */
  readonly tasks: number;
  /** The oldest deadline among the timers counted, epoch milliseconds; null when there is none. */
  readonly oldestTimerDueAt: number | null;
}

/** Rows that are counted one by one are not counted beyond this: more is as bad. */
export const STATS_LIMIT = 10_000;

/** Open actors are counted from their index, a million in some tenths of a second; of more, the newest are. */
export const OPEN_ACTORS_LIMIT = 1_000_000;

/** @throws StoreUnavailableError */
export interface StoreStatsSource {
  /** Reads an index entry for each open actor, up to {@link OPEN_ACTORS_LIMIT}: ask now and then, not at every request. */
  stats(stuckBefore: number): Promise<StoreStats>;
  /** Reads at most {@link STATS_LIMIT} rows. */
  backlog(now: number): Promise<Backlog>;
  /** Name of the newest change to the schema. */
  schemaVersion(): Promise<string>;
}
