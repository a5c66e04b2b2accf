import type { AuditLog } from '../audit/audit-log.port.js';
import type { IdempotencyStore } from '../idempotency/idempotency-store.port.js';
import type { DurableStore, StoreStatsSource } from '../durable/store.js';
import type { ReceivedWebhooks } from '../payment-webhooks/received-webhook.port.js';
import type { RevocationStore } from '../http/revocations/revocation-store.port.js';
import type { PushStore } from '../push/push-store.port.js';

/** The database and its address. */
export type StoreConfig = SqliteStoreConfig | PostgresStoreConfig;

export interface SqliteStoreConfig {
  readonly type: 'sqlite';
  /** Path of the database file. The store creates its folder. One process at a time may have the file open. */
  readonly path: string;
}

export interface PostgresStoreConfig {
  readonly type: 'postgres';
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Address of the server itself when `url` leads to a pooler. Changes of the schema use this address. */
  readonly directUrl?: string | undefined;
  /** Most connections that this process opens; 10 when absent. */
  readonly poolSize?: number | undefined;
  /** Longest time that a statement may take, in milliseconds; 5,000 when absent. Changes of the schema have no limit. */
  readonly statementTimeoutMs?: number | undefined;
}

/** An open store. All its parts use the same database. `close` waits for running writes, and may be called twice. */
export interface OpenStore {
  readonly store: DurableStore;
  readonly idempotency: IdempotencyStore;
  readonly stats: StoreStatsSource;
  readonly audit: AuditLog;
  readonly revocations: RevocationStore;
  readonly push: PushStore;
  readonly received: ReceivedWebhooks;
  close(): Promise<void>;
}
