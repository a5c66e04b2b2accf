/**
 * Named places where a test can kill the process. They are injected: the production runtime gets {@link noCrashPoints}, and
 * nothing outside can arm one.
 */
export type CrashPoint =
  /** The turns are computed, and nothing is written. */
  | 'commit.before'
  /** The transaction is durable, and nothing has acted on it. */
  | 'commit.after'
  /** The activity has not begun. Its task row is durable, unless it is safe: then its commit may be under way. */
  | 'activity.before'
  /** The activity has a result, and nothing has stored it. */
  | 'activity.after'
  /** The due tasks are claimed, and none has run. */
  | 'claim.after';

export interface CrashPoints {
  /** @param labels the statuses in the batch, the activity's id, or the ids of the claimed tasks. */
  reach(point: CrashPoint, labels: readonly string[]): void;
}

export const noCrashPoints: CrashPoints = { reach: () => undefined };
