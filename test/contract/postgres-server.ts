import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createInterface } from 'node:readline';

export interface PostgresServer {
  /** Of an empty database, as its superuser. */
  readonly url: string;
  /** Of the process whose children are the server's. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** A script that is not compiled: the same for tests and for what is compiled elsewhere. */
const SCRIPT = join(process.cwd(), 'test/contract/postgres-process.mjs');

/** Starts a PostgreSQL of its own on a free port; it also ends when this process dies. Throws with the server's log. */
export async function startPostgres(): Promise<PostgresServer> {
  const child = spawn(process.execPath, [SCRIPT], { stdio: ['pipe', 'pipe', 'pipe'] });
  const log = text(child.stderr);
  const exited = once(child, 'exit');
  const url = await new Promise<string | null>((resolve) => {
    createInterface(child.stdout)
      .once('line', resolve)
      .once('close', () => {
        resolve(null);
      });
  });
  if (url === null) throw new Error(`PostgreSQL did not start: ${await log}`);
  // A server that a failed test forgot does not keep the tests from ending; it ends with them.
  child.unref();
  return {
    url,
    pid: child.pid,
    stop: async () => {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}
