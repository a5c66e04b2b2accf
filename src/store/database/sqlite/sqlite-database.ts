/**
 * Runs transactions on one SQLite file.
 *
 * Invariants:
 *  2. One transaction runs at a time: each begins with BEGIN IMMEDIATE after the previous one has ended (`#queue`). It
 *     resolves after COMMIT has returned, which is after the fsync, and only if the file is still in place. A failed
 *     transaction is rolled back. When the rollback fails too, the connection is replaced before another statement
 *     runs.
 */
import type { EntityManager } from 'typeorm';
import { StoreUnavailableError } from '../../../durable/store.js';
import type { Row, RunStatement, SqlDatabase, SqlParameter } from '../database.port.js';
import { SQLITE_STATEMENTS } from '../../durable/sqlite-statements.js';
import { asStoreErrors, driverCode, isError } from '../store-failure.js';

/** The only connection for writes. */
export interface SqliteWriter {
  run: RunStatement;
  reopen(): Promise<void>;
  /** @throws StoreUnavailableError when the open file is no longer in place on the disk. */
  assertInPlace(): void;
}

export interface SqliteReader {
  run: RunStatement;
  reopen(): Promise<void>;
  readonly manager: EntityManager;
}

export class SqliteDatabase implements SqlDatabase {
  readonly statements = SQLITE_STATEMENTS;
  readonly entities: EntityManager;
  #queue: Promise<unknown> = Promise.resolve();
  #broken = false;
  #reading = 0;
  #readerIsBroken = false;
  #repair: Promise<void> | null = null;
  #closed = false;

  constructor(
    private readonly writer: SqliteWriter,
    private readonly reader: SqliteReader,
  ) {
    this.entities = reader.manager;
  }

  read(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return asStoreErrors(async () => {
      this.writer.assertInPlace();
      await this.#repairReader();
      this.#reading += 1;
      try {
        return await this.reader.run(sql, parameters);
      } catch (error) {
        this.#readerIsBroken ||= isBroken(error);
        throw error;
      } finally {
        this.#reading -= 1;
      }
    });
  }

  /** Runs the statement without BEGIN and COMMIT, because a single statement is a transaction by itself. */
  write(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return this.#inTurn(async () => {
      try {
        return await this.writer.run(sql, parameters);
      } catch (error) {
        this.#broken ||= isBroken(error);
        throw error;
      }
    });
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

  /** Refuses new writes and waits for those requested before. */
  async drain(): Promise<void> {
    this.#closed = true;
    await this.#queue;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailableError('the store is closed'));
    const turn = this.#queue.then(() =>
      asStoreErrors(async () => {
        this.writer.assertInPlace();
        if (this.#broken) {
          await this.writer.reopen();
          this.#broken = false;
        }
        const result = await work();
        this.writer.assertInPlace();
        return result;
      }),
    );
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** Replaces the reader's connection after its other statements have ended. */
  async #repairReader(): Promise<void> {
    if (!this.#readerIsBroken || this.#reading > 0) return;
    this.#repair ??= this.reader
      .reopen()
      .then(() => {
        this.#readerIsBroken = false;
      })
      .finally(() => {
        this.#repair = null;
      });
    await this.#repair;
  }

  async #rollBack(): Promise<void> {
    try {
      await this.writer.run('ROLLBACK', []);
    } catch (error) {
      // After some errors SQLite has rolled back by itself (https://sqlite.org/lang_transaction.html, 3).
      const nothingToDo = isError(error) && error.message.includes('no transaction is active');
      this.#broken = !nothingToDo;
    }
  }
}

/** Errors after which a connection may keep failing although the file has recovered. */
const BREAKING = /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|READONLY|PROTOCOL|MISUSE|INTERNAL|AUTH|PERM|ERROR)$/;

function isBroken(error: unknown): boolean {
  const code = driverCode(error);
  return code !== null && BREAKING.test(code);
}
