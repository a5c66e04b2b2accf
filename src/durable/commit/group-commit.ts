/**
 * Natural group commit: while one batch is being written the next one gathers; no timer, no added latency.
 *
 * Modes: idle; gathering, for the rest of the tick in which the first item came; writing, one batch at a time.
 * Leaves to others: how much may gather. `pendingBytes` and `waitMs` say how much does, and how long one more would wait.
 */
import { outsideRequests } from '../time/outside-requests.js';

export interface PendingItem<TItem, TResult> {
  readonly item: TItem;
  readonly resolve: (result: TResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface GroupCommitOptions<TItem> {
  /** Bytes that an item takes in memory until it is settled, roughly. */
  readonly sizeOf: (item: TItem) => number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

interface Gathered<TItem, TResult> extends PendingItem<TItem, TResult> {
  readonly since: number;
  readonly bytes: number;
}

/** More than this in one transaction gains nothing and delays the first of them. */
const LARGEST_BATCH = 500;

export class GroupCommit<TItem, TResult> {
  private gathering: Gathered<TItem, TResult>[] = [];
  private writing: Promise<void> | null = null;
  private bytes = 0;
  /** When the batch that is being written began; null: none is. */
  private batchSince: number | null = null;
  /** How long the last batch took. */
  private batchMs = 0;

  /** @param write settles every item of the batch, and never rejects. */
  constructor(
    private readonly write: (batch: readonly PendingItem<TItem, TResult>[]) => Promise<void>,
    private readonly options: GroupCommitOptions<TItem>,
  ) {}

  /** Of all items that are not settled. */
  get pendingBytes(): number {
    return this.bytes;
  }

  /**
   * How long one more item would wait for its batch to begin, if the batches before it take as long as the last one did; at
   * least as long as the first has waited. 0 when none is under way.
   */
  get waitMs(): number {
    const { gathering, batchSince } = this;
    if (batchSince === null) return 0;
    const now = this.options.now();
    const elapsed = now - batchSince;
    const rest = Math.max(0, this.batchMs - elapsed);
    const perBatch = Math.max(this.batchMs, elapsed);
    const expected = rest + Math.floor(gathering.length / LARGEST_BATCH) * perBatch;
    return Math.max(expected, now - (gathering[0]?.since ?? now));
  }

  submit(item: TItem): Promise<TResult> {
    const { sizeOf, now } = this.options;
    return new Promise((resolve, reject) => {
      const bytes = sizeOf(item);
      this.bytes += bytes;
      this.gathering.push({ item, resolve, reject, since: now(), bytes });
      this.writing ??= outsideRequests(() => this.writeAll());
    });
  }

  /** Resolves when everything submitted so far is settled. */
  async drained(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private async writeAll(): Promise<void> {
    // Items of the same tick of the event loop join the first batch.
    await new Promise(setImmediate);
    while (this.gathering.length > 0) {
      const batch = this.gathering.splice(0, LARGEST_BATCH);
      const since = this.options.now();
      this.batchSince = since;
      await this.write(batch);
      this.batchMs = this.options.now() - since;
      for (const { bytes } of batch) this.bytes -= bytes;
    }
    this.batchSince = null;
    this.writing = null;
  }
}
