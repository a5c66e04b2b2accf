/**
 * Mutants, each of one promise, made around the runtime and never inside of it: a simulator that does not
 * notice them proves nothing.
 */
import {
  type ActorCommit,
  type ClaimRequest,
  type CommitResult,
  type EventRecord,
  StoreUnavailableError,
  type TaskRecord,
} from '../../src/durable/index.js';
import { LEASE_MS } from './service-process.js';
import { StoreLink } from './store-link.js';

export const MUTANTS = [
  /** Commits are reported as durable when they are sent, not when they are written. */
  'effect-before-commit',
  /** The revision is not compared: the last one wins. */
  'no-compare-and-set',
  /** A start gives every timer its whole delay again. */
  'relative-timers',
  /** Nobody remembers the keys of events. */
  'no-event-dedup',
  /** Every try of an activity goes out under a key of its own. */
  'fresh-keys',
  /** Every activity counts as one that only reads. */
  'all-safe',
  /** Whose lease has run out is dead, for a node that just found the store again and has none itself, too. */
  'hasty-heirs',
  /** A failure counts from any node, and a partner's time passes while the caller stands still. */
  'anyones-failures',
] as const;

export type Mutant = (typeof MUTANTS)[number];

export function isMutant(name: string): name is Mutant {
  return MUTANTS.some((each) => each === name);
}

/** Answers before it writes. */
export class HastyStoreLink extends StoreLink {
  override commit(batch: readonly ActorCommit[]): Promise<CommitResult[]> {
    super.commit(batch).catch(() => undefined);
    return Promise.resolve(batch.map(() => 'committed' as const));
  }
}

/** Judges other nodes at any time, and renews as before an outage: a third of a lease after it was refused. */
export class HastyHeirStoreLink extends StoreLink {
  private refusedUntil = 0;

  override async renewNode(nodeId: string, aliveUntil: number): Promise<boolean> {
    const { time } = this.options;
    if (time.now < this.refusedUntil) throw new StoreUnavailableError('It is not time to renew.');
    try {
      return await super.renewNode(nodeId, aliveUntil);
    } catch (error) {
      this.refusedUntil = time.now + LEASE_MS / 3;
      throw error;
    }
  }

  override claimDueTasks(request: ClaimRequest): Promise<TaskRecord[]> {
    return super.claimDueTasks({ ...request, fromLostNodes: true });
  }
}

/** Takes every task for its own node's. */
export class PossessiveStoreLink extends StoreLink {
  override async tasksOf(actorId: string): Promise<TaskRecord[]> {
    const tasks = await super.tasksOf(actorId);
    return tasks.map((task) => ({ ...task, ownerNode: this.options.gate.nodeId }));
  }
}

/** Knows no event by its key. */
export class ForgetfulStoreLink extends StoreLink {
  override findEvent(): Promise<EventRecord | null> {
    return Promise.resolve(null);
  }
}
