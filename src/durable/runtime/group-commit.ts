/**
 * Natural group commit: while one batch is being written the next one gathers; no timer, no added latency.
 *
 * Modes: idle; gathering, for the rest of the tick in which the first item came; writing, one batch at a time.
 */
export interface PendingItem<TItem, TResult> {
  readonly item: TItem;
  readonly resolve: (result: TResult) => void;
  readonly reject: (error: unknown) => void;
}

/** More than this in one transaction gains nothing and delays the first of them. */
const LARGEST_BATCH = 500;

export class GroupCommit<TItem, TResult> {
  private gathering: PendingItem<TItem, TResult>[] = [];
  private writing: Promise<void> | null = null;

  /** @param write settles every item of the batch, and never rejects. */
  constructor(private readonly write: (batch: readonly PendingItem<TItem, TResult>[]) => Promise<void>) {}

  submit(item: TItem): Promise<TResult> {
    return new Promise((resolve, reject) => {
      this.gathering.push({ item, resolve, reject });
      this.writing ??= this.writeAll();
    });
  }

  /** Resolves when everything submitted so far is settled. */
  async drained(): Promise<void> {
    while (this.writing !== null) await this.writing;
  }

  private async writeAll(): Promise<void> {
    // Items of the same tick of the event loop join the first batch.
    await new Promise(setImmediate);
    while (this.gathering.length > 0) await this.write(this.gathering.splice(0, LARGEST_BATCH));
    this.writing = null;
  }
}
