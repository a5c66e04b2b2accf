/**
 * Named places at which a test may kill the process. They are injected, not global: the production runtime gets
 * {@link noCrashPoints} and there is no way to arm one from outside.
 */
export type CrashPoint =
  /** The turns are computed and nothing of them is written. */
  | 'commit.before'
  /** The transaction is durable and nobody knows yet. */
  | 'commit.after'
  /** The task row is durable and the activity has not begun. */
  | 'activity.before'
  /** The activity's result is there and is written nowhere. */
  | 'activity.after'
  /** The due tasks are claimed and none has been delivered. */
  | 'claim.after';

export interface CrashPoints {
  /** `labels` say where: the statuses in the batch, the activity's id, the timers' events. */
  reach(point: CrashPoint, labels: readonly string[]): void;
}

export const noCrashPoints: CrashPoints = { reach: () => undefined };
