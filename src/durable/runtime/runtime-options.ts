/** What a runtime is made with. */
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { Clock } from '../model/clock.port.js';
import type { CrashPoints } from '../model/crash-points.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { DurableStore } from '../model/store.port.js';

export interface RuntimeOptions {
  readonly store: DurableStore;
  /** Machines that are registered already. Default: none. */
  readonly registry?: MachineRegistry;
  /** Default: a SteadyClock. */
  readonly clock?: Clock;
  readonly logger?: DurableLogger;
  readonly crashPoints?: CrashPoints;
  /** For metrics, traces and logs. */
  readonly observer?: RuntimeObserver;
  /** Longest time between two polls for due tasks. Default: 2 s. */
  readonly pollMs?: number;
  /** How long a node counts as alive after it renewed its lease. Default: 10 s. */
  readonly leaseMs?: number;
  /** A machine's clock that is further off is named in the log. Default: 2 s. */
  readonly maxClockOffsetMs?: number;
  /** Number of actors whose last record is cached. Default: 2,000. */
  readonly cacheSize?: number;
  /** Most bytes that these take together. Default: 64 MB. */
  readonly cacheBytes?: number;
  /** Most bytes of messages and commits under way, before outside callers are refused. Default: a quarter of the heap. */
  readonly maxPendingBytes?: number;
  /**
   * Safe activities begin before the commit of the turn that asked for them, and what they answer is committed together where
   * it can be. Default: true.
   */
  readonly safeBeforeCommit?: boolean;
  /** Longest time that turns which only read wait to be committed together; 0: they do not. Default: 100 ms. */
  readonly maxHoldMs?: number;
  /** Longest time that a commit may have to wait for its batch, before outside callers are refused. Default: 5 s. */
  readonly maxPendingMs?: number;
}

export const DEFAULT_OPTIONS = {
  pollMs: 2_000,
  leaseMs: 10_000,
  maxClockOffsetMs: 2_000,
  cacheSize: 2_000,
  cacheBytes: 64 * 1_048_576,
  maxPendingMs: 5_000,
  maxHoldMs: 100,
  claimPage: 100,
};

export interface SendOptions {
  /** Deduplicates: a second message of the same key changes nothing. */
  readonly key?: string | undefined;
  /** Revisions, any of which the actor must have; else the message is refused as `moved`. */
  readonly ifRevision?: readonly number[] | undefined;
  /** The actor must be of this machine; else it is unknown. Default: any. */
  readonly machineId?: string | undefined;
}
