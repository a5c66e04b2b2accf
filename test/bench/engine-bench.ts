import { type BenchDatabase, benchDatabase, type StoreName } from './bench-database.js';
import { closedLoop, percentile } from './closed-loop.js';
import { OrderEngine } from './order-engine.js';

export interface BenchLine {
  readonly store: StoreName;
  readonly concurrency: number;
  readonly orders: number;
  readonly ordersPerSecond: number;
  readonly turnsPerSecond: number;
  readonly turnsPerOrder: number;
  /** CPU of this process, all threads, user and system; PostgreSQL's own is not in it. */
  readonly cpuMicrosPerTurn: number;
  readonly cpuMicrosPerOrder: number;
  readonly startToParkedMs: { readonly p50: number; readonly p99: number };
  readonly paidToEndedMs: { readonly p50: number; readonly p99: number };
  /** Growth of the database; 0 in memory. */
  readonly bytesPerOrder: number;
  readonly bytesPerTurn: number;
}

const WARM_UP = 300;

/** A new store of that kind for every line; the process is warmed up by orders that do not count. PostgreSQL runs beside it. */
export async function benchEngine(store: StoreName, orders: number, concurrency: number): Promise<BenchLine> {
  const database = await benchDatabase(store);
  try {
    await inEngine(database, (engine) => drive(engine, WARM_UP, concurrency));
    const before = await database.size();
    const { loop, cpu, turns } = await inEngine(database, async (engine) => {
      const startedCpu = process.cpuUsage();
      const done = await drive(engine, orders, concurrency);
      const { user, system } = process.cpuUsage(startedCpu);
      return { loop: done, cpu: user + system, turns: engine.turns };
    });
    const bytes = (await database.size()) - before;
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
    await database.remove();
  }
}

async function inEngine<T>(database: BenchDatabase, work: (engine: OrderEngine) => Promise<T>): Promise<T> {
  const opened = await database.open();
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
