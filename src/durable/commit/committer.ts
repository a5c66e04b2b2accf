/**
 * Commits what turns decided, in groups.
 *
 * Invariants: 2 (one transaction, guarded by revision), 3 (nobody learns of a commit before it is durable).
 * Modes: a batch that fails because the store is away rejects every member; a batch that loses races, or fails for another
 * reason, is written again one by one, so that one row harms nobody else.
 */
import type { Clock } from '../model/clock.port.js';
import type { CrashPoints } from '../model/crash-points.js';
import { type BatchFailure, type RuntimeObserver, silentObserver } from '../model/runtime-observer.js';
import type { ActorCommit, CommitResult, DurableStore } from '../model/store.port.js';
import { LostRaceError, StoreUnavailableError } from '../model/durable-errors.js';
import { sizeOfCommit } from './commit-size.js';
import { GroupCommit, type PendingItem } from './group-commit.js';

type PendingCommit = PendingItem<ActorCommit, CommitResult>;

export class Committer {
  private readonly group: GroupCommit<ActorCommit, CommitResult>;

  constructor(
    private readonly store: DurableStore,
    private readonly crashPoints: CrashPoints,
    clock: Pick<Clock, 'now'>,
    private readonly observer: RuntimeObserver = silentObserver,
  ) {
    this.group = new GroupCommit((batch) => this.write(batch), {
      sizeOf: sizeOfCommit,
      now: () => clock.now(),
    });
  }

  get pendingBytes(): number {
    return this.group.pendingBytes;
  }

  /** How long one more commit would wait for its batch to begin. */
  get waitMs(): number {
    return this.group.waitMs;
  }

  /** At most one commit per actor may be pending: the mailbox sees to it. @throws StoreUnavailableError */
  submit(commit: ActorCommit): Promise<CommitResult> {
    return this.group.submit(commit);
  }

  /** Resolves when everything submitted so far is settled. */
  drained(): Promise<void> {
    return this.group.drained();
  }

  private async write(batch: readonly PendingCommit[]): Promise<void> {
    const labels = batch.map(({ item }) => item.actor.status);
    const since = this.observer.now();
    try {
      this.crashPoints.reach('commit.before', labels);
      const results = await this.store.commit(batch.map(({ item }) => item));
      this.crashPoints.reach('commit.after', labels);
      this.observer.batchWritten(batch.length, since);
      batch.forEach(({ resolve, reject }, index) => {
        const result = results[index];
        if (result === undefined) reject(new Error('The store gave no result for a commit.'));
        else resolve(result);
      });
    } catch (error) {
      const isAway = error instanceof StoreUnavailableError && !(error instanceof LostRaceError);
      this.observer.batchFailed(batch.length, failureOf(error));
      if (batch.length > 1 && !isAway) {
        for (const pending of batch) await this.write([pending]);
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }
}

function failureOf(error: unknown): BatchFailure {
  if (error instanceof LostRaceError) return 'lost_race';
  return error instanceof StoreUnavailableError ? 'store_unavailable' : 'defect';
}
