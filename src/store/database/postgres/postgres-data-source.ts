/** TypeORM's data source for PostgreSQL. It updates the schema and then opens a pool of connections. */
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import type { Driver } from 'typeorm';
import { STORE_ENTITIES } from '../../entities/index.js';
import type { PostgresStoreConfig } from '../../store-config.js';
import { asStoreErrors, isError, toStartError } from '../store-failure.js';
import { PoolerError } from './pooler-error.js';
import { PostgresClient } from './postgres-client.js';
import { updatePostgresSchema } from './postgres-schema.js';
import { sessionLimits } from './session-limits.js';

const POOL_SIZE = 10;
const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 5_000;
/**
 * Added to the server's time limit for the client's limit. The server then gives up first: the connection stays usable,
 * and a statement reported as failed does not run later.
 */
const ANSWER_MS = 500;

/** Overrides the database's default. Under a stricter level, statements would fail without need. */
const ISOLATION = '-c default_transaction_isolation=read\\ committed';

export class PostgresDataSource extends DataSource {
  /** Longest time of a statement, in milliseconds. */
  readonly statementTimeoutMs: number;
  /** True behind a pooler. It may give each transaction another session, so each transaction sets the limits itself. */
  readonly isPooled: boolean;
  readonly #directUrl: string;

  constructor({
    url,
    directUrl,
    poolSize = POOL_SIZE,
    statementTimeoutMs = STATEMENT_TIMEOUT_MS,
  }: Omit<PostgresStoreConfig, 'type'>) {
    const session = { ...sessionLimits(statementTimeoutMs), options: ISOLATION };
    const limits = directUrl === undefined ? session : {};
    super({
      type: 'postgres',
      url,
      poolSize,
      connectTimeoutMS: CONNECT_TIMEOUT_MS,
      entities: STORE_ENTITIES,
      // A lost idle connection needs no action: the pool opens another, and a running statement reports its own error.
      poolErrorHandler: () => undefined,
      extra: { Client: PostgresClient, query_timeout: statementTimeoutMs + ANSWER_MS, keepAlive: true, ...limits },
    });
    this.#directUrl = directUrl ?? url;
    this.statementTimeoutMs = statementTimeoutMs;
    this.isPooled = directUrl !== undefined;
  }

  /** The pool that TypeORM opened. */
  get pool(): Pool {
    // A data source of type postgres has a driver with this pool, which the driver types as any.
    return (this.driver as Driver & { master: Pool }).master;
  }

  /** @throws StoreUnavailableError when the database cannot be reached. @throws PoolerError without the direct address. */
  override async initialize(): Promise<this> {
    await asStoreErrors(async () => {
      try {
        await updatePostgresSchema({ url: this.#directUrl });
        await super.initialize();
      } catch (error) {
        // PgBouncer's error for a setting that it does not know.
        if (isError(error) && error.message.includes('unsupported startup parameter')) {
          throw new PoolerError({ cause: error });
        }
        throw error;
      }
    }, toStartError);
    return this;
  }

  override async destroy(): Promise<void> {
    if (this.isInitialized) await super.destroy();
  }
}
