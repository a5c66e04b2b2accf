// A peer with its database or engine and its worker, on a folder of its own.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startPostgres } from './postgres.mjs';
import { cpuMicros, freePort } from './processes.mjs';
import { startRestate } from './restate.mjs';
import { bytesInUse } from './sqlite.mjs';
import { startWorker } from './worker.mjs';

export class Deployment {
  #waiting = new Map();
  #passed = new Set();

  static async start(peer, { connections }) {
    const deployment = new Deployment();
    try {
      await deployment.#start(peer, connections);
      return deployment;
    } catch (error) {
      await deployment.stop();
      throw error;
    }
  }

  async #start(peer, connections) {
    this.folder = await mkdtemp(path.join(tmpdir(), 'order-peers-'));
    const port = await freePort();
    this.file = path.join(this.folder, 'orders.db');
    if (peer.database === 'postgres') this.server = await startPostgres();
    if (peer.restate !== undefined) {
      const folder = path.join(this.folder, 'restate');
      await mkdir(folder);
      this.server = await startRestate(folder);
    }
    const settings = { WORKER_PORT: String(port), SQLITE_FILE: this.file, PG_URL: this.server?.url ?? '' };
    this.worker = await startWorker(peer, settings, (id, event) => this.#note(`${id} ${event}`));
    if (peer.restate === undefined) {
      this.client = { start: (id) => this.worker.call('start', id), pay: (id) => this.worker.call('pay', id) };
    } else {
      await this.server.register(`http://127.0.0.1:${port}`);
      this.client = this.server.client(peer.restate, connections);
    }
  }

  /** Resolves when the worker says so: once the state is durable, where the engine lets one see it. */
  passes(id, event) {
    const key = `${id} ${event}`;
    if (this.#passed.delete(key)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.set(key, resolve));
  }

  #note(key) {
    const resolve = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (resolve === undefined) this.#passed.add(key);
    else resolve();
  }

  /** Processor time so far, in microseconds. The driver is this process. */
  async cpu() {
    const total = ({ user, system }) => user + system;
    return {
      worker: total(await this.worker.call('cpu')),
      driver: total(process.cpuUsage()),
      server: this.server === undefined ? null : cpuMicros(this.server.pid),
    };
  }

  /** `bytes`: what is kept; null where nobody can tell. */
  async use() {
    if (this.server?.use !== undefined) return this.server.use();
    return { bytes: await bytesInUse(this.file) };
  }

  async stop() {
    await this.client?.close?.();
    await this.worker?.kill();
    await this.server?.stop();
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
  }
}
