import { STORE_NAMES } from './bench-database.js';
import type { BenchOptions } from './bench-options.js';
import { benchEngine } from './engine-bench.js';
import type { Figures } from './figures.js';
import { benchHttp } from './http-bench.js';
import type { Measured } from './measurement.js';
import { benchPeer, ordersOfPeer, PEERS } from './peers.js';

/** What a round measures before it goes on. */
export interface BenchStep {
  /** Title of its table. */
  readonly table: string;
  measure(): Promise<readonly Measured[]>;
}

/** The steps of one round. Those of one concurrency follow each other, so that what slows the machine slows them all. */
export function stepsOf(options: BenchOptions): readonly BenchStep[] {
  const chosen = <T extends string>(names: readonly T[]): readonly T[] =>
    names.filter((name) => [...options.subjects].some((subject) => subject === name));
  return options.concurrencies.flatMap((concurrency) => {
    const orders = options.orders ?? ordersAt(concurrency);
    const step = (table: string, name: string, run: () => Promise<Figures>): BenchStep => ({
      table,
      measure: async () => [{ name, concurrency, figures: await run() }],
    });
    return [
      ...chosen(STORE_NAMES).map((store) => step('engine', store, () => benchEngine(store, orders, concurrency))),
      ...chosen(PEERS).map((peer) =>
        step('engine', peer, () => benchPeer(peer, options.orders ?? ordersOfPeer(peer, concurrency), concurrency)),
      ),
      ...chosen(['http']).map((name) => step('over HTTP', name, () => benchHttp(orders, concurrency))),
    ];
  });
}

/** Enough orders for about five seconds. */
function ordersAt(concurrency: number): number {
  return concurrency === 1 ? 300 : concurrency < 100 ? 1_500 : 3_000;
}
