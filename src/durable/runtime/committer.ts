/**
 * Natural group commit: while one transaction is being written the next batch gathers; no timer, no added latency.
 *
 * Invariants: 2 (one transaction, guarded by revision), 3 (nobody learns of a commit before it is durable).
 * Modes: - one batch in flight at a time; - a batch that fails as a whole because the store is away rejects every member;
 * - a batch that fails for another reason is written again one by one, so that one poison row harms nobody else.
 */
import type { CrashPoints } from '../model/crash-points.js';
import { type RuntimeObserver, silentObserver } from '../model/runtime-observer.js';
import { type ActorCommit, type CommitResult, type DurableStore, StoreUnavailableError } from '../model/store.port.js';

interface Pending {
  readonly commit: ActorCommit;
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

/** More than this in one transaction gains nothing and delays the first of them. */
const LARGEST_BATCH = 500;

export class Committer {
  private gathering: Pending[] = [];
  private writing: Promise<void> | null = null;

  constructor(
    private readonly store: DurableStore,
    private readonly crashPoints: CrashPoints,
    private readonly observer: RuntimeObserver = silentObserver,
  ) {}

  /** At most one commit per actor may be pending: the mailbox sees to it. @throws StoreUnavailableError */
  submit(commit: ActorCommit): Promise<CommitResult> {
    return new Promise((resolve, reject) => {
      this.gathering.push({ commit, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  /** Resolves when everything submitted so far is settled. */
  async drained(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private async writeAll(): Promise<void> {
    // Turns computed in this tick of the event loop join the first batch.
    await new Promise(setImmediate);
    while (this.gathering.length > 0) await this.write(this.gathering.splice(0, LARGEST_BATCH));
    this.writing = null;
  }

  private async write(batch: readonly Pending[]): Promise<void> {
    const labels = batch.map(({ commit }) => commit.actor.status);
    const since = this.observer.now();
    try {
      this.crashPoints.reach('commit.before', labels);
      const results = await this.store.commit(batch.map((pending) => pending.commit));
      this.crashPoints.reach('commit.after', labels);
      this.observer.batchWritten(batch.length, since);
      batch.forEach((pending, index) => {
        const result = results[index];
        if (result === undefined) pending.reject(new Error('The store gave no result for a commit.'));
        else pending.resolve(result);
      });
    } catch (error) {
      this.observer.batchFailed(batch.length, error instanceof StoreUnavailableError ? 'store_unavailable' : 'defect');
      if (batch.length > 1 && !(error instanceof StoreUnavailableError)) {
        for (const pending of batch) await this.write([pending]);
        return;
      }
      for (const pending of batch) pending.reject(error);
    }
  }
}
