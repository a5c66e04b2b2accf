/**
 * Brings the schema up to date, one node at a time, before the service opens its own connections.
 *
 * - No statement has a time limit, not even one of the database or the role. Indexing a large table may take long.
 * - A statement waits only briefly for a table's lock and tries again later, because later statements queue behind a
 *   waiting one. A statement outside of a transaction (CREATE INDEX CONCURRENTLY) blocks no other statement, so it
 *   waits.
 * - A lock lets one node at a time change the schema. It belongs to a transaction, so it ends with the transaction
 *   behind a pooler too. A node that cannot get the lock polls: a waiting statement would keep a snapshot, and CREATE
 *   INDEX CONCURRENTLY waits for old snapshots.
 * - The lock is tested before each migration, because it ends when its connection is lost.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type Migration, MigrationExecutor, type QueryRunner } from 'typeorm';
import { StoreUnavailableError } from '../../../durable/store.js';
import { driverCode } from '../store-failure.js';
import { PoolerError } from './pooler-error.js';
import { PostgresClient } from './postgres-client.js';
import { POSTGRES_MIGRATIONS } from './postgres-migrations.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** An arbitrary number. Every node uses it, and no other program on the database may use it. */
export const SCHEMA_LOCK_KEY = 7_305_108_442;
const ASK_AGAIN_MS = 250;
const LOCK_NOT_AVAILABLE = '55P03';
/** Session options. They override settings of the role and of the database. */
const NO_LIMITS = '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0';
/** The first version with `transaction_timeout`. Earlier versions refuse a session that sets it. */
const POSTGRES_17 = 170_000;

export interface SchemaOptions {
  /** Address of the server itself, not of a pooler: a pooler may give each statement another session. */
  readonly url: string;
  /** Longest wait of a statement for a table's lock, in milliseconds. */
  readonly lockTimeoutMs?: number;
  /** Pause after such a wait was too long, in milliseconds. */
  readonly retryMs?: number;
  /** Migrations to run; the service's own when absent. */
  readonly migrations?: readonly (new () => object)[];
}

/** @throws PoolerError when the session's limits do not reach the server. @throws Error of the driver. */
export async function updatePostgresSchema({
  url,
  lockTimeoutMs = 2_000,
  retryMs = 3_000,
  migrations = POSTGRES_MIGRATIONS,
}: SchemaOptions): Promise<void> {
  const dataSource = await openForMigrations(url, migrations);
  try {
    const lock = await lockSchema(dataSource);
    await migrate(dataSource, lock, lockTimeoutMs, retryMs);
    await lock.rollbackTransaction();
    await lock.release();
  } finally {
    // Closing the connection also ends a transaction that an error left open, and with it the lock.
    await dataSource.destroy().catch(() => undefined);
  }
}

/** Opens two connections: one holds the lock, and one migrates. */
function openForMigrations(url: string, migrations: readonly (new () => object)[]): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize: 2,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    migrations: [...migrations],
    migrationsTableName: 'store_migrations',
    poolErrorHandler: () => undefined,
    extra: { Client: PostgresClient, keepAlive: true, options: NO_LIMITS },
  }).initialize();
}

/** @returns the runner whose transaction holds the lock. */
async function lockSchema(dataSource: DataSource): Promise<QueryRunner> {
  const holder = dataSource.createQueryRunner();
  await liftLimits(holder);
  for (;;) {
    // By name: at a stricter default of the database it would keep a snapshot, for which CREATE INDEX CONCURRENTLY waits.
    await holder.startTransaction('READ COMMITTED');
    // The key is part of the text: a statement with a parameter keeps its snapshot until the next statement.
    const [{ locked }] = (await holder.query(`SELECT pg_try_advisory_xact_lock(${SCHEMA_LOCK_KEY}) AS locked`)) as [
      { locked: boolean },
    ];
    if (locked) return holder;
    await holder.rollbackTransaction();
    await pause(ASK_AGAIN_MS);
  }
}

/** @throws PoolerError when the session does not have the options that it was opened with. */
async function liftLimits(runner: QueryRunner): Promise<void> {
  const [{ limit, version }] = (await runner.query(
    `SELECT current_setting('statement_timeout') AS limit, current_setting('server_version_num')::int AS version`,
  )) as [{ limit: string; version: number }];
  if (limit !== '0') throw new PoolerError();
  if (version >= POSTGRES_17) await runner.query('SET transaction_timeout = 0');
}

async function migrate(
  dataSource: DataSource,
  lock: QueryRunner,
  lockTimeoutMs: number,
  retryMs: number,
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  await liftLimits(runner);
  const executor = new MigrationExecutor(dataSource, runner);
  for (;;) {
    const [next] = await executor.getPendingMigrations();
    if (next === undefined) break;
    await assertLocked(lock);
    try {
      await execute(executor, runner, next, lockTimeoutMs);
    } catch (error) {
      if (driverCode(error) !== LOCK_NOT_AVAILABLE) throw error;
      await pause(retryMs);
    }
  }
  await runner.release();
}

/**
 * @throws StoreUnavailableError when the lock was lost with its connection. Another node may then be changing the
 * schema.
 */
async function assertLocked(lock: QueryRunner): Promise<void> {
  try {
    await lock.query('SELECT 1');
  } catch (error) {
    throw new StoreUnavailableError('the lock on the schema was lost with its connection', { cause: error });
  }
}

/** Runs a migration in its own transaction, unless the migration declares that it runs in none. */
async function execute(
  executor: MigrationExecutor,
  runner: QueryRunner,
  migration: Migration,
  lockTimeoutMs: number,
): Promise<void> {
  if (migration.instance?.transaction === false) {
    await executor.executeMigration(migration);
    return;
  }
  await runner.startTransaction();
  try {
    await runner.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}`);
    await executor.executeMigration(migration);
    await runner.commitTransaction();
  } catch (error) {
    // Reports the first error, because it is the cause.
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}
