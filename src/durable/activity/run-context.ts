import type { ActivityContext } from '../model/activity-context.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { CancellationToken } from './cancellation-token.js';
import { LazySignal } from './lazy-signal.js';

/** The context of one run. */
export class RunContext extends LazySignal implements ActivityContext {
  readonly activityId: string;
  readonly taskId: string;
  readonly idempotencyKey: string;
  readonly attempt: number;

  constructor(
    readonly actorId: string,
    { activityId, taskId, idempotencyKey, attempt }: ScheduledActivity,
    readonly delivery: number,
    cancellation: CancellationToken,
    readonly heartbeat: () => void,
  ) {
    super(cancellation);
    this.activityId = activityId;
    this.taskId = taskId;
    this.idempotencyKey = idempotencyKey;
    this.attempt = attempt;
  }
}
