import type { RunningActivity } from './bookkeeping.js';

/** An activity as the runner needs it. */
export interface ScheduledActivity extends RunningActivity {
  readonly taskId: string;
  readonly path: string;
  /** Names of the logic from the root machine down to the activity, e.g. `['payment', 'startPayment']`. */
  readonly sources: readonly string[];
  readonly input: unknown;
}
