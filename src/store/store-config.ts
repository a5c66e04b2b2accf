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
  /** Path of the database file; its folder is created. One process at a time may have it open. */
  readonly path: string;
}

export interface PostgresStoreConfig {
  readonly type: 'postgres';
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /** Of the server itself, when `url` leads through a pooler: changes of the schema go there. */
  readonly directUrl?: string | undefined;
  /** Most connections this process opens; 10 when absent. */
  readonly poolSize?: number | undefined;
  /** Longest time that a statement may take, in milliseconds; 5,000 when absent. Changes of the schema have no limit. */
  readonly statementTimeoutMs?: number | undefined;
}

/** An open store. `close` waits for running writes, and may be called twice. */
export interface OpenStore {
  readonly store: DurableStore;
  /** On the same database. */
  readonly idempotency: IdempotencyStore;
  readonly stats: StoreStatsSource;
  /** On the same database. */
  readonly audit: AuditLog;
  /** On the same database. */
  readonly revocations: RevocationStore;
  /** On the same database. */
  readonly push: PushStore;
  /** On the same database. */
  readonly received: ReceivedWebhooks;
  close(): Promise<void>;
}
