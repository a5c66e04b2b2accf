import type { RunningActivity } from './bookkeeping.js';

/** An activity that a turn decided to start. */
export interface ScheduledActivity extends RunningActivity {
  readonly taskId: string;
  readonly path: string;
  readonly sources: readonly string[];
  readonly input: unknown;
}
