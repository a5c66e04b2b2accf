/**
 * Brings the schema up to date, one node at a time, before the service opens its own connections.
 *
 * - No statement has a time limit, whatever the database or the role says: the index of a large table takes as long as it takes.
 * - A statement waits briefly for a table's lock, and again later: whoever waits for one holds up all that come behind. One
 *   that runs outside of a transaction (CREATE INDEX CONCURRENTLY) holds up nobody, and waits.
 * - The nodes' lock belongs to a transaction, so that it ends with it behind a pooler too. A node that finds it taken asks
 *   again: a statement that waits would keep a snapshot, for which CREATE INDEX CONCURRENTLY waits in turn.
 * - Before each migration the lock is tested: it ends with its connection.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type Migration, MigrationExecutor, type QueryRunner } from 'typeorm';
import { StoreUnavailableError } from '../../../durable/store.js';
import { driverCode } from '../store-failure.js';
import { PoolerError } from './pooler-error.js';
import { PostgresClient } from './postgres-client.js';
import { POSTGRES_MIGRATIONS } from './postgres-migrations.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** An arbitrary number. Every node uses the same one, and no other program may. */
export const SCHEMA_LOCK_KEY = 7_305_108_442;
const ASK_AGAIN_MS = 250;
const LOCK_NOT_AVAILABLE = '55P03';
/** Of each session from its start: stronger than what a role or a database sets. */
const NO_LIMITS = '-c statement_timeout=0 -c idle_in_transaction_session_timeout=0';
/** The first version with `transaction_timeout`; earlier ones refuse a session that names it. */
const POSTGRES_17 = 170_000;

export interface SchemaOptions {
  /** Of the server itself: a pooler may give each statement another session. */
  readonly url: string;
  /** How long a statement waits for a table's lock, in milliseconds. */
  readonly lockTimeoutMs?: number;
  /** Pause after a lock that was not had in time. */
  readonly retryMs?: number;
  /** Instead of the service's own. */
  readonly migrations?: readonly (new () => object)[];
}

/** @throws PoolerError when the server does not hear of the session's limits. @throws Error of the driver. */
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
    // Ends what an error has left open: the connection takes its transaction, and the lock, with it.
    await dataSource.destroy().catch(() => undefined);
  }
}

/** Two connections: one holds the lock, and one migrates. */
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
    await holder.startTransaction();
    // No parameter: the portal of a statement with one keeps its snapshot until the next statement.
    const [{ locked }] = (await holder.query(`SELECT pg_try_advisory_xact_lock(${SCHEMA_LOCK_KEY}) AS locked`)) as [
      { locked: boolean },
    ];
    if (locked) return holder;
    await holder.rollbackTransaction();
    await pause(ASK_AGAIN_MS);
  }
}

/** @throws PoolerError when the session does not have what it was opened with. */
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

/** @throws StoreUnavailableError when the lock has ended with its connection: another node may be changing the schema. */
async function assertLocked(lock: QueryRunner): Promise<void> {
  try {
    await lock.query('SELECT 1');
  } catch (error) {
    throw new StoreUnavailableError('the lock on the schema was lost with its connection', { cause: error });
  }
}

/** In a transaction of its own, but for a migration that says otherwise. */
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
    // Of the two errors the first says what happened.
    await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  }
}
