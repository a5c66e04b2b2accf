/**
 * Group commit for small writes: while one transaction is being written, the next batch gathers. Many webhooks at once cost
 * a few transactions, one costs no wait.
 */
import type { RunStatement, SqlDatabase } from './database.port.js';

/** Work of one write inside the transaction of its batch. */
type Work = (run: RunStatement) => Promise<void>;

interface Waiting {
  /** Batches are written in the order of these, so that two nodes never wait for each other's rows. */
  readonly key: string;
  readonly work: Work;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export class GroupCommit {
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(private readonly database: SqlDatabase) {}

  /** Durable when it resolves. A batch is written whole or not at all: then all of it rejects. */
  write(key: string, work: Work): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, work, resolve, reject });
      if (!this.#writing) void this.#writeAll();
    });
  }

  /** Never rejects: each write hears of its own fate. */
  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.sort(byKey);
      this.#waiting = [];
      try {
        await this.database.transaction(async (run) => {
          for (const { work } of batch) await work(run);
        });
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = false;
  }
}

function byKey(one: Waiting, other: Waiting): number {
  return one.key < other.key ? -1 : one.key > other.key ? 1 : 0;
}
