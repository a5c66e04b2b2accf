import type { DatabaseName } from '../databases/bench-database.js';
import { benchEngine } from '../engine/engine-bench.js';
import type { Figures } from '../report/figures.js';
import type { Measurement } from '../report/measurement.js';
import { benchPeer, ordersOfPeer } from '../peers.js';
import { median } from '../report/percentile.js';
import { ratioOf, type Ratio, type Ratios } from './ratios.js';

/** Orders before the first round: the engine runs in this process, and the probe in a new one each time. */
const WARM_UP = 1_000;
const DATABASES: readonly DatabaseName[] = ['sqlite', 'postgres'];
const SIZES: readonly (readonly [concurrency: number, orders: number])[] = [
  [1, 300],
  [100, 1_500],
];

/** Short runs, each followed by the probe's, so that what slows the machine slows both. Medians of the rounds' ratios. */
export async function measureRatios(rounds: number, tell: (measurement: Measurement) => void): Promise<Ratios> {
  await benchEngine('memory', WARM_UP, 16);
  const found = new Map<string, Ratio[]>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const [concurrency, orders] of SIZES) {
      for (const database of DATABASES) {
        const told = (name: string, figures: Figures) => {
          tell({ table: 'engine', name, concurrency, round, figures });
          return costsOf(name, figures);
        };
        const peer = `probe-${database}` as const;
        const engine = told(database, await benchEngine(database, orders, concurrency));
        const probe = told(peer, await benchPeer(peer, ordersOfPeer(peer, concurrency), concurrency));
        const place = `${database} C=${concurrency}`;
        found.set(place, [...(found.get(place) ?? []), ratioOf(engine, probe)]);
      }
    }
  }
  return Object.fromEntries([...found].map(([place, ratios]) => [place, medianOf(ratios)]));
}

function costsOf(name: string, { ordersPerSecond, cpuMicrosPerOrder }: Figures) {
  if (ordersPerSecond === undefined || cpuMicrosPerOrder === undefined) throw new Error(`${name} told no costs.`);
  return { ordersPerSecond, cpuMicrosPerOrder };
}

function medianOf(ratios: readonly Ratio[]): Ratio {
  return {
    ordersPerSecond: median(ratios.map(({ ordersPerSecond }) => ordersPerSecond)),
    cpuPerOrder: median(ratios.map(({ cpuPerOrder }) => cpuPerOrder)),
  };
}
