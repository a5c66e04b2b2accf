import { type DatabaseName, STORE_NAMES } from './databases/bench-database.js';
import type { BenchOptions, Subject } from './bench-options.js';
import { benchEngine } from './engine/engine-bench.js';
import type { Figures } from './report/figures.js';
import { benchFloor } from './floor-bench.js';
import { benchGrowth } from './engine/growth-bench.js';
import { benchHttp } from './service/http-bench.js';
import type { Measured } from './report/measurement.js';
import { benchParked } from './engine/parked-bench.js';
import { benchPeer, ordersOfPeer, PEERS } from './peers.js';
import { benchRecovery } from './engine/recovery-bench.js';
import { benchStack } from './service/stack-bench.js';

const DATABASES: readonly DatabaseName[] = ['sqlite', 'postgres'];
/** Orders that are under way when the process is killed. */
const UNDER_WAY = 1_000;
/** With its partners an order takes several times as long. */
const MOST_IN_STACK = 1_000;

/** What a round measures before it goes on. */
export interface BenchStep {
  /** Title of its table. */
  readonly table: string;
  measure(): Promise<readonly Measured[]>;
}

/** The steps of one round. Those of one concurrency follow each other, so that what slows the machine slows them all. */
export function stepsOf(options: BenchOptions): readonly BenchStep[] {
  return [
    ...options.concurrencies.flatMap((concurrency) => ordersAtOnce(options, concurrency)),
    ...chosen(options, 'floor', () => [{ table: 'floor', measure: benchFloor }]),
    ...chosen(options, 'parked', () =>
      DATABASES.map((name) => ({ table: 'parked', measure: () => benchParked(name, options.stored) })),
    ),
    ...chosen(options, 'recovery', () =>
      DATABASES.map((name) => ({
        table: 'recovery',
        measure: async () => [
          { name, concurrency: null, figures: await benchRecovery(name, options.orders ?? UNDER_WAY) },
        ],
      })),
    ),
    ...chosen(options, 'growth', () =>
      DATABASES.map((name) => ({
        table: 'growth',
        measure: () => benchGrowth(name, options.stored, options.orders ?? ordersAt(100)),
      })),
    ),
  ];
}

function ordersAtOnce(options: BenchOptions, concurrency: number): readonly BenchStep[] {
  const orders = options.orders ?? ordersAt(concurrency);
  const step = (table: string, name: string, run: () => Promise<Figures>): BenchStep => ({
    table,
    measure: async () => [{ name, concurrency, figures: await run() }],
  });
  return [
    ...STORE_NAMES.flatMap((store) =>
      chosen(options, store, () => [step('engine', store, () => benchEngine(store, orders, concurrency))]),
    ),
    ...PEERS.flatMap((peer) =>
      chosen(options, peer, () => [
        step('engine', peer, () => benchPeer(peer, options.orders ?? ordersOfPeer(peer, concurrency), concurrency)),
      ]),
    ),
    ...chosen(options, 'http', () => [step('over HTTP', 'sqlite', () => benchHttp(orders, concurrency))]),
    ...chosen(options, 'stack', () =>
      DATABASES.map((name) =>
        step('full stack', name, () => benchStack(name, Math.min(orders, MOST_IN_STACK), concurrency)),
      ),
    ),
  ];
}

function chosen({ subjects }: BenchOptions, subject: Subject, steps: () => readonly BenchStep[]): readonly BenchStep[] {
  return subjects.has(subject) ? steps() : [];
}

/** Enough orders for about five seconds. */
function ordersAt(concurrency: number): number {
  return concurrency === 1 ? 300 : concurrency < 100 ? 1_500 : 3_000;
}
