/**
 * Transactions on one SQLite file.
 *
 * Invariants:
 *  2. One transaction at a time: each begins only after the one before has ended (`#queue`), with BEGIN IMMEDIATE, and
 *     resolves after COMMIT has returned, that is after the fsync, and while the file is where it was opened. A failed one
 *     is rolled back; where even that fails, the connection is replaced before anything else runs on it.
 */
import type { EntityManager } from 'typeorm';
import { StoreUnavailableError } from '../../../durable/store.js';
import type { Row, RunStatement, SqlDatabase, SqlParameter } from '../database.port.js';
import { SQLITE_STATEMENTS } from '../../durable/sqlite-statements.js';
import { asStoreErrors, driverCode, isError } from '../store-failure.js';

/** The one connection for writes. */
export interface SqliteWriter {
  run: RunStatement;
  reopen(): Promise<void>;
  /** @throws StoreUnavailableError when the file on the disk is no longer the one that is open. */
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

  /** A single statement is a transaction by itself. */
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

  /** Refuses new writes and waits for those that were asked for. */
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

  /** Once no other statement runs on the connection. */
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
      // SQLite rolls back by itself on some errors (https://sqlite.org/lang_transaction.html, 3): then there is nothing to do.
      const nothingToDo = isError(error) && error.message.includes('no transaction is active');
      this.#broken = !nothingToDo;
    }
  }
}

/** Errors after which a connection may go on failing although the file has recovered. */
const BREAKING = /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|READONLY|PROTOCOL|MISUSE|INTERNAL|AUTH|PERM|ERROR)$/;

function isBroken(error: unknown): boolean {
  const code = driverCode(error);
  return code !== null && BREAKING.test(code);
}
