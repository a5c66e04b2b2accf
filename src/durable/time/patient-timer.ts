/**
 * A timer for what somebody else has to do in time. Only the time counts in which this process ran: whoever was given a time
 * has had it when the timer fires, and a stall of this process (a stopped machine, a blocked event loop) is nobody else's fault.
 *
 * The wait goes in steps. A step that ends late tells that the process stood still, and does not count. So after a stall there
 * is always time left, in which an answer that came meanwhile is read. Only so many are not counted: a process that is late at
 * every step fires after at most twice its steps.
 */
import type { Clock } from '../model/clock.port.js';

/** A busy process is late by less. */
const LATE_MS = 250;
const STEPS = 10;
const SHORTEST_STEP_MS = 250;
const LONGEST_STEP_MS = 3_600_000;
const MOST_LATE_STEPS = 10;

export function patientTimer(clock: Pick<Clock, 'now' | 'after'>, delayMs: number, run: () => void): () => void {
  const stepMs = Math.min(Math.max(delayMs / STEPS, SHORTEST_STEP_MS), LONGEST_STEP_MS);
  let restMs = delayMs;
  let lateSteps = 0;
  let cancel = (): void => undefined;
  const wait = (): void => {
    const waitMs = Math.min(stepMs, restMs);
    const dueAt = clock.now() + waitMs;
    cancel = clock.after(waitMs, () => {
      if (clock.now() - dueAt > LATE_MS && lateSteps < MOST_LATE_STEPS) lateSteps += 1;
      else restMs -= waitMs;
      if (restMs > 0) wait();
      else run();
    });
  };
  wait();
  return () => cancel();
}
