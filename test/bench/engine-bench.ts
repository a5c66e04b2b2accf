import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DurableStore } from '../../src/durable/index.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { createStore } from '../../src/store/store-factory.js';
import { closedLoop, percentile } from './closed-loop.js';
import { OrderEngine } from './order-engine.js';

export type StoreName = 'sqlite' | 'memory';

export interface BenchLine {
  readonly store: StoreName;
  readonly concurrency: number;
  readonly orders: number;
  readonly ordersPerSecond: number;
  readonly turnsPerSecond: number;
  readonly turnsPerOrder: number;
  /** CPU of the whole process, all threads, user and system. */
  readonly cpuMicrosPerTurn: number;
  readonly cpuMicrosPerOrder: number;
  readonly startToParkedMs: { readonly p50: number; readonly p99: number };
  readonly paidToEndedMs: { readonly p50: number; readonly p99: number };
  /** Growth of the database file; 0 in memory. */
  readonly bytesPerOrder: number;
  readonly bytesPerTurn: number;
}

const WARM_UP = 300;

/** A new store of that kind for every line; the process is warmed up by orders that do not count. */
export async function benchEngine(store: StoreName, orders: number, concurrency: number): Promise<BenchLine> {
  const folder = await mkdtemp(path.join(tmpdir(), 'orders-bench-'));
  try {
    const file = path.join(folder, 'orders.db');
    await inEngine(store, file, (engine) => drive(engine, WARM_UP, concurrency));
    const before = await sizeOf(store, file);
    const { loop, cpu, turns } = await inEngine(store, file, async (engine) => {
      const startedCpu = process.cpuUsage();
      const done = await drive(engine, orders, concurrency);
      const { user, system } = process.cpuUsage(startedCpu);
      return { loop: done, cpu: user + system, turns: engine.turns };
    });
    const bytes = (await sizeOf(store, file)) - before;
    const starts = loop.laps.map(({ startToParkedMs }) => startToParkedMs);
    const payments = loop.laps.map(({ paidToEndedMs }) => paidToEndedMs);
    return {
      store,
      concurrency,
      orders,
      ordersPerSecond: orders / loop.seconds,
      turnsPerSecond: turns / loop.seconds,
      turnsPerOrder: turns / orders,
      cpuMicrosPerTurn: cpu / turns,
      cpuMicrosPerOrder: cpu / orders,
      startToParkedMs: { p50: percentile(starts, 0.5), p99: percentile(starts, 0.99) },
      paidToEndedMs: { p50: percentile(payments, 0.5), p99: percentile(payments, 0.99) },
      bytesPerOrder: bytes / orders,
      bytesPerTurn: bytes / turns,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inEngine<T>(name: StoreName, file: string, work: (engine: OrderEngine) => Promise<T>): Promise<T> {
  const opened: { store: DurableStore; close: () => Promise<void> } =
    name === 'sqlite'
      ? await createStore({ type: 'sqlite', path: file })
      : { store: new MemoryStore(), close: () => Promise.resolve() };
  const engine = new OrderEngine(opened.store);
  await engine.runtime.start();
  try {
    return await work(engine);
  } finally {
    await engine.runtime.stop();
    await opened.close();
  }
}

function drive(engine: OrderEngine, orders: number, concurrency: number) {
  const driver = {
    start: () => engine.start(),
    parked: (id: string) => engine.passes(id, 'parked'),
    pay: (id: string) => engine.pay(id),
    ended: (id: string) => engine.passes(id, 'ended'),
  };
  return closedLoop(driver, orders, concurrency);
}

/** Once the store is closed everything is in the file. */
async function sizeOf(store: StoreName, file: string): Promise<number> {
  return store === 'memory' ? 0 : (await stat(file)).size;
}
