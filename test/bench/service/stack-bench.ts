import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PARTNER_PREFIXES } from '../../../src/config/env-schema.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../../../src/config/webhook-secret-development.js';
import { filledCart } from '../../support/filled-cart.js';
import { type DatabaseName, type SharedBenchDatabase, sharedDatabase } from '../databases/bench-database.js';
import { closedLoop, loopFigures } from '../engine/closed-loop.js';
import type { Figures } from '../report/figures.js';
import { MeasuredProcess } from './measured-process.js';
import { StackClient } from './stack-client.js';

const WARM_UP = 100;
const KEY = `key-of-the-shop-${randomUUID()}`;

/**
 * The service with its partners behind real HTTP, each in a process of its own. An order is placed over HTTP, is paid on the
 * provider's page, and learns of it by a signed webhook. CPU is that of the service; the client's is not in it.
 */
export async function benchStack(name: DatabaseName, orders: number, concurrency: number): Promise<Figures> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-bench-'));
  const database = await sharedDatabase(name);
  const processes: MeasuredProcess[] = [];
  const clients: StackClient[] = [];
  const fork = async (what: string, env: Readonly<Record<string, string>>): Promise<MeasuredProcess> => {
    const started = await MeasuredProcess.fork('test/bench/service/stack-child.js', [what], env);
    processes.push(started);
    return started;
  };
  try {
    const sandbox = await fork('sandbox', {
      SANDBOX_PORT: '0',
      SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      SANDBOX_WEBHOOK_SECRET: DEVELOPMENT_WEBHOOK_SECRET,
    });
    const service = await fork('service', settingsOf(database, sandbox.url));
    const client = new StackClient(service.url, sandbox.url, KEY);
    clients.push(client);
    const carts = await Promise.all(Array.from({ length: WARM_UP + orders }, () => filledCart(sandbox.url)));
    const driver = { ...client.driver, start: () => client.place(carts.pop() ?? '') };
    await closedLoop(driver, WARM_UP, concurrency);
    const cpu = async () => ({
      service: await service.cpuMicros(),
      sandbox: await sandbox.cpuMicros(),
      server: database.serverCpuMicros(),
    });
    const before = await cpu();
    const loop = await closedLoop(driver, orders, concurrency);
    const after = await cpu();
    return {
      ...loopFigures(loop),
      cpuMicrosPerOrder: (after.service - before.service) / orders,
      partnersCpuMicrosPerOrder: (after.sandbox - before.sandbox) / orders,
      ...(before.server === null || after.server === null
        ? {}
        : { serverCpuMicrosPerOrder: (after.server - before.server) / orders }),
    };
  } finally {
    for (const each of clients) await each.close();
    for (const each of processes) await each.kill();
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Those of a production, apart from what needs TLS: keys, and a log at level info that nobody reads. */
function settingsOf({ config }: SharedBenchDatabase, sandboxUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'info',
    DATABASE_URL: config.type === 'postgres' ? config.url : `sqlite:${config.path}`,
    ACCESS_KEYS: `shop:client:sha256:${createHash('sha256').update(KEY).digest('hex')}`,
    ORDER_TOKEN_SECRETS: randomUUID(),
    RATE_LIMIT_KEYS: '100000000',
    RATE_LIMIT_WEBHOOKS: '100000000',
    PAYMENT_TIMEOUT_MS: '3600000',
    READS_BEFORE_COMMIT: process.env['READS_BEFORE_COMMIT'] ?? '',
    ...Object.fromEntries(Object.values(PARTNER_PREFIXES).map((prefix) => [`${prefix}_SERVICE_URL`, sandboxUrl])),
  };
}
