import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { DurableStore } from '../../src/durable/index.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { createStore } from '../../src/store/store-factory.js';
import { startPostgres } from '../contract/postgres-server.js';

export type StoreName = 'sqlite' | 'memory' | 'postgres';

/** A new database of its kind, which may be opened several times. */
export interface BenchDatabase {
  open(): Promise<{ readonly store: DurableStore; close(): Promise<void> }>;
  /** Bytes, once it is closed. */
  size(): Promise<number>;
  remove(): Promise<void>;
}

export function benchDatabase(name: StoreName): Promise<BenchDatabase> {
  return { sqlite, memory, postgres }[name]();
}

function memory(): Promise<BenchDatabase> {
  return Promise.resolve({
    open: () => Promise.resolve({ store: new MemoryStore(), close: () => Promise.resolve() }),
    size: () => Promise.resolve(0),
    remove: () => Promise.resolve(),
  });
}

async function sqlite(): Promise<BenchDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-bench-'));
  const file = path.join(folder, 'orders.db');
  return {
    open: () => createStore({ type: 'sqlite', path: file }),
    size: async () => (await stat(file)).size,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** With the settings of its own: a commit is on the disk before it is answered. */
async function postgres(): Promise<BenchDatabase> {
  const server = await startPostgres();
  return {
    open: () => createStore({ type: 'postgres', url: server.url }),
    size: async () => {
      const client = new Client({ connectionString: server.url });
      await client.connect();
      const { rows } = await client.query<{ size: string }>('SELECT pg_database_size(current_database()) AS size');
      await client.end();
      return Number(rows[0]?.size);
    },
    remove: () => server.stop(),
  };
}
