/**
 * Decides whether the failure of an activity counts. A result is accepted from any node, for the partner has done its part;
 * a failure only from the node that owns the task: another one may be running the call at this moment, and succeed.
 *
 * It asks the store, for a task changes its owner when the lease of its node has lapsed, and when another node resumes a suspended
 * actor. The node has its lease first, so that nobody takes the task between the question and the commit.
 */
import type { ActorMessage } from '../model/actor-message.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableStore } from '../model/store.port.js';
import type { NodeLease } from './node-lease.js';

export interface FailureFenceOptions {
  readonly store: Pick<DurableStore, 'tasksOf'>;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  readonly lease: Pick<NodeLease, 'assure'>;
}

export class FailureFence {
  constructor(private readonly options: FailureFenceOptions) {}

  /** @returns whether the message is a failure that does not count. @throws StoreUnavailableError */
  async stops(actorId: string, message: ActorMessage): Promise<boolean> {
    const { store, logger, nodeId, lease } = this.options;
    if (message.kind !== 'activity.failed') return false;
    const { taskId, error } = message;
    await lease.assure();
    const task = (await store.tasksOf(actorId)).find((each) => each.taskId === taskId);
    // Whether a task that has ended makes the failure stale, its turn says.
    if (task === undefined || task.ownerNode === nodeId) return false;
    logger.info({ actorId, taskId, error }, 'a failure does not count: its activity is not of this node any more');
    return true;
  }
}
