/** TypeORM's data source for PostgreSQL: a pool of connections, on a schema that is up to date. */
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
/** The server gives up first, so that the connection stays usable and a statement that was refused is not carried out. */
const ANSWER_MS = 500;

/** The database's default may be another one, under which statements fail that need not. */
const ISOLATION = '-c default_transaction_isolation=read\\ committed';

export class PostgresDataSource extends DataSource {
  /** A statement that takes longer is given up. */
  readonly statementTimeoutMs: number;
  /** A pooler may give each transaction another session: limits are set in the transaction then. */
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
      // A lost idle connection is no event here: the pool opens another, and a caller that waits is told by its statement.
      poolErrorHandler: () => undefined,
      extra: { Client: PostgresClient, query_timeout: statementTimeoutMs + ANSWER_MS, keepAlive: true, ...limits },
    });
    this.#directUrl = directUrl ?? url;
    this.statementTimeoutMs = statementTimeoutMs;
    this.isPooled = directUrl !== undefined;
  }

  /** The pool that TypeORM has opened. */
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
        // What PgBouncer answers to a setting that it does not know.
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
