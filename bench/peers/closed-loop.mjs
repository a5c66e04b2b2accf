// So many customers, each with one order at a time, until so many orders have ended.
export async function closedLoop(deployment, orders, concurrency, idOf) {
  const startToParked = [];
  const paidToEnded = [];
  let next = 0;
  const customer = async () => {
    while (next < orders) {
      const id = idOf(next);
      next += 1;
      const placed = performance.now();
      await deployment.client.start(id);
      await deployment.passes(id, 'awaiting');
      const parked = performance.now();
      await deployment.client.pay(id);
      await deployment.passes(id, 'completed');
      startToParked.push(parked - placed);
      paidToEnded.push(performance.now() - parked);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, customer));
  return { seconds: (performance.now() - started) / 1_000, startToParked, paidToEnded };
}

/** @param share 0 to 1. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
