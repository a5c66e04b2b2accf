// The repository's own PostgreSQL, with the server's own settings: a commit is on the disk before it is answered.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCRIPT = path.join(ROOT, 'test/contract/postgres-process.mjs');
const USE = `SELECT pg_database_size(current_database()) AS bytes,
  pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS wal`;

export async function startPostgres() {
  const child = spawn(process.execPath, [SCRIPT], { cwd: ROOT, stdio: ['pipe', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('PostgreSQL did not start.')));
    createInterface(child.stdout).once('line', resolve);
  });
  const client = new pg.Client(url);
  await client.connect();
  return {
    url,
    pid: child.pid,
    use: async () => {
      const { rows } = await client.query(USE);
      return { bytes: Number(rows[0].bytes), walBytes: Number(rows[0].wal) };
    },
    stop: async () => {
      await client.end();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.stdin.end();
      await gone;
    },
  };
}
