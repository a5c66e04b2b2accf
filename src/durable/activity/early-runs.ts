/**
 * The safe activities that one draft has started before its commit (invariant 3).
 *
 * Modes: the draft is not written (a result counts in this draft alone); confirmed (each is a run as any other); dropped (the
 * runs are cancelled, and results that are under way are stale: the next draft may give the same task id to another call).
 */
import type { ActivityRules } from '../machine/activity-settings.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';

export interface EarlyRun {
  /** The commit is durable. */
  confirm(): void;
  /** There will be no such commit. */
  drop(): void;
}

export class EarlyRuns {
  private readonly runs = new Map<string, EarlyRun>();
  private isConfirmed = false;

  /** @param begin gives null when the activity runs already, or must not start now. */
  constructor(
    private readonly rules: Pick<ActivityRules, 'settingsOf'>,
    private readonly begin: (activity: ScheduledActivity) => EarlyRun | null,
  ) {}

  /** Starts those that are safe and do not run yet. */
  start(activities: readonly ScheduledActivity[]): void {
    for (const activity of activities) {
      const { taskId, sources } = activity;
      if (this.runs.has(taskId) || !this.rules.settingsOf(sources).safe) continue;
      const run = this.begin(activity);
      if (run !== null) this.runs.set(taskId, run);
    }
  }

  get taskIds(): readonly string[] {
    return [...this.runs.keys()];
  }

  confirm(): void {
    this.isConfirmed = true;
    for (const run of this.runs.values()) run.confirm();
  }

  /** Does nothing once they are confirmed: a task that is durable must run. */
  drop(): void {
    if (this.isConfirmed) return;
    for (const run of this.runs.values()) run.drop();
  }
}
