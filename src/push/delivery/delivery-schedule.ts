/** Largest random share added to a wait, so that deliveries which failed together do not retry together. */
const JITTER = 0.1;

/**
 * Returns the time of the next attempt after a failed one, or null after the last.
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
