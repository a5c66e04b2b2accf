/** A PgBouncer of its own, in transaction mode, before a server. Debian's package `pgbouncer` has the program. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface PgbouncerOptions {
  /** Server connections for each database and user. */
  readonly poolSize?: number;
  /** Startup parameters that it drops instead of refusing the connection. */
  readonly ignore?: readonly string[];
}

export class Pgbouncer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    /** Of the same database as the server's. */
    readonly url: string,
  ) {}

  static async start(serverUrl: string, { poolSize = 4, ignore = [] }: PgbouncerOptions = {}): Promise<Pgbouncer> {
    const server = new URL(serverUrl);
    const folder = await mkdtemp(path.join(tmpdir(), 'pgbouncer-'));
    const port = await freePort();
    const file = path.join(folder, 'pgbouncer.ini');
    await writeFile(
      file,
      `[databases]
* = host=${server.hostname} port=${server.port} user=${server.username} password=${server.password}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 500
ignore_startup_parameters = ${['extra_float_digits', ...ignore].join(',')}
`,
      { mode: 0o644 },
    );
    // It refuses to work as root.
    const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    const child = spawn('pgbouncer', [...user, file], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    await isListening(child);
    const url = new URL(serverUrl);
    url.port = String(port);
    return new Pgbouncer(child, folder, url.toString());
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    if (this.child.exitCode === null) await once(this.child, 'exit');
    await rm(this.folder, { recursive: true });
  }
}

/** @throws Error with what it said when it ends instead. */
async function isListening(child: ChildProcess): Promise<void> {
  const said: string[] = [];
  const started = new Promise<boolean>((resolve) => {
    createInterface({ input: child.stderr! }) // a pipe
      .on('line', (line) => {
        said.push(line);
        if (line.includes('process up')) resolve(true);
      })
      .on('close', () => resolve(false));
    child.on('error', (error) => said.push(`${String(error)}: install the package pgbouncer`));
  });
  if (!(await started)) throw new Error(`PgBouncer did not start:\n${said.join('\n')}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number }; // it listens on a port
  server.close();
  await once(server, 'close');
  return port;
}
