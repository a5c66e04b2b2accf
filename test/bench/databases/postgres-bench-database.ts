import { Client, type PoolClient } from 'pg';
import { PostgresDataSource } from '../../../src/store/database/postgres/postgres-data-source.js';
import { postgresStore } from '../../../src/store/store-factory.js';
import { startPostgres } from '../../contract/postgres-server.js';
import { waitUntil } from '../../support/wait-until.js';
import type { SharedBenchDatabase, StorageUse } from './bench-database.js';
import { processTreeCpu } from './process-tree-cpu.js';
import { StatementCounter } from './statement-counter.js';

const USE = `SELECT pg_database_size(current_database()) AS bytes,
  pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS wal,
  (SELECT coalesce(sum(n_tup_upd), 0) FROM pg_stat_user_tables) AS updates,
  (SELECT coalesce(sum(n_tup_hot_upd), 0) FROM pg_stat_user_tables) AS hot`;
const OTHERS = `SELECT count(*) AS others FROM pg_stat_activity
  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`;

/** With the server's own settings: a commit is on the disk before it is answered. */
export async function postgresBenchDatabase(): Promise<SharedBenchDatabase> {
  const server = await startPostgres();
  return {
    config: { type: 'postgres', url: server.url },
    open: async () => {
      const source = await new PostgresDataSource({ url: server.url }).initialize();
      const sent = new StatementCounter();
      report(source, sent);
      const opened = postgresStore(source);
      return { store: opened.store, sent, close: () => opened.close() };
    },
    settle: () =>
      withClient(server.url, async (client) => {
        await client.query('VACUUM (ANALYZE)');
      }),
    use: () => withClient(server.url, useOf),
    serverCpuMicros: () => (server.pid === undefined ? null : processTreeCpu(server.pid)),
    remove: () => server.stop(),
  };
}

/** Reports every statement of every connection of the pool from now on. */
function report({ pool }: PostgresDataSource, sent: StatementCounter): void {
  const known = new WeakSet<PoolClient>();
  pool.on('acquire', (client) => {
    if (known.has(client)) return;
    known.add(client);
    const observe = sent.connection();
    const ask = client.query.bind(client) as (...request: unknown[]) => unknown; // the method has many overloads
    const query = (...request: unknown[]): unknown => {
      const [statement] = request as [string | { readonly text: string }]; // the first argument of each overload
      observe(typeof statement === 'string' ? statement : statement.text);
      return ask(...request);
    };
    Object.assign(client, { query });
  });
}

/** A connection counts its updates in the tables' statistics when it ends, at the latest. */
async function useOf(client: Client): Promise<StorageUse> {
  await waitUntil('the other connections to end', async () => {
    const { rows } = await client.query<{ others: string }>(OTHERS);
    return Number(rows[0]?.others) === 0 ? true : null;
  });
  const { rows } = await client.query<{ bytes: string; wal: string; updates: string; hot: string }>(USE);
  const { bytes, wal, updates, hot } = rows[0]!; // a row of aggregates
  return {
    bytes: Number(bytes),
    server: { walBytes: Number(wal), updates: Number(updates), hotUpdates: Number(hot) },
  };
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
