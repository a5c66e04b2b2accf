import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

export const root = path.resolve(import.meta.dirname, '../..');

/** The built service on a database of its own, which is thrown away with it. */
export async function startService(env = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-api-'));
  const child = spawn(process.execPath, [path.join(root, 'dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, PORT: '0', SANDBOX_PORT: '0', LOG_LEVEL: 'fatal', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  const told = {};
  try {
    await new Promise((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [, name, url] = /^(Orders|Partners):\s+(\S+)/.exec(line) ?? [];
        if (name !== undefined) told[name] = url;
        if (told.Orders !== undefined && told.Partners !== undefined) resolve();
      });
      child.once('exit', (code) => reject(new Error(`The service ended (${code}) before it listened.`)));
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: told.Orders, sandbox: told.Partners.replace(/\/$/, ''), stop };
}
