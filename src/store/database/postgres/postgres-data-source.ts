/**
 * TypeORM's data source for PostgreSQL: a pool of connections. The schema is brought up to date at start, one node at a
 * time.
 */
import type { Pool } from 'pg';
import { DataSource, MigrationExecutor } from 'typeorm';
import type { Driver } from 'typeorm';
import { STORE_ENTITIES } from '../../entities/index.js';
import { CreateStoreOnPostgres1764000000000 } from '../../migrations/1764000000000-create-store-postgres.js';
import { CreateIncidentsOnPostgres1764100000000 } from '../../migrations/1764100000000-create-incidents-postgres.js';
import { WidenIncidentsOnPostgres1764200000000 } from '../../migrations/1764200000000-widen-incidents-postgres.js';
import { CreateAnswersOnPostgres1764200400000 } from '../../migrations/1764200400000-create-answers-postgres.js';
import { CreateWebhooksOnPostgres1764200500000 } from '../../migrations/1764200500000-create-webhooks-postgres.js';
import { CreateReceivedWebhooksOnPostgres1764200600000 } from '../../migrations/1764200600000-create-received-webhooks-postgres.js';
import { CoverOpenActorsOnPostgres1764200800000 } from '../../migrations/1764200800000-cover-open-actors-postgres.js';
import type { PostgresStoreConfig } from '../../store-config.js';
import { asStoreErrors } from '../store-failure.js';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 5000;
/** Longer than any statement of ours takes; a connection that the network has swallowed is given up after it. */
const QUERY_TIMEOUT_MS = 30_000;
/** Any number, as long as every node takes the same one and no other program does. */
const MIGRATION_LOCK_KEY = 7_305_108_442;

export class PostgresDataSource extends DataSource {
  constructor({ url, poolSize = POOL_SIZE }: Pick<PostgresStoreConfig, 'url' | 'poolSize'>) {
    super({
      type: 'postgres',
      url,
      poolSize,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      entities: STORE_ENTITIES,
      migrations: [
        CreateStoreOnPostgres1764000000000,
        CreateIncidentsOnPostgres1764100000000,
        WidenIncidentsOnPostgres1764200000000,
        CreateAnswersOnPostgres1764200400000,
        CreateWebhooksOnPostgres1764200500000,
        CreateReceivedWebhooksOnPostgres1764200600000,
        CoverOpenActorsOnPostgres1764200800000,
      ],
      migrationsTableName: 'store_migrations',
      // A lost idle connection is no event here: the pool opens another, and who is waiting for an answer is told by its query.
      poolErrorHandler: () => undefined,
      extra: { query_timeout: QUERY_TIMEOUT_MS, keepAlive: true },
    });
  }

  /** The pool that TypeORM has opened. */
  get pool(): Pool {
    // A data source of type postgres has a driver with this pool, which the driver types as any.
    return (this.driver as Driver & { master: Pool }).master;
  }

  /** Throws StoreUnavailableError when the database cannot be reached. */
  override async initialize(): Promise<this> {
    await asStoreErrors(async () => {
      await super.initialize();
      try {
        await this.#migrate();
      } catch (error) {
        await this.destroy();
        throw error;
      }
    });
    return this;
  }

  override async destroy(): Promise<void> {
    if (this.isInitialized) await super.destroy();
  }

  /** On one connection, because the lock belongs to it; it goes with the connection when the process dies. */
  async #migrate(): Promise<void> {
    const queryRunner = this.createQueryRunner();
    try {
      await queryRunner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
      try {
        await new MigrationExecutor(this, queryRunner).executePendingMigrations();
      } finally {
        await queryRunner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK_KEY]);
      }
    } finally {
      await queryRunner.release();
    }
  }
}
