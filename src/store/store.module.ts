import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown, Provider } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import { StoreUnavailableError } from '../durable/store.js';
import { DURABLE_STORE, STORE_STATS } from '../durable/index.js';
import { IDEMPOTENCY_STORE } from '../idempotency/idempotency-store.port.js';
import { PostgresDataSource } from './database/postgres/postgres-data-source.js';
import { SqliteReaderDataSource, SqliteWriterDataSource } from './database/sqlite/sqlite-data-source.js';
import type { OpenStore, PostgresStoreConfig, SqliteStoreConfig, StoreConfig } from './store-config.js';
import { postgresStore, sqliteStore } from './store-factory.js';
import { RECEIVED_WEBHOOKS } from '../payment-webhooks/received-webhook.port.js';
import { AUDIT_LOG } from '../audit/audit-log.port.js';
import { REVOCATION_STORE } from '../http/revocations/revocation-store.port.js';
import { PUSH_STORE } from '../push/push-tokens.js';

/** Names of the data sources in Nest's container (`@InjectDataSource(name)`). PostgreSQL has only the writer. */
const WRITER = 'durable-store';
const READER = 'durable-store-reader';

const OPEN_STORE = Symbol('OPEN_STORE');

/** Retries while the database starts. A wrong password or a file in use fails at once. */
const PATIENCE = {
  retryAttempts: 10,
  retryDelay: 3000,
  toRetry: (error: unknown) => error instanceof StoreUnavailableError,
};

/**
 * Provides the store of each feature. It closes in the last phase of Nest's shutdown, because running requests and the
 * stopping runtime may write until then. TypeORM's module is global, so it shuts down later and finds its data sources
 * closed.
 */
@Module({})
export class StoreModule implements OnApplicationShutdown {
  constructor(@Inject(OPEN_STORE) private readonly opened: OpenStore) {}

  static forRoot(config: StoreConfig): DynamicModule {
    const { imports, provider } = config.type === 'sqlite' ? onSqlite(config) : onPostgres(config);
    return {
      module: StoreModule,
      imports,
      providers: [
        provider,
        { provide: DURABLE_STORE, useFactory: ({ store }: OpenStore) => store, inject: [OPEN_STORE] },
        { provide: STORE_STATS, useFactory: ({ stats }: OpenStore) => stats, inject: [OPEN_STORE] },
        { provide: IDEMPOTENCY_STORE, useFactory: ({ idempotency }: OpenStore) => idempotency, inject: [OPEN_STORE] },
        { provide: AUDIT_LOG, useFactory: ({ audit }: OpenStore) => audit, inject: [OPEN_STORE] },
        { provide: REVOCATION_STORE, useFactory: ({ revocations }: OpenStore) => revocations, inject: [OPEN_STORE] },
        { provide: PUSH_STORE, useFactory: ({ push }: OpenStore) => push, inject: [OPEN_STORE] },
        { provide: RECEIVED_WEBHOOKS, useFactory: ({ received }: OpenStore) => received, inject: [OPEN_STORE] },
      ],
      exports: [
        AUDIT_LOG,
        DURABLE_STORE,
        STORE_STATS,
        IDEMPOTENCY_STORE,
        REVOCATION_STORE,
        PUSH_STORE,
        RECEIVED_WEBHOOKS,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.opened.close();
  }
}

interface Wiring {
  readonly imports: DynamicModule[];
  readonly provider: Provider<OpenStore>;
}

function onSqlite({ path }: SqliteStoreConfig): Wiring {
  return {
    imports: [
      TypeOrmModule.forRootAsync({
        name: WRITER,
        useFactory: () => ({ name: WRITER, ...PATIENCE }),
        dataSourceFactory: () => new SqliteWriterDataSource(path).initialize(),
      }),
      TypeOrmModule.forRootAsync({
        name: READER,
        // The writer creates the file and its tables.
        inject: [getDataSourceToken(WRITER)],
        useFactory: () => ({ name: READER, ...PATIENCE }),
        dataSourceFactory: () => new SqliteReaderDataSource(path).initialize(),
      }),
    ],
    provider: {
      provide: OPEN_STORE,
      useFactory: sqliteStore,
      inject: [getDataSourceToken(WRITER), getDataSourceToken(READER)],
    },
  };
}

function onPostgres(config: PostgresStoreConfig): Wiring {
  return {
    imports: [
      TypeOrmModule.forRootAsync({
        name: WRITER,
        useFactory: () => ({ name: WRITER, ...PATIENCE }),
        dataSourceFactory: () => new PostgresDataSource(config).initialize(),
      }),
    ],
    provider: { provide: OPEN_STORE, useFactory: postgresStore, inject: [getDataSourceToken(WRITER)] },
  };
}
