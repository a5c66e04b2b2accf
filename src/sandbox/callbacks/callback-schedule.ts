/** Pauses before the tries after the first, in milliseconds; the last one repeats. */
const PAUSES_MS = [1_000, 2_000, 5_000, 10_000, 30_000, 60_000];
const MAX_ATTEMPTS = 100;

/** The pause after `attempts` failed tries (1 or more); undefined when the tries are used up, after about an hour and a half. */
export function pauseAfter(attempts: number): number | undefined {
  if (attempts >= MAX_ATTEMPTS) return undefined;
  return PAUSES_MS[Math.min(attempts, PAUSES_MS.length) - 1];
}
