/**
 * Writes small rows of many requests in few transactions. While one batch is written, the next one gathers. Each commit
 * waits for the disk, so twenty writes in one transaction wait once.
 *
 * A batch is written whole or not at all. It is written in the order of its keys, so that two nodes never wait for each
 * other's rows. When a batch fails although the store is available, or loses races, its writes run again one by one. One
 * bad write then fails alone.
 *
 * A write that begins a request is refused while too many gather. A write that ends a request is always accepted.
 */
import {
  GroupCommit,
  LostRaceError,
  OverloadedError,
  type PendingItem,
  shareOfHeap,
  StoreUnavailableError,
} from '../../durable/store.js';
import type { RunStatement, SqlDatabase } from './database.port.js';

interface KeyedWrite {
  /** Key of the row that it writes. */
  readonly key: string;
  readonly bytes: number;
  readonly work: (run: RunStatement) => Promise<unknown>;
}

type Pending = PendingItem<KeyedWrite, unknown>;

export interface KeyedWritesBounds {
  readonly maxPendingBytes: number;
  readonly maxPendingMs: number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** Size of a write besides its texts, in bytes. It includes the request that waits for the write. */
const WRITE_BYTES = 20_000;

export class KeyedWrites {
  readonly #group: GroupCommit<KeyedWrite, unknown>;
  readonly #bounds: KeyedWritesBounds;

  constructor(
    private readonly database: SqlDatabase,
    bounds: Partial<KeyedWritesBounds> = {},
  ) {
    const { maxPendingBytes = shareOfHeap(1 / 8), maxPendingMs = 5_000, now = () => performance.now() } = bounds;
    this.#bounds = { maxPendingBytes, maxPendingMs, now };
    this.#group = new GroupCommit((batch) => this.#write([...batch].sort(byKey)), {
      sizeOf: ({ bytes }) => bytes,
      now,
    });
  }

  /**
   * Runs a write that begins a request.
   * @param key key of the row that it writes. @param bytes size of its texts.
   * @returns the result of the work, once it is durable.
   * @throws OverloadedError when too many writes gather; nothing is written then. @throws StoreUnavailableError
   */
  begin<T>(key: string, bytes: number, work: (run: RunStatement) => Promise<T>): Promise<T> {
    const { maxPendingBytes, maxPendingMs } = this.#bounds;
    const { pendingBytes, waitMs } = this.#group;
    const isFull = pendingBytes > 0 && pendingBytes + WRITE_BYTES + bytes > maxPendingBytes;
    if (isFull || waitMs > maxPendingMs) {
      return Promise.reject(new OverloadedError(waitMs));
    }
    return this.write(key, bytes, work);
  }

  /** Runs a write that ends a request; see {@link begin}. @throws StoreUnavailableError */
  async write<T>(key: string, bytes: number, work: (run: RunStatement) => Promise<T>): Promise<T> {
    return (await this.#group.submit({ key, bytes: WRITE_BYTES + bytes, work })) as T; // the result of `work`
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    try {
      const results = await this.database.transaction(async (run) => {
        const all: unknown[] = [];
        for (const { item } of batch) all.push(await item.work(run));
        return all;
      });
      batch.forEach(({ resolve }, at) => resolve(results[at]));
    } catch (error) {
      if (batch.length > 1 && (!(error instanceof StoreUnavailableError) || error instanceof LostRaceError)) {
        for (const pending of batch) await this.#write([pending]);
        return;
      }
      for (const { reject } of batch) reject(error);
    }
  }
}

function byKey({ item: one }: Pending, { item: other }: Pending): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}
