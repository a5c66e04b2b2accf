/** Pauses between the tries, in milliseconds. The last pause repeats. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
const MAX_ATTEMPTS = 100;

/** Milliseconds to wait after `attempts` failed tries (1 or more). Undefined after the last try, about 95 minutes in. */
export function pauseAfter(attempts: number): number | undefined {
  if (attempts >= MAX_ATTEMPTS) return undefined;
  return PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1];
}
