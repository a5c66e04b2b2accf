/**
 * A timer for what somebody else has to do in time. Only the time counts in which this process ran: whoever was given a time
 * has had it when the timer fires, and a stall of this process (a stopped machine, a blocked event loop) is nobody else's fault.
 *
 * The wait goes in steps, of which each counts with its own length, however late it ends. When the last one ends late, one more
 * short step follows, in which an answer that came meanwhile is read. A process that is always late fires later, but fires.
 */
import type { Clock } from '../model/clock.port.js';

/** A busy process is late by less. */
const LATE_MS = 250;
const STEPS = 10;
const SHORTEST_STEP_MS = 250;
const LONGEST_STEP_MS = 3_600_000;
const MOST_EXTRA_STEPS = 10;

export function patientTimer(clock: Pick<Clock, 'now' | 'after'>, delayMs: number, run: () => void): () => void {
  const stepMs = Math.min(Math.max(delayMs / STEPS, SHORTEST_STEP_MS), LONGEST_STEP_MS);
  let restMs = delayMs;
  let extraSteps = 0;
  let cancel = (): void => undefined;
  const wait = (waitMs: number): void => {
    const dueAt = clock.now() + waitMs;
    cancel = clock.after(waitMs, () => {
      restMs -= waitMs;
      if (restMs > 0) wait(Math.min(stepMs, restMs));
      else if (clock.now() - dueAt > LATE_MS && extraSteps < MOST_EXTRA_STEPS) {
        extraSteps += 1;
        wait(SHORTEST_STEP_MS);
      } else run();
    });
  };
  wait(Math.min(stepMs, restMs));
  return () => cancel();
}
