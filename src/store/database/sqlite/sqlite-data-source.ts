/**
 * TypeORM's data sources for one SQLite file: a writer and a reader. A data source of TypeORM has ONE connection, and
 * overlapping transactions on it nest as savepoints. Only sqlite-database.ts may therefore use the writer, and it runs
 * one transaction at a time. The reader has its own connection, which sees committed rows only.
 *
 * Statements run on the driver's connection and are prepared once: see `run`.
 */
import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import sqlite3 from 'sqlite3';
import { DataSource } from 'typeorm';
import type { Driver } from 'typeorm';
import { STORE_ENTITIES } from '../../entities/index.js';
import { CreateStoreOnSqlite1764000000000 } from '../../migrations/1764000000000-create-store-sqlite.js';
import { CreateIncidentsOnSqlite1764100000000 } from '../../migrations/1764100000000-create-incidents-sqlite.js';
import { WidenIncidentsOnSqlite1764200000000 } from '../../migrations/1764200000000-widen-incidents-sqlite.js';
import { CreateAnswersOnSqlite1764200400000 } from '../../migrations/1764200400000-create-answers-sqlite.js';
import { CreateWebhooksOnSqlite1764200500000 } from '../../migrations/1764200500000-create-webhooks-sqlite.js';
import { CreateReceivedWebhooksOnSqlite1764200600000 } from '../../migrations/1764200600000-create-received-webhooks-sqlite.js';
import { CoverOpenActorsOnSqlite1764200800000 } from '../../migrations/1764200800000-cover-open-actors-sqlite.js';
import { CreateAuditOnSqlite1764201000000 } from '../../migrations/1764201000000-create-audit-sqlite.js';
import { CreateRevocationsOnSqlite1764203000000 } from '../../migrations/1764203000000-create-revocations-sqlite.js';
import { CreateHistoryBatchesOnSqlite1764204000000 } from '../../migrations/1764204000000-create-history-batches-sqlite.js';
import { PREPARE_COMMITS } from '../../durable/sqlite-commit.js';
import type { Row, SqlParameter } from '../database.port.js';
import { asStoreErrors, toStartError } from '../store-failure.js';
import { DatabaseFile, restrictToOwner } from './database-file.js';
import { lockFile } from './file-lock.js';
import type { FileLock } from './file-lock.js';
import { nonVerboseDriver } from './non-verbose-driver.js';

/** Longest wait of a statement for a lock of another connection, e.g. of a backup, in milliseconds. */
const BUSY_TIMEOUT_MS = 5000;

/** A checkpoint truncates a larger write-ahead log to this many bytes. */
const WAL_SIZE_LIMIT_BYTES = 64 * 1024 * 1024;

/** Resolves links in a file's path, because the lock's name is made of the path. @throws Error for in-memory names. */
function fileOf(path: string): string {
  if (path === '' || path === ':memory:' || path.startsWith('file:')) {
    throw new Error(
      `A SQLite store needs the path of a file, not "${path}": what is in memory does not survive a crash.`,
    );
  }
  const absolute = resolve(path);
  return existsSync(absolute) ? realpathSync(absolute) : absolute;
}

abstract class SqliteDataSource extends DataSource {
  readonly #prepared = new Map<string, sqlite3.Statement>();

  /**
   * Runs one statement on the driver's connection and keeps the prepared statement. TypeORM's `query` would prepare it
   * each time, which costs too much because every turn runs statements here.
   */
  run(sql: string, parameters: readonly SqlParameter[]): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#prepare(sql).all<Row>(parameters, (error, rows) => {
        if (error === null) resolve(rows);
        else reject(error);
      });
    });
  }

  override async destroy(): Promise<void> {
    if (!this.isInitialized) return;
    await Promise.all([...this.#prepared.values()].map(finalize));
    this.#prepared.clear();
    await super.destroy();
  }

  #prepare(sql: string): sqlite3.Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    if (!this.isInitialized) throw new Error('SQLITE_MISUSE: Database is closed');
    // A data source of type sqlite has a driver with this connection, which the driver types as any.
    const { databaseConnection: connection } = this.driver as Driver & { databaseConnection: sqlite3.Database };
    // A statement that cannot be prepared fails in `all` and is not kept.
    const statement = connection.prepare(sql, (error) => {
      if (error !== null) this.#prepared.delete(sql);
    });
    this.#prepared.set(sql, statement);
    return statement;
  }
}

