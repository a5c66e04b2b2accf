/**
 * Finds tasks this node holds without knowing: the answer to a commit or a claim was lost, or the store went away between
 * a claim and the task's run. Until then nobody runs them, because for all others this node is alive and at it.
 *
 * Asked for after every call whose outcome is unknown, and repeated, less and less often, until the store answers. Whoever
 * runs a task that is running already, or is no more, does nothing.
 */
import type { Clock } from '../model/clock.port.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableStore, TaskRecord } from '../model/store.port.js';

export interface OwnedTaskRecoveryOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  /** Runs the task unless it is running already. */
  readonly run: (task: TaskRecord) => Promise<void>;
}

const FIRST_LOOK_MS = 250;
const LONGEST_WAIT_MS = 5_000;

export class OwnedTaskRecovery {
  private cancel: (() => void) | null = null;
  private looking: Promise<void> | null = null;
  private lookAgain = false;
  private stopped = false;
  private failures = 0;

  constructor(private readonly options: OwnedTaskRecoveryOptions) {}

  /** Something may have been written that nobody here knows of. */
  recheck(): void {
    if (this.stopped) return;
    if (this.looking !== null) {
      this.lookAgain = true;
      return;
    }
    const waitMs = Math.min(FIRST_LOOK_MS * 2 ** this.failures, LONGEST_WAIT_MS);
    this.cancel ??= this.options.clock.after(waitMs, () => {
      this.cancel = null;
      this.looking = this.look();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.looking;
  }

  private async look(): Promise<void> {
    const { store, nodeId, run, logger } = this.options;
    this.lookAgain = false;
    try {
      const tasks = await store.tasksHeldBy(nodeId);
      this.failures = 0;
      if (!this.stopped) await Promise.all(tasks.map(run));
    } catch (error) {
      logger.warn({ err: error }, 'the tasks of this node could not be looked up; trying again');
      this.failures += 1;
      this.lookAgain = true;
    }
    this.looking = null;
    if (this.lookAgain) this.recheck();
  }
}
