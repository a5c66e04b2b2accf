import { Client } from 'pg';
import { POSTGRES_MIGRATIONS } from '../../../src/store/database/postgres/postgres-migrations.js';
import { updatePostgresSchema } from '../../../src/store/database/postgres/postgres-schema.js';
import { type PostgresServer, startPostgres } from '../../contract/postgres-server.js';
import { insertInto } from './insert-statement.js';
import { LEASE_MS } from './lease-ms.js';
import { dumpPostgresSchema } from './postgres-dump.js';
import type { StoredRow, TestDatabase, TestDatabases } from './test-database.js';

const LOG = 'store_migrations';
const BIGINT = 20;

/** All on one server, which is started for them. */
export class PostgresDatabases implements TestDatabases {
  private made = 0;

  private constructor(private readonly server: PostgresServer) {}

  static async open(): Promise<PostgresDatabases> {
    return new PostgresDatabases(await startPostgres());
  }

  async create(): Promise<TestDatabase> {
    this.made += 1;
    const name = `recorded_${this.made}`;
    await withClient(this.server.url, (client) => client.query(`CREATE DATABASE ${name}`));
    const url = new URL(this.server.url);
    url.pathname = `/${name}`;
    await withClient(url.toString(), (client) => client.query(timeOfNodes(name)));
    return postgresDatabase(url.toString());
  }

  close(): Promise<void> {
    return this.server.stop();
  }
}

/**
 * Makes a database go by the virtual time of its nodes: it is the time at which the last one was announced or renewed. Its schema
 * is not the service's, and is no part of a recording.
 */
const timeOfNodes = (name: string): string => `
CREATE SCHEMA virtual_time;
CREATE FUNCTION virtual_time.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN RETURN (SELECT to_timestamp((coalesce(max(alive_until), 0) - ${LEASE_MS}) / 1000.0) FROM public.nodes); END $$;
ALTER DATABASE ${name} SET search_path = public, virtual_time, pg_catalog`;

/** The database at this address. */
export function postgresDatabase(url: string): TestDatabase {
  return {
    config: { type: 'postgres', url },
    migrations: POSTGRES_MIGRATIONS,
    execute: (sql) =>
      withClient(url, async (client) => {
        await client.query(sql);
      }),
    migrate: (migrations) => updatePostgresSchema({ url, migrations }),
    migrated: () =>
      withClient(url, async (client) => {
        const { rows } = await client.query<{ name: string }>(`SELECT name FROM ${LOG} ORDER BY id`);
        return rows.map(({ name }) => name);
      }),
    schema: () =>
      withClient(url, async (client) => {
        const log = await rowsOf(client, LOG);
        const next = `SELECT setval('${LOG}_id_seq', (SELECT max(id) FROM ${LOG}));\n`;
        return `${await dumpPostgresSchema(client)}${insertInto(LOG, log)}${next}`;
      }),
    rows: () =>
      withClient(url, async (client) => {
        const { rows: tables } = await client.query<{ name: string }>(
          `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
           AND relname <> '${LOG}' ORDER BY oid`,
        );
        const all = new Map<string, StoredRow[]>();
        for (const { name } of tables) all.set(name, await rowsOf(client, name));
        return all;
      }),
  };
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function rowsOf(client: Client, table: string): Promise<StoredRow[]> {
  const { rows: keys } = await client.query<{ name: string }>(
    `SELECT a.attname AS name FROM pg_index i JOIN unnest(i.indkey) WITH ORDINALITY AS k (attnum, position) ON TRUE
     JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
     WHERE i.indrelid = '${table}'::regclass AND i.indisprimary ORDER BY k.position`,
  );
  const order = keys.map(({ name }) => name).join(', ');
  const { rows, fields } = await client.query<StoredRow>(`SELECT * FROM ${table} ORDER BY ${order}`);
  const numbers = new Set(fields.filter(({ dataTypeID }) => dataTypeID === BIGINT).map(({ name }) => name));
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, numbers.has(name) && value !== null ? Number(value) : value]),
    ),
  );
}
