/** Share of a wait that is added at random, so that what failed together does not come back together. */
const JITTER = 0.1;

/**
 * When an attempt that failed is followed by the next, or null when it was the last.
 * @param tries attempts made, this one included. @param random from 0 to 1.
 */
export function nextAttemptAt(
  scheduleMs: readonly number[],
  tries: number,
  now: number,
  random: () => number = Math.random,
): number | null {
  const waitMs = scheduleMs[tries - 1];
  return waitMs === undefined ? null : now + Math.round(waitMs * (1 + JITTER * random()));
}
