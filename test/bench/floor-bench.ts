import { fdatasyncSync, openSync, closeSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import sqlite3 from 'sqlite3';
import { createMachine, initialTransition, transition } from 'xstate';
import { startPostgres } from '../contract/postgres-server.js';
import type { Measured } from './report/measurement.js';

const SECONDS = 2;
const PAGE = Buffer.alloc(4_096, 1);
const ROW = 'x'.repeat(200);
const ROWS = [1, 10, 100];

/** What the machine allows: how often its disk syncs, how often a database commits, what JSON and a transition cost. */
export async function benchFloor(): Promise<readonly Measured[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-bench-'));
  try {
    return [
      { name: 'disk, 4 KiB', concurrency: null, figures: { syncsPerSecond: syncRate(path.join(folder, 'file')) } },
      ...(await sqliteRates(path.join(folder, 'orders.db'))),
      ...(await postgresRates()),
      { name: 'JSON there and back, 2 kB', concurrency: null, figures: { microsPerCall: microsOf(jsonRoundTrip()) } },
      { name: 'XState transition', concurrency: null, figures: { microsPerCall: microsOf(xstateTransition()) } },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function syncRate(file: string): number {
  const descriptor = openSync(file, 'w');
  const micros = microsOf(() => {
    writeSync(descriptor, PAGE);
    fdatasyncSync(descriptor);
  });
  closeSync(descriptor);
  return 1e6 / micros;
}

async function sqliteRates(file: string): Promise<readonly Measured[]> {
  const database = new sqlite3.Database(file);
  const run = (sql: string, parameters: readonly string[] = []): Promise<void> =>
    new Promise((resolve, reject) => {
      database.run(sql, parameters, (error: Error | null) => (error === null ? resolve() : reject(error)));
    });
  await run('PRAGMA journal_mode = WAL');
  await run('PRAGMA synchronous = FULL');
  await run('CREATE TABLE rows (id INTEGER PRIMARY KEY, data TEXT)');
  const measured = await commitRates('SQLite', (rows) =>
    run('INSERT INTO rows (data) SELECT ? FROM json_each(?)', [ROW, JSON.stringify(Array(rows).fill(0))]),
  );
  await new Promise((resolve) => {
    database.close(resolve);
  });
  return measured;
}

async function postgresRates(): Promise<readonly Measured[]> {
  const server = await startPostgres();
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query('CREATE TABLE rows (id BIGSERIAL PRIMARY KEY, data TEXT)');
  const insert = { name: 'insert', text: 'INSERT INTO rows (data) SELECT $1 FROM generate_series(1, $2)' };
  const measured = await commitRates('PostgreSQL', (rows) => client.query({ ...insert, values: [ROW, rows] }));
  await client.end();
  await server.stop();
  return measured;
}

/** One connection, one commit after the other, each with so many rows of 200 bytes. */
async function commitRates(name: string, commit: (rows: number) => Promise<unknown>): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const rows of ROWS) {
    const started = performance.now();
    let commits = 0;
    let seconds = 0;
    for (; seconds < SECONDS; seconds = (performance.now() - started) / 1_000) {
      await commit(rows);
      commits += 1;
    }
    const figures = { commitsPerSecond: commits / seconds, rowsPerSecond: (commits * rows) / seconds };
    measured.push({ name: `${name}, ${rows} ${rows === 1 ? 'row' : 'rows'} a commit`, concurrency: null, figures });
  }
  return measured;
}

function jsonRoundTrip(): () => unknown {
  const results = Object.fromEntries(Array.from({ length: 8 }, (_, step) => [`step${step}`, { ok: true, note: ROW }]));
  return () => JSON.parse(JSON.stringify(results)) as unknown; // what was stringified
}

function xstateTransition(): () => void {
  const machine = createMachine({
    id: 'lamp',
    initial: 'off',
    states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
  });
  let [state] = initialTransition(machine);
  return () => {
    [state] = transition(machine, state, { type: 'press' });
  };
}

function microsOf(call: () => unknown): number {
  const started = performance.now();
  let calls = 0;
  let ms = 0;
  for (; ms < SECONDS * 1_000; ms = performance.now() - started) {
    call();
    calls += 1;
  }
  return (ms / calls) * 1_000;
}
