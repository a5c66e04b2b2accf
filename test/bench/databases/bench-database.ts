import type { DurableStore } from '../../../src/durable/index.js';
import { MemoryStore } from '../../../src/durable/testing.js';
import type { StoreConfig } from '../../../src/store/store-config.js';
import { postgresBenchDatabase } from './postgres-bench-database.js';
import { sqliteBenchDatabase } from './sqlite-bench-database.js';
import { StatementCounter } from './statement-counter.js';

export const STORE_NAMES = ['sqlite', 'postgres', 'memory'] as const;
export type StoreName = (typeof STORE_NAMES)[number];
/** Stores that a process of its own can open. */
export type DatabaseName = Exclude<StoreName, 'memory'>;

interface OpenBenchStore {
  readonly store: DurableStore;
  /** Counts from the opening on. */
  readonly sent: StatementCounter;
  close(): Promise<void>;
}

/** What a database has written since it was made. */
export interface StorageUse {
  readonly bytes: number;
  /** PostgreSQL only. HOT: updates that touched no index. */
  readonly server?: { readonly walBytes: number; readonly updates: number; readonly hotUpdates: number };
}

/** A new database of its kind, which may be opened several times. */
export interface BenchDatabase {
  open(): Promise<OpenBenchStore>;
  /** Requires that it is closed. */
  use(): Promise<StorageUse>;
  /** Of a server in a process of its own, where the system tells. */
  serverCpuMicros(): number | null;
  remove(): Promise<void>;
}

/** A database that other processes can open too. */
export interface SharedBenchDatabase extends BenchDatabase {
  readonly config: StoreConfig;
  /** Brings the planner's statistics up to date, as the database does by itself in time. */
  settle(): Promise<void>;
}

export function sharedDatabase(name: DatabaseName): Promise<SharedBenchDatabase> {
  return { sqlite: sqliteBenchDatabase, postgres: postgresBenchDatabase }[name]();
}

export function benchDatabase(name: StoreName): Promise<BenchDatabase> {
  return name === 'memory' ? Promise.resolve(memoryBenchDatabase()) : sharedDatabase(name);
}

function memoryBenchDatabase(): BenchDatabase {
  return {
    open: () =>
      Promise.resolve({ store: new MemoryStore(), sent: new StatementCounter(), close: () => Promise.resolve() }),
    use: () => Promise.resolve({ bytes: 0 }),
    serverCpuMicros: () => null,
    remove: () => Promise.resolve(),
  };
}
