/**
 * Claims due tasks from the store: timers whose deadline has passed, and activities of dead nodes.
 *
 * It claims only while this node's lease is held: what a node claims that others take for dead is nobody's.
 *
 * Invariants: 5 (deadlines are absolute and in the store; the process arms one short wake-up for the earliest, so a timer of
 * 400 days costs nothing), 7 (activities of a dead node run again).
 * Modes: idle until the next deadline, and at most for `pollMs`; claiming, page after page (the next page when all tasks of
 * this one have run); stopped.
 * Leaves to others: running a task (task-execution.ts).
 */
import type { Clock } from '../model/clock.port.js';
import type { CrashPoints } from '../model/crash-points.js';
import type { DurableLogger } from '../model/logger.port.js';
import { LostRaceError } from '../model/durable-errors.js';
import type { NodeLease } from '../lease/node-lease.js';
import type { StoreCircuitBreaker } from './store-circuit-breaker.js';
import type { DurableStore, TaskKey, TaskRecord } from '../model/store.port.js';

export interface TaskSchedulerOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  readonly breaker: StoreCircuitBreaker;
  readonly lease: Pick<NodeLease, 'assure' | 'mayJudgeOthers' | 'wasLost'>;
  /** Longest time between two polls, in milliseconds. A dead node's tasks wait this long at most. */
  readonly pollMs: number;
  /** Number of tasks in one claim. */
  readonly pageSize: number;
  /** Resolves when the task's turn is durable, or its activity has been started. */
  readonly run: (task: TaskRecord) => Promise<void>;
  /** What this process runs now. */
  readonly running: () => readonly TaskKey[];
  /** The answer of a claim was lost: this node may own the tasks. */
  readonly onUnknown: () => void;
}

/** First pause when a due task was not claimed: another node is claiming it. It doubles while that goes on. */
const OVERDUE_MS = 20;

export class TaskScheduler {
  private wakeAt = Number.POSITIVE_INFINITY;
  private cancelWake: () => void = () => undefined;
  private working: Promise<void> | null = null;
  private pollAgain = false;
  private stopped = true;
  /** How often in a row something was due, and nothing could be claimed, or the claim lost a race. */
  private inVain = 0;

  constructor(private readonly options: TaskSchedulerOptions) {}

  start(): void {
    this.stopped = false;
    this.poll();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelWake();
    await this.working;
  }

  /** A timer was committed: wakes up for it if it is the earliest. */
  notice(dueAt: number): void {
    if (!this.stopped && dueAt < this.wakeAt) this.arm(dueAt);
  }

  private poll(): void {
    if (this.stopped) return;
    this.pollAgain = true;
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
    const { breaker, clock, logger, onUnknown } = this.options;
    let next = Number.POSITIVE_INFINITY;
    while (this.pollAgain && !this.stopped) {
      this.pollAgain = false;
      try {
        next = await this.claimAll();
      } catch (error) {
        logger.warn({ err: error }, 'due tasks could not be claimed; trying again');
        if (error instanceof LostRaceError) {
          this.inVain += 1;
          next = clock.now() + this.pauseMs();
          continue;
        }
        onUnknown();
        breaker.failed();
        void breaker.acquire().then(() => (this.stopped ? breaker.release() : this.poll()));
      }
    }
    this.working = null;
    this.wakeAt = Number.POSITIVE_INFINITY;
    this.arm(next);
  }

  /** @returns when the next task is due. */
  private async claimAll(): Promise<number> {
    const { store, clock, crashPoints, breaker, pageSize, run } = this.options;
    let claimed = 0;
    for (;;) {
      const tasks = await this.claim();
      claimed += tasks.length;
      // Before the tasks run: their messages may be waiting for the store.
      breaker.succeeded();
      if (tasks.length > 0) {
        crashPoints.reach(
          'claim.after',
          tasks.map((task) => task.taskId),
        );
      }
      await Promise.all(tasks.map(run));
      if (tasks.length < pageSize || this.stopped) break;
    }
    const next = (await store.nextDueAt()) ?? Number.POSITIVE_INFINITY;
    const now = clock.now();
    if (next > now) {
      this.inVain = 0;
      return next;
    }
    this.inVain = claimed > 0 ? 0 : this.inVain + 1;
    return now + this.pauseMs();
  }

  private pauseMs(): number {
    return Math.min(OVERDUE_MS * 2 ** this.inVain, this.options.pollMs);
  }

  private async claim(): Promise<readonly TaskRecord[]> {
    const { store, clock, lease, nodeId, pageSize, running } = this.options;
    await lease.assure();
    return store.claimDueTasks({
      nodeId,
      now: clock.now(),
      limit: pageSize,
      fromLostNodes: lease.mayJudgeOthers,
      running: lease.wasLost ? running() : [],
    });
  }

  private arm(dueAt: number): void {
    if (this.stopped) return;
    const { clock, pollMs } = this.options;
    const latest = clock.now() + pollMs;
    const wakeAt = Math.min(dueAt, latest);
    if (wakeAt >= this.wakeAt) return;
    this.cancelWake();
    this.wakeAt = wakeAt;
    this.cancelWake = clock.after(Math.max(0, wakeAt - clock.now()), () => {
      this.wakeAt = Number.POSITIVE_INFINITY;
      this.poll();
    });
  }
}
