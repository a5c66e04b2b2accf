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

/** @param share 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
