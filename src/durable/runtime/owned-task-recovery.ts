/**
 * Finds tasks that this node owns without knowing it: the answer of a commit or a claim was lost, or the store went away
 * between a claim and the task's run. Other nodes leave them alone, because this node is alive.
 *
 * Runs after each call whose outcome is unknown, and repeats with growing pauses until the store answers (invariant 7).
 * Leaves to others: running a task, which does nothing when the task runs already or has ended (task-execution.ts).
 */
import type { Clock } from '../model/clock.port.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { DurableStore, TaskRecord } from '../model/store.port.js';

export interface OwnedTaskRecoveryOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  /** Does nothing for a task that runs already. */
  readonly run: (task: TaskRecord) => Promise<void>;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

export class OwnedTaskRecovery {
  private cancel: (() => void) | null = null;
  private checking: Promise<void> | null = null;
  private checkAgain = false;
  private stopped = false;
  private failures = 0;

  constructor(private readonly options: OwnedTaskRecoveryOptions) {}

  /** The outcome of a call is unknown: this node may own more tasks than it knows. */
  recheck(): void {
    if (this.stopped) return;
    if (this.checking !== null) {
      this.checkAgain = true;
      return;
    }
    const waitMs = Math.min(FIRST_WAIT_MS * 2 ** this.failures, LONGEST_WAIT_MS);
    this.cancel ??= this.options.clock.after(waitMs, () => {
      this.cancel = null;
      this.checking = this.check();
    });
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancel?.();
    await this.checking;
  }

  private async check(): Promise<void> {
    const { store, nodeId, run, logger } = this.options;
    this.checkAgain = false;
    try {
      const tasks = await store.tasksHeldBy(nodeId);
      this.failures = 0;
      if (!this.stopped) await Promise.all(tasks.map(run));
    } catch (error) {
      logger.warn({ err: error }, 'the tasks of this node could not be looked up; trying again');
      this.failures += 1;
      this.checkAgain = true;
    }
    this.checking = null;
    if (this.checkAgain) this.recheck();
  }
}
