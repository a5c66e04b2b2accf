/** TypeORM's data source for PostgreSQL: a pool of connections, on a schema that is up to date. */
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { Driver } from 'typeorm';
import { STORE_ENTITIES } from '../../entities/index.js';
import type { PostgresStoreConfig } from '../../store-config.js';
import { asStoreErrors, toStartError } from '../store-failure.js';
import { PostgresClient } from './postgres-client.js';
import { updatePostgresSchema } from './postgres-schema.js';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;

export class PostgresDataSource extends DataSource {
  /** A statement that takes longer is given up, and its connection with it. */
  readonly statementTimeoutMs: number;
  readonly #url: string;

  constructor({
    url,
    poolSize = POOL_SIZE,
    statementTimeoutMs = STATEMENT_TIMEOUT_MS,
  }: Omit<PostgresStoreConfig, 'type'>) {
    super({
      type: 'postgres',
      url,
      poolSize,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      entities: STORE_ENTITIES,
      // A lost idle connection is no event here: the pool opens another, and a caller that waits is told by its statement.
      poolErrorHandler: () => undefined,
      extra: { Client: PostgresClient, query_timeout: statementTimeoutMs, keepAlive: true },
    });
    this.#url = url;
    this.statementTimeoutMs = statementTimeoutMs;
  }

  /** The pool that TypeORM has opened. */
  get pool(): Pool {
    // A data source of type postgres has a driver with this pool, which the driver types as any.
    return (this.driver as Driver & { master: Pool }).master;
  }

  /** Throws StoreUnavailableError when the database cannot be reached. */
  override async initialize(): Promise<this> {
    await asStoreErrors(async () => {
      await updatePostgresSchema({ url: this.#url });
      await super.initialize();
    }, toStartError);
    return this;
  }

  override async destroy(): Promise<void> {
    if (this.isInitialized) await super.destroy();
  }
}
