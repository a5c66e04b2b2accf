/**
 * Small writes of many requests in few transactions: while one batch is written the next one gathers. A commit waits for
 * the disk; twenty writes in one wait once.
 *
 * A batch is written whole or not at all, in the order of its keys, so that two nodes never wait for each other's rows. One
 * that fails for another reason than that the store is away is written again one by one: a poison write harms nobody else.
 */
import { GroupCommit, type PendingItem, StoreUnavailableError } from '../../durable/store.js';
import type { RunStatement, SqlDatabase } from './database.port.js';

interface KeyedWrite {
  readonly key: string;
  readonly work: (run: RunStatement) => Promise<unknown>;
}

type Pending = PendingItem<KeyedWrite, unknown>;

export class KeyedWrites {
  readonly #group: GroupCommit<KeyedWrite, unknown>;

  constructor(private readonly database: SqlDatabase) {
    this.#group = new GroupCommit((batch) => this.#write([...batch].sort(byKey)));
  }

  /** @returns what the work returned, once it is durable. @param key of the row that it writes. */
  async write<T>(key: string, work: (run: RunStatement) => Promise<T>): Promise<T> {
    return (await this.#group.submit({ key, work })) as T; // the result of this very work
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
      if (batch.length > 1 && !(error instanceof StoreUnavailableError)) {
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
