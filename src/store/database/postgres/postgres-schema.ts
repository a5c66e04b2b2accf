/**
 * Brings the schema up to date, one node at a time, before the service opens its own connections.
 *
 * - No statement has a time limit: the index of a large table takes as long as it takes.
 * - A statement waits briefly for a table's lock, and again later: whoever waits for one holds up all that come behind.
 * - The nodes' lock belongs to a transaction, so that it ends with it behind a pooler too. A node that finds it taken asks
 *   again: a statement that waits would keep a snapshot, for which CREATE INDEX CONCURRENTLY waits in turn.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { CreateStoreOnPostgres1764000000000 } from '../../migrations/1764000000000-create-store-postgres.js';
import { CreateIncidentsOnPostgres1764100000000 } from '../../migrations/1764100000000-create-incidents-postgres.js';
import { WidenIncidentsOnPostgres1764200000000 } from '../../migrations/1764200000000-widen-incidents-postgres.js';
import { CreateAnswersOnPostgres1764200400000 } from '../../migrations/1764200400000-create-answers-postgres.js';
import { CreateWebhooksOnPostgres1764200500000 } from '../../migrations/1764200500000-create-webhooks-postgres.js';
import { CreateReceivedWebhooksOnPostgres1764200600000 } from '../../migrations/1764200600000-create-received-webhooks-postgres.js';
import { CoverOpenActorsOnPostgres1764200800000 } from '../../migrations/1764200800000-cover-open-actors-postgres.js';
import { CreateAuditOnPostgres1764201000000 } from '../../migrations/1764201000000-create-audit-postgres.js';
import { driverCode } from '../store-failure.js';
import { PostgresClient } from './postgres-client.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** An arbitrary number. Every node uses the same one, and no other program may. */
const LOCK_KEY = 7_305_108_442;
const ASK_AGAIN_MS = 250;
const LOCK_NOT_AVAILABLE = '55P03';

export interface SchemaOptions {
  readonly url: string;
  /** How long a statement waits for a table's lock, in milliseconds. */
  readonly lockTimeoutMs?: number;
  /** Pause after a lock that was not had in time. */
  readonly retryMs?: number;
}

/** @throws Error of the driver. */
export async function updatePostgresSchema({
  url,
  lockTimeoutMs = 2_000,
  retryMs = 3_000,
}: SchemaOptions): Promise<void> {
  const dataSource = await openForMigrations(url);
  try {
    const holder = await lockSchema(dataSource);
    try {
      await migrate(dataSource, lockTimeoutMs, retryMs);
    } finally {
      await holder.rollbackTransaction();
      await holder.release();
    }
  } finally {
    await dataSource.destroy();
  }
}

/** Two connections: one holds the lock, and one migrates. */
function openForMigrations(url: string): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    poolSize: 2,
    connectTimeoutMS: CONNECT_TIMEOUT_MS,
    migrations: [
      CreateStoreOnPostgres1764000000000,
      CreateIncidentsOnPostgres1764100000000,
      WidenIncidentsOnPostgres1764200000000,
      CreateAnswersOnPostgres1764200400000,
      CreateWebhooksOnPostgres1764200500000,
      CreateReceivedWebhooksOnPostgres1764200600000,
      CoverOpenActorsOnPostgres1764200800000,
      CreateAuditOnPostgres1764201000000,
    ],
    migrationsTableName: 'store_migrations',
    poolErrorHandler: () => undefined,
    extra: { Client: PostgresClient, keepAlive: true },
  }).initialize();
}

/** @returns the runner whose transaction holds the lock. */
async function lockSchema(dataSource: DataSource): Promise<QueryRunner> {
  const holder = dataSource.createQueryRunner();
  for (;;) {
    await holder.startTransaction();
    await holder.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    // No parameter: the portal of a statement with one keeps its snapshot until the next statement.
    const rows = (await holder.query(`SELECT pg_try_advisory_xact_lock(${LOCK_KEY}) AS locked`)) as [
      { locked: boolean },
    ];
    if (rows[0].locked) return holder;
    await holder.rollbackTransaction();
    await pause(ASK_AGAIN_MS);
  }
}

/** Each migration is a transaction of its own, but for those that say otherwise. */
async function migrate(dataSource: DataSource, lockTimeoutMs: number, retryMs: number): Promise<void> {
  const runner = dataSource.createQueryRunner();
  const start = runner.startTransaction.bind(runner);
  runner.startTransaction = async (level) => {
    await start(level);
    await runner.query(`SET LOCAL lock_timeout = ${lockTimeoutMs}; SET LOCAL statement_timeout = 0`);
  };
  try {
    const executor = new MigrationExecutor(dataSource, runner);
    executor.transaction = 'each';
    for (;;) {
      try {
        await executor.executePendingMigrations();
        return;
      } catch (error) {
        if (driverCode(error) !== LOCK_NOT_AVAILABLE) throw error;
        await pause(retryMs);
      }
    }
  } finally {
    await runner.release();
  }
}
