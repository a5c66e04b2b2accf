/**
 * Mutants, each of one promise, made around the runtime and never inside of it: a simulator that does not
 * notice them proves nothing.
 */
import type { ActorCommit, CommitResult, EventRecord } from '../../src/durable/index.js';
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

/** Knows no event by its key. */
export class ForgetfulStoreLink extends StoreLink {
  override findEvent(): Promise<EventRecord | null> {
    return Promise.resolve(null);
  }
}
