/**
 * Takes due tasks from the store: timers whose deadline has come, and activities whose node is no more.
 *
 * Invariants: 5 (deadlines are absolute and in the store; the process only arms one short wake-up for the earliest of
 * them, so a timer of 400 days costs nothing and survives anything), 7 (what a dead node ran is taken over).
 * Modes: idle until the next deadline, but never longer than `pollMs`; claiming in pages, the next page only when this
 * one is delivered; stopped.
 */
import type { Clock } from '../model/clock.port.js';
import type { CrashPoints } from '../model/crash-points.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { StoreCircuitBreaker } from './store-circuit-breaker.js';
import type { DurableStore, TaskRecord } from '../model/store.port.js';

export interface TaskSchedulerOptions {
  readonly store: DurableStore;
  readonly clock: Clock;
  readonly crashPoints: CrashPoints;
  readonly logger: DurableLogger;
  readonly nodeId: string;
  readonly gate: StoreCircuitBreaker;
  /** The longest time between two looks: how soon a dead node's tasks are noticed. */
  readonly pollMs: number;
  /** Tasks claimed at a time. */
  readonly pageSize: number;
  /** Resolves when the task's turn is durable, or its activity has been started. */
  readonly run: (task: TaskRecord) => Promise<void>;
  /** A claim's answer was lost: it may have been made. */
  readonly onUnknown: () => void;
}

/** Something is due and was not handed out: another node is at it. */
const OVERDUE_MS = 20;

export class TaskScheduler {
  private wakeAt = Number.POSITIVE_INFINITY;
  private cancelWake: () => void = () => undefined;
  private working: Promise<void> | null = null;
  private lookAgain = false;
  private stopped = true;

  constructor(private readonly options: TaskSchedulerOptions) {}

  start(): void {
    this.stopped = false;
    this.look();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelWake();
    await this.working;
  }

  /** A timer was committed: wake up for it if it is the earliest. */
  notice(dueAt: number): void {
    if (!this.stopped && dueAt < this.wakeAt) this.arm(dueAt);
  }

  private look(): void {
    if (this.stopped) return;
    this.lookAgain = true;
    this.working ??= this.work();
  }

  private async work(): Promise<void> {
    const { gate, logger, onUnknown } = this.options;
    let next = Number.POSITIVE_INFINITY;
    while (this.lookAgain && !this.stopped) {
      this.lookAgain = false;
      try {
        next = await this.claimAll();
      } catch (error) {
        logger.warn({ err: error }, 'due tasks could not be claimed; trying again');
        onUnknown();
        gate.failed();
        void gate.acquire().then(() => (this.stopped ? gate.release() : this.look()));
      }
    }
    this.working = null;
    this.wakeAt = Number.POSITIVE_INFINITY;
    this.arm(next);
  }

  /** @returns when the next task is due. */
  private async claimAll(): Promise<number> {
    const { store, clock, crashPoints, gate, nodeId, pageSize, run } = this.options;
    for (;;) {
      const tasks = await store.claimDueTasks({ nodeId, now: clock.now(), limit: pageSize });
      // Before the tasks are run: their turns may be waiting for just that.
      gate.succeeded();
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
    return next <= now ? now + OVERDUE_MS : next;
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
      this.look();
    });
  }
}
