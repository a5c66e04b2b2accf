/** Opens a store on the configured database, without Nest. StoreModule makes a store of the same parts for Nest. */
import { SqlAuditLog } from './audit/sql-audit-log.js';
import { DurableSqlStore } from './durable/durable-sql-store.js';
import { SqlReceivedWebhooks } from './payment-webhooks/sql-received-webhooks.js';
import { PushSqlStore } from './push/push-sql-store.js';
import { SqlRevocations } from './revocations/sql-revocations.js';
import { SqlIdempotencyStore } from './idempotency/sql-idempotency-store.js';
import { PostgresDataSource } from './database/postgres/postgres-data-source.js';
import { PostgresDatabase } from './database/postgres/postgres-database.js';
import { SqliteDatabase } from './database/sqlite/sqlite-database.js';
import { SqlStoreStats } from './durable/sql-store-stats.js';
import { SqliteReaderDataSource, SqliteWriterDataSource } from './database/sqlite/sqlite-data-source.js';
import type { SqlDatabase } from './database/database.port.js';
import type { OpenStore, StoreConfig } from './store-config.js';

/**
 * Opens the database and updates its schema.
 * @throws DatabaseInUseError when another process has the SQLite file open.
 * @throws StoreUnavailableError when the database cannot be reached.
 */
export async function createStore(config: StoreConfig): Promise<OpenStore> {
  if (config.type === 'postgres') return postgresStore(await new PostgresDataSource(config).initialize());
  const writer = await new SqliteWriterDataSource(config.path).initialize();
  try {
    return sqliteStore(writer, await new SqliteReaderDataSource(config.path).initialize());
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

/** Requires two open data sources. Closing the store closes them. */
export function sqliteStore(writer: SqliteWriterDataSource, reader: SqliteReaderDataSource): OpenStore {
  const database = new SqliteDatabase(writer, reader);
  return {
    ...storesOn(database),
    close: async () => {
      await database.drain();
      await reader.destroy();
      await writer.destroy();
    },
  };
}

/** Requires an open data source. Closing the store closes it. */
export function postgresStore(dataSource: PostgresDataSource): OpenStore {
  const database = new PostgresDatabase(dataSource.pool, dataSource.manager, {
    statementTimeoutMs: dataSource.statementTimeoutMs,
    isPooled: dataSource.isPooled,
  });
  return {
    ...storesOn(database),
    close: async () => {
      await database.drain();
      await dataSource.destroy();
    },
  };
}

/** The store of each feature, on one database. */
function storesOn(database: SqlDatabase): Omit<OpenStore, 'close'> {
  return {
    store: new DurableSqlStore(database),
    stats: new SqlStoreStats(database),
    idempotency: new SqlIdempotencyStore(database),
    audit: new SqlAuditLog(database),
    revocations: new SqlRevocations(database),
    push: new PushSqlStore(database),
    received: new SqlReceivedWebhooks(database),
  };
}
