import type { Figures } from '../report/figures.js';
import { percentile } from '../report/percentile.js';

interface Lap {
  readonly startToParkedMs: number;
  readonly paidToEndedMs: number;
}

/** What a driver of orders needs: in process or over HTTP. */
export interface OrderDriver {
  start(): Promise<string>;
  parked(id: string): Promise<void>;
  pay(id: string): Promise<void>;
  ended(id: string): Promise<void>;
}

export interface LoopResult {
  readonly orders: number;
  readonly seconds: number;
  readonly laps: readonly Lap[];
}

/** A closed loop: so many customers, each with one order at a time, until so many orders have ended. */
export async function closedLoop(driver: OrderDriver, orders: number, concurrency: number): Promise<LoopResult> {
  const laps: Lap[] = [];
  let left = orders;
  const customer = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      laps.push(await lap(driver));
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, customer));
  return { orders, seconds: (performance.now() - started) / 1_000, laps };
}

export function loopFigures({ orders, seconds, laps }: LoopResult): Figures {
  const starts = laps.map(({ startToParkedMs }) => startToParkedMs);
  const payments = laps.map(({ paidToEndedMs }) => paidToEndedMs);
  return {
    ordersPerSecond: orders / seconds,
    startToParkedP50Ms: percentile(starts, 0.5),
    startToParkedP99Ms: percentile(starts, 0.99),
    paidToEndedP50Ms: percentile(payments, 0.5),
    paidToEndedP99Ms: percentile(payments, 0.99),
  };
}

async function lap(driver: OrderDriver): Promise<Lap> {
  const placed = performance.now();
  const id = await driver.start();
  await driver.parked(id);
  const parked = performance.now();
  const ended = driver.ended(id);
  await driver.pay(id);
  await ended;
  return { startToParkedMs: parked - placed, paidToEndedMs: performance.now() - parked };
}
