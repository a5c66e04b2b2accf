/**
 * Transactions on one SQLite file.
 *
 * Invariants:
 *  2. One transaction at a time: each begins only after the one before has ended (`#queue`), with BEGIN IMMEDIATE, and
 *     resolves after COMMIT has returned, that is after the fsync. A failed one is rolled back; where even that fails, the
 *     connection is replaced before anything else runs on it.
 */
import type { EntityManager } from 'typeorm';
import { StoreUnavailableError } from '../../../durable/store.js';
import type { Row, RunStatement, SqlDatabase, SqlParameter } from '../database.port.js';
import { SQLITE_STATEMENTS } from '../../durable/sqlite-statements.js';
import { asStoreErrors, isError } from '../store-failure.js';

/** The connection all writes go through. */
export interface SqliteWriter {
  run: RunStatement;
  reopen(): Promise<void>;
}

export interface SqliteReader {
  run: RunStatement;
  readonly manager: EntityManager;
}

export class SqliteDatabase implements SqlDatabase {
  readonly statements = SQLITE_STATEMENTS;
  readonly entities: EntityManager;
  #queue: Promise<unknown> = Promise.resolve();
  #broken = false;
  #closed = false;

  constructor(
    private readonly writer: SqliteWriter,
    private readonly reader: SqliteReader,
  ) {
    this.entities = reader.manager;
  }

  read(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return asStoreErrors(() => this.reader.run(sql, parameters));
  }

  /** A single statement is a transaction by itself. */
  write(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return this.#inTurn(() => this.writer.run(sql, parameters));
  }

  transaction<T>(work: (run: RunStatement) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      try {
        await this.writer.run('BEGIN IMMEDIATE', []);
        const result = await work((sql, parameters) => this.writer.run(sql, parameters));
        await this.writer.run('COMMIT', []);
        return result;
      } catch (error) {
        await this.#rollBack();
        throw error;
      }
    });
  }

  /** Refuses new writes and waits for those that were asked for. */
  async drain(): Promise<void> {
    this.#closed = true;
    await this.#queue;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailableError('the store is closed'));
    const turn = this.#queue.then(() =>
      asStoreErrors(async () => {
        if (this.#broken) {
          await this.writer.reopen();
          this.#broken = false;
        }
        return work();
      }),
    );
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #rollBack(): Promise<void> {
    try {
      await this.writer.run('ROLLBACK', []);
    } catch (error) {
      // SQLite rolls back by itself on some errors (https://sqlite.org/lang_transaction.html, 3): then there is nothing to do.
      const nothingToDo = isError(error) && error.message.includes('no transaction is active');
      this.#broken = !nothingToDo;
    }
  }
}
