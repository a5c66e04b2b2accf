import { benchDatabase, type BenchDatabase, type StorageUse, type StoreName } from '../databases/bench-database.js';
import { closedLoop, loopFigures } from './closed-loop.js';
import type { Figures } from '../report/figures.js';
import { OrderEngine } from './order-engine.js';
import type { StatementCounter } from '../databases/statement-counter.js';

const WARM_UP = 300;

/** A new store of that kind for every run; see {@link benchEngineOn}. */
export async function benchEngine(store: StoreName, orders: number, concurrency: number): Promise<Figures> {
  const database = await benchDatabase(store);
  try {
    return await benchEngineOn(database, orders, concurrency);
  } finally {
    await database.remove();
  }
}

/**
 * Orders in this process, after some that do not count. CPU is that of this process: all threads, user and system, the
 * driver's too. The server's is PostgreSQL's own.
 */
export async function benchEngineOn(database: BenchDatabase, orders: number, concurrency: number): Promise<Figures> {
  await inEngine(database, (engine) => drive(engine, WARM_UP, concurrency));
  const before = await database.use();
  const run = await inEngine(database, async (engine, sent) => {
    const [statements, commits] = [sent.statements, sent.commits];
    const startedServer = database.serverCpuMicros();
    const startedCpu = process.cpuUsage();
    const loop = await drive(engine, orders, concurrency);
    const { user, system } = process.cpuUsage(startedCpu);
    const server = database.serverCpuMicros();
    return {
      loop,
      cpu: user + system,
      serverCpu: startedServer === null || server === null ? null : server - startedServer,
      turns: engine.turns,
      statements: sent.statements - statements,
      commits: sent.commits - commits,
    };
  });
  const after = await database.use();
  const { loop, cpu, serverCpu, turns, statements, commits } = run;
  return {
    ...loopFigures(loop),
    turnsPerSecond: turns / loop.seconds,
    cpuMicrosPerTurn: cpu / turns,
    cpuMicrosPerOrder: cpu / orders,
    ...(serverCpu === null ? {} : { serverCpuMicrosPerOrder: serverCpu / orders }),
    ...(commits === 0 ? {} : { commitsPerOrder: commits / orders }),
    ...(after.server === undefined ? {} : { roundTripsPerOrder: statements / orders }),
    ...storageFigures(before, after, orders, turns),
  };
}

function storageFigures(before: StorageUse, after: StorageUse, orders: number, turns: number): Figures {
  const bytes = after.bytes - before.bytes;
  if (bytes === 0) return {};
  const size = { bytesPerOrder: bytes / orders, bytesPerTurn: bytes / turns };
  if (before.server === undefined || after.server === undefined) return size;
  const updates = after.server.updates - before.server.updates;
  return {
    ...size,
    walBytesPerOrder: (after.server.walBytes - before.server.walBytes) / orders,
    hotUpdatePercent: updates === 0 ? 0 : ((after.server.hotUpdates - before.server.hotUpdates) / updates) * 100,
  };
}

async function inEngine<T>(
  database: BenchDatabase,
  work: (engine: OrderEngine, sent: StatementCounter) => Promise<T>,
): Promise<T> {
  const opened = await database.open();
  const engine = new OrderEngine(opened.store);
  await engine.runtime.start();
  try {
    return await work(engine, opened.sent);
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