function finalize(statement: sqlite3.Statement): Promise<void> {
  return new Promise((resolve) => {
    statement.finalize(() => {
      resolve();
    });
  });
}

/** Holds the file's lock from `initialize` to `destroy`, and brings the schema up to date. */
export class SqliteWriterDataSource extends SqliteDataSource {
  readonly #path: string;
  #lock: FileLock | null = null;
  #file: DatabaseFile | null = null;

  constructor(path: string) {
    const database = fileOf(path);
    super({
      type: 'sqlite',
      driver: nonVerboseDriver,
      database,
      entities: STORE_ENTITIES,
      migrations: [
        CreateStoreOnSqlite1764000000000,
        CreateIncidentsOnSqlite1764100000000,
        WidenIncidentsOnSqlite1764200000000,
        CreateAnswersOnSqlite1764200400000,
        CreateWebhooksOnSqlite1764200500000,
        CreateReceivedWebhooksOnSqlite1764200600000,
        CoverOpenActorsOnSqlite1764200800000,
        CreateAuditOnSqlite1764201000000,
        CreateRevocationsOnSqlite1764203000000,
        CreateHistoryBatchesOnSqlite1764204000000,
      ],
      migrationsTableName: 'store_migrations',
      enableWAL: true,
      busyTimeout: BUSY_TIMEOUT_MS,
    });
    this.#path = database;
  }

  /**
   * @throws DatabaseInUseError when the file is open elsewhere. @throws StoreUnavailableError when it cannot be opened
   * now.
   */
  override async initialize(): Promise<this> {
    await asStoreErrors(async () => {
      this.#lock ??= await lockFile(this.#path);
      try {
        restrictToOwner(this.#path);
        await this.#open();
        this.#file = new DatabaseFile(this.#path);
      } catch (error) {
        await this.destroy();
        throw error;
      }
    }, toStartError);
    return this;
  }

  /** @throws StoreUnavailableError when the open file is no longer in place on the disk. */
  assertInPlace(): void {
    this.#file?.assertInPlace();
  }

  /** Replaces the connection. The new one is in no transaction. The file stays locked meanwhile. */
  async reopen(): Promise<void> {
    this.#file?.assertInPlace();
    this.#file?.forgetLog();
    await super.destroy();
    await this.#open();
  }

  override async destroy(): Promise<void> {
    await super.destroy();
    const lock = this.#lock;
    this.#lock = null;
    await lock?.release();
  }

  async #open(): Promise<void> {
    await super.initialize();
    // FULL: COMMIT returns after the data is on the disk. The driver has already set WAL, busy_timeout and
    // foreign_keys.
    for (const setting of [
      'synchronous = FULL',
      'temp_store = MEMORY',
      `journal_size_limit = ${WAL_SIZE_LIMIT_BYTES}`,
    ]) {
      await this.query(`PRAGMA ${setting}`);
    }
    await this.runMigrations({ transaction: 'all' });
    for (const statement of PREPARE_COMMITS) await this.query(statement);
  }
}

/** Opens the writer's file for reading only. */
export class SqliteReaderDataSource extends SqliteDataSource {
  constructor(path: string) {
    super({
      type: 'sqlite',
      driver: nonVerboseDriver,
      database: fileOf(path),
      flags: sqlite3.OPEN_READONLY,
      entities: STORE_ENTITIES,
      busyTimeout: BUSY_TIMEOUT_MS,
    });
  }

  /** Replaces the connection. */
  async reopen(): Promise<void> {
    await this.destroy();
    await this.initialize();
  }
}
