import 'reflect-metadata';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { StoreName } from './bench-database.js';
import { benchEngine, type BenchLine } from './engine-bench.js';
import { benchHttp, type HttpLine } from './http-bench.js';

/** Orders measured at each concurrency. */
const ORDERS: readonly (readonly [concurrency: number, orders: number])[] = [
  [1, 300],
  [16, 1_500],
  [100, 3_000],
];

/**
 * `--rounds 3 --only sqlite|postgres|memory|http --concurrency 100`: medians of alternating rounds, with
 * `READS_BEFORE_COMMIT` of the environment. See BENCHMARKS.md for what the figures are and are not.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '3' },
      only: { type: 'string' },
      concurrency: { type: 'string' },
    },
  });
  const sizes = ORDERS.filter(([each]) => values.concurrency === undefined || each === Number(values.concurrency));
  const lines: BenchLine[] = [];
  const httpLines: HttpLine[] = [];
  const done = <T extends { ordersPerSecond: number; concurrency: number }>(what: string, line: T): T => {
    process.stderr.write(`${what} C=${line.concurrency}: ${line.ordersPerSecond.toFixed(0)} orders/s\n`);
    return line;
  };
  print(`load before: ${load()}\n`);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const [concurrency, orders] of sizes) {
      for (const store of ['sqlite', 'postgres', 'memory'] satisfies StoreName[]) {
        if ((values.only ?? store) === store) lines.push(done(store, await benchEngine(store, orders, concurrency)));
      }
      if ((values.only ?? 'http') === 'http') httpLines.push(done('http', await benchHttp(orders, concurrency)));
    }
  }
  if (lines.length > 0) print(`\n${engineTable(lines)}`);
  if (httpLines.length > 0) print(`\n${httpTable(httpLines)}`);
  print(`\nload after: ${load()}\n`);
}

function engineTable(lines: readonly BenchLine[]): string {
  const head =
    'store    C    orders/s  turns/s  CPU µs/turn  CPU µs/order  p50/p99 ms start→parked  p50/p99 ms paid→ended  bytes/turn  bytes/order\n';
  const rows = [...groups(lines, ({ store, concurrency }) => `${store} ${concurrency}`).values()].map((group) => {
    const of = (read: (line: BenchLine) => number, digits = 0): string => median(group.map(read)).toFixed(digits);
    return [
      group[0]?.store.padEnd(8),
      String(group[0]?.concurrency).padEnd(4),
      of((line) => line.ordersPerSecond).padStart(8),
      of((line) => line.turnsPerSecond).padStart(8),
      of((line) => line.cpuMicrosPerTurn).padStart(12),
      of((line) => line.cpuMicrosPerOrder).padStart(13),
      `${of((line) => line.startToParkedMs.p50, 1)} / ${of((line) => line.startToParkedMs.p99, 1)}`.padStart(24),
      `${of((line) => line.paidToEndedMs.p50, 1)} / ${of((line) => line.paidToEndedMs.p99, 1)}`.padStart(22),
      of((line) => line.bytesPerTurn).padStart(11),
      of((line) => line.bytesPerOrder).padStart(12),
    ].join(' ');
  });
  const turns = lines[0]?.turnsPerOrder.toFixed(1) ?? '';
  return `in process, ${turns} turns an order\n${head}${rows.join('\n')}\n`;
}

function httpTable(lines: readonly HttpLine[]): string {
  const head = 'HTTP    C    orders/s  server CPU µs/order  p50/p99 ms start→parked  p50/p99 ms paid→ended\n';
  const rows = [...groups(lines, ({ concurrency }) => String(concurrency)).values()].map((group) => {
    const of = (read: (line: HttpLine) => number, digits = 0): string => median(group.map(read)).toFixed(digits);
    return [
      'sqlite ',
      String(group[0]?.concurrency).padEnd(4),
      of((line) => line.ordersPerSecond).padStart(8),
      of((line) => line.cpuMicrosPerOrder).padStart(20),
      `${of((line) => line.startToParkedMs.p50, 1)} / ${of((line) => line.startToParkedMs.p99, 1)}`.padStart(24),
      `${of((line) => line.paidToEndedMs.p50, 1)} / ${of((line) => line.paidToEndedMs.p99, 1)}`.padStart(22),
    ].join(' ');
  });
  return `over HTTP, two requests an order\n${head}${rows.join('\n')}\n`;
}

function groups<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) found.set(keyOf(item), [...(found.get(keyOf(item)) ?? []), item]);
  return found;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function load(): string {
  return loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
}

function print(text: string): void {
  process.stdout.write(text);
}

void main();
