/** The runtime's only source of time. Tests pass a virtual clock. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `delayMs`. The returned function cancels the call. */
  after(delayMs: number, run: () => void): () => void;
}

/** One day. setTimeout overflows at 2^31-1 ms (24.8 days) and then fires at once. */
const LONGEST_DELAY_MS = 86_400_000;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(Math.max(delayMs, 0), LONGEST_DELAY_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
