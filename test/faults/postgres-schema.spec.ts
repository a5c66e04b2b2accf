/** Changes of the schema on a database that others use, and that limits what takes long. */
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { createStore } from '../../src/store/store-factory.js';
import { SCHEMA_LOCK_KEY, updatePostgresSchema } from '../../src/store/database/postgres/postgres-schema.js';
import { POSTGRES_MIGRATIONS } from '../../src/store/database/postgres/postgres-migrations.js';
import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';

/** A migration's name ends with the time at which it was written. */
function migration(name: string, transaction: boolean | undefined, up: (runner: QueryRunner) => Promise<unknown>) {
  const made = class {
    readonly transaction = transaction;
    up = up;
    down = (): Promise<void> => Promise.resolve();
  };
  Object.defineProperty(made, 'name', { value: name });
  return made;
}

const TABLE = migration('Table1000000000001', undefined, (runner) => runner.query('CREATE TABLE parts (id int)'));

describe('The schema of a PostgreSQL database', () => {
  let server: PostgresServer;
  let admin: Client;

  beforeEach(async () => {
    server = await startPostgres();
    admin = new Client(server.url);
    await admin.connect();
  });
  afterEach(async () => {
    await admin.end();
    await server.stop();
  });

  const columns = async (): Promise<string[]> => {
    const { rows } = await admin.query<{ name: string }>(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_name = 'parts' ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  };

  it('changes although the database ends every statement after a moment, in and out of a transaction (G11)', async () => {
    await admin.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 50', current_database()); END $$`,
    );
    await admin.query(`DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET statement_timeout = 50', current_user); END $$`);
    const slow = (name: string, transaction: boolean | undefined) =>
      migration(name, transaction, (runner) => runner.query('SELECT pg_sleep(0.2)'));
    const migrations = [slow('Inside1000000000001', undefined), slow('Outside1000000000002', false)];
    await updatePostgresSchema({ url: server.url, migrations });

    const { rows } = await admin.query('SELECT name FROM store_migrations ORDER BY id');
    expect(rows).toEqual([{ name: 'Inside1000000000001' }, { name: 'Outside1000000000002' }]);
  });

  it('waits briefly for a table that somebody reads, and again: others read it meanwhile (G11)', async () => {
    await updatePostgresSchema({ url: server.url, migrations: [TABLE] });
    const backup = new Client(server.url);
    await backup.connect();
    await backup.query('BEGIN; SELECT * FROM parts');
    let tries = 0;
    const seen = new Set<number>();
    const alter = migration('Alter1000000000002', undefined, (runner) => {
      tries += 1;
      return runner.query('ALTER TABLE parts ADD COLUMN name text');
    });
    const changed = updatePostgresSchema({
      url: server.url,
      migrations: [TABLE, alter],
      lockTimeoutMs: 50,
      retryMs: 1,
    });
    while (tries < 3) {
      await admin.query('SELECT * FROM parts');
      seen.add(tries);
    }
    await backup.query('COMMIT');
    await backup.end();
    await changed;

    expect(seen.size).toBeGreaterThan(1);
    expect(await columns()).toEqual(['id', 'name']);
  });

  it('is changed by one of many nodes that start at once; the others wait (G11)', async () => {
    let runs = 0;
    const counted = migration('Counted1000000000001', false, async (runner) => {
      runs += 1;
      await runner.query('SELECT pg_sleep(0.1)');
    });
    const nodes = Array.from({ length: 5 }, () => updatePostgresSchema({ url: server.url, migrations: [counted] }));
    await Promise.all(nodes);
    expect(runs).toBe(1);
    expect((await admin.query(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory'`)).rows).toEqual([]);
  });

  it('is not changed any further by a node that has lost the lock, which says so', async () => {
    const ran: string[] = [];
    const loses = migration('Loses1000000000001', false, async (runner) => {
      ran.push('first');
      await runner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND (classid::bigint << 32) + objid::bigint = ${SCHEMA_LOCK_KEY}`,
      );
    });
    const next = migration('Next1000000000002', undefined, () => Promise.resolve(ran.push('second')));
    await expect(updatePostgresSchema({ url: server.url, migrations: [loses, next] })).rejects.toThrow(
      'the lock on the schema was lost',
    );
    expect(ran).toEqual(['first']);

    await updatePostgresSchema({ url: server.url, migrations: [loses, next] });
    expect(ran).toEqual(['first', 'second']);
  });

  it('says what went wrong in a migration, and leaves nothing of it', async () => {
    const wrong = migration('Wrong1000000000002', undefined, async (runner) => {
      await runner.query('ALTER TABLE parts ADD COLUMN name text');
      await runner.query('SELECT 1 / 0');
    });
    await expect(updatePostgresSchema({ url: server.url, migrations: [TABLE, wrong] })).rejects.toThrow(
      'division by zero',
    );
    expect(await columns()).toEqual(['id']);
  });

  it('takes up an index that an earlier start did not finish, wherever it was cut short (G11)', async () => {
    const url = server.url;
    const index = POSTGRES_MIGRATIONS.findIndex(({ name }) => name.startsWith('CoverOpenActors'));
    await updatePostgresSchema({ url, migrations: POSTGRES_MIGRATIONS.slice(0, index) });
    const next = 'CREATE INDEX actors_open_next ON actors (created_at)';
    const steps = [
      next,
      `${next}; UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'actors_open_next'::regclass`,
      `${next}; DROP INDEX actors_open`,
    ];
    for (const step of steps) {
      await admin.query(step);
      await updatePostgresSchema({ url });
      const { rows } = await admin.query<{ name: string; valid: boolean }>(
        `SELECT c.relname AS name, i.indisvalid AS valid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         WHERE c.relname LIKE 'actors_open%'`,
      );
      expect(rows).toEqual([{ name: 'actors_open', valid: true }]);
      await admin.query(`DELETE FROM store_migrations WHERE name LIKE 'CoverOpenActors%'`);
    }
  });

  it('a write that was refused for its time is not carried out later (G11)', async () => {
    const opened = await createStore({ type: 'postgres', url: server.url, statementTimeoutMs: 200 });
    await opened.store.registerNode('node', 1);
    await admin.query('BEGIN; SELECT * FROM nodes FOR UPDATE');
    await expect(opened.store.renewNode('node', 2)).rejects.toThrow('cannot answer now');
    const { rows: waiting } = await admin.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`);
    await admin.query('COMMIT');

    expect(waiting).toEqual([]);
    expect((await admin.query('SELECT alive_until FROM nodes')).rows).toEqual([{ alive_until: '1' }]);
    await opened.close();
  });
});
