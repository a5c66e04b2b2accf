import { type DatabaseName, sharedDatabase } from '../databases/bench-database.js';
import { benchEngineOn } from './engine-bench.js';
import { fillWithEndedOrders } from './ended-orders.js';
import type { Measured } from '../report/measurement.js';

const CONCURRENCY = 100;
const STEPS = [1_000, 100_000];

/** What an order costs with so many orders in the store that have ended. */
export async function benchGrowth(name: DatabaseName, most: number, orders: number): Promise<readonly Measured[]> {
  const database = await sharedDatabase(name);
  try {
    const measured: Measured[] = [];
    let stored = 0;
    for (const count of sizesUpTo(most)) {
      const opened = await database.open();
      await fillWithEndedOrders(opened.store, count - stored);
      await opened.close();
      stored = count;
      await database.settle();
      const figures = { stored, ...(await benchEngineOn(database, orders, CONCURRENCY)) };
      measured.push({ name: `${name}, ${stored} stored`, concurrency: CONCURRENCY, figures });
    }
    return measured;
  } finally {
    await database.remove();
  }
}

/** 1,000 and 100,000 as far as they are less, then the most. */
function sizesUpTo(most: number): readonly number[] {
  return [...STEPS.filter((step) => step < most), most];
}
