import { setTimeout as sleep } from 'node:timers/promises';
import { ScaleProcess } from '../../scale/scale-process.js';
import { waitUntil } from '../../support/wait-until.js';
import { fillWithParkedOrders } from '../../scale/parked-orders.js';
import { type DatabaseName, type SharedBenchDatabase, sharedDatabase } from '../databases/bench-database.js';
import type { Measured } from '../report/measurement.js';
import { median } from '../report/percentile.js';

const STARTS = 3;
const AUDIT_MS = 900_000;
/** How long an idle process is watched. */
const IDLE_MS = 10_000;
/** The deadlines lie far behind the measurement. */
const DUE_IN_MS = 30 * 24 * 3_600_000;
const MB = 2 ** 20;

/** What orders that wait for their payment cost: with none, with a tenth, and with all of them stored. */
export async function benchParked(name: DatabaseName, most: number): Promise<readonly Measured[]> {
  const database = await sharedDatabase(name);
  try {
    const measured: Measured[] = [];
    let parked = 0;
    let empty: { readonly bytes: number; readonly rssBytes: number } | null = null;
    for (const count of [0, Math.ceil(most / 10), most]) {
      await park(database, count - parked);
      parked = count;
      const { bytes } = await database.use();
      const { firstOrderMs, rssBytes, idleCpuPercent } = await starts(database);
      empty ??= { bytes, rssBytes };
      const perOrder = {
        memoryBytesPerOrder: (rssBytes - empty.rssBytes) / parked,
        bytesPerOrder: (bytes - empty.bytes) / parked,
      };
      const figures = { stored: parked, firstOrderMs, residentMb: rssBytes / MB, idleCpuPercent };
      measured.push({
        name: `${name}, ${parked} parked`,
        concurrency: null,
        figures: parked === 0 ? figures : { ...figures, ...perOrder },
      });
    }
    return measured;
  } finally {
    await database.remove();
  }
}

async function park(database: SharedBenchDatabase, more: number): Promise<void> {
  const opened = await database.open();
  const first = Date.now() + DUE_IN_MS;
  await fillWithParkedOrders(
    opened.store,
    Array.from({ length: more }, (_, index) => first + index),
  );
  await opened.close();
  await database.settle();
}

/** Medians of some starts, each in a new process; the last one is left idle for a while. */
async function starts({ config }: SharedBenchDatabase) {
  const found: { readonly firstOrderMs: number; readonly rssBytes: number }[] = [];
  let idleCpuPercent = NaN;
  for (let start = 1; start <= STARTS; start += 1) {
    const child = await ScaleProcess.start({ store: config, aheadMs: 0 });
    found.push({ firstOrderMs: child.firstOrderMs, rssBytes: await child.rssBytes() });
    if (start === STARTS) idleCpuPercent = await idleCpuOf(child);
    await child.kill();
  }
  return {
    firstOrderMs: median(found.map(({ firstOrderMs }) => firstOrderMs)),
    rssBytes: median(found.map(({ rssBytes }) => rssBytes)),
    idleCpuPercent,
  };
}

/** Of one core, after the background check that follows a start. */
async function idleCpuOf(child: ScaleProcess): Promise<number> {
  await waitUntil('the check of stored orders to end', async () => ((await child.audited()) ? true : null), AUDIT_MS);
  const [before, started] = [await child.cpuMicros(), performance.now()];
  await sleep(IDLE_MS);
  return ((await child.cpuMicros()) - before) / (performance.now() - started) / 10;
}
