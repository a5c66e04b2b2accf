/**
 * Runs the tasks that this node claimed: fires a timer, or takes over the activity of a dead node.
 *
 * Invariants: 4 (an activity runs at least once, under the same key), 5 (a timer fires once).
 * Modes of a task: it runs here already (nothing happens); its activity has ended or a migration leaves it; its actor fits no
 * machine here (that is recorded).
 * Leaves to others: claiming (task-scheduler.ts, owned-task-recovery.ts), running activities (activity-runner.ts).
 */
import type { ActivityRunner } from '../activity/activity-runner.js';
import { isIncompatible } from '../draft/blocked-turn.js';
import { loadOntoMachine } from '../machine/load-actor.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import { readBookkeeping } from '../model/bookkeeping.js';
import type { Clock } from '../model/clock.port.js';
import type { DurableLogger } from '../model/logger.port.js';
import type { RuntimeObserver } from '../model/runtime-observer.js';
import type { DurableStore, TaskRecord } from '../model/store.port.js';
import { StoreUnavailableError } from '../model/durable-errors.js';
import { findRunningActivity } from '../turn/find-running-activity.js';
import type { ActorHost } from './actor-host.js';

const NO_OWNER = 'the owner of a task could not be looked up';

export interface TaskExecutionOptions {
  readonly store: DurableStore;
  readonly registry: MachineRegistry;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly observer: RuntimeObserver;
  readonly nodeId: string;
  readonly host: ActorHost;
  readonly runner: ActivityRunner;
  /** The store went away before the task ran: this node still owns it. */
  readonly onUnknown: () => void;
}

export class TaskExecution {
  /** Timers whose messages are under way. */
  private readonly firing = new Set<string>();

  constructor(private readonly options: TaskExecutionOptions) {}

  async run(task: TaskRecord): Promise<void> {
    const { actorId, taskId, kind } = task;
    try {
      if (kind === 'timer') await this.fire(task);
      else if (!this.options.runner.isRunning(actorId, taskId)) await this.takeOver(task);
    } catch (error) {
      this.options.logger.error({ actorId, taskId, err: error }, 'a due task could not be run');
      if (isIncompatible(error)) await this.recordIncompatible(actorId);
      if (error instanceof StoreUnavailableError) this.options.onUnknown();
    }
  }

  /** Sends a message that the actor cannot take; its refusal is recorded. */
  async recordIncompatible(actorId: string): Promise<void> {
    try {
      await this.options.host.deliver(actorId, { kind: 'reevaluate' });
    } catch (error) {
      if (!isIncompatible(error))
        this.options.logger.error({ actorId, err: error }, 'an incompatible actor could not be recorded');
    }
  }

  /** Whether this node still owns the task, as far as is known. Never rejects. */
  async isHeld(actorId: string, taskId: string): Promise<boolean> {
    const { store, nodeId } = this.options;
    try {
      const tasks = await store.tasksOf(actorId);
      return tasks.some((task) => task.taskId === taskId && task.ownerNode === nodeId);
    } catch (error) {
      // A store that fails says nothing about the task. The turn of the result finds out.
      if (!(error instanceof StoreUnavailableError))
        this.options.logger.error({ actorId, taskId, err: error }, NO_OWNER);
      return true;
    }
  }

  private async fire({ actorId, taskId, dueAt, deliveries }: TaskRecord): Promise<void> {
    const { host, observer, clock } = this.options;
    const key = `${actorId} ${taskId}`;
    if (this.firing.has(key)) return;
    this.firing.add(key);
    try {
      const run = { isSafe: false, delivery: deliveries, isWanted: () => true };
      const { disposition } = await host.deliver(actorId, { kind: 'timer', taskId }, null, run);
      if (disposition === 'applied') observer.timerFired(clock.now() - dueAt);
    } finally {
      this.firing.delete(key);
    }
  }

  private async takeOver({ actorId, taskId, deliveries }: TaskRecord): Promise<void> {
    const { store, registry, clock, logger, observer, host, runner } = this.options;
    // Not the host's cache: another node may have moved the actor on.
    const actor = await store.loadActor(actorId);
    const loaded = actor === null ? null : loadOntoMachine(registry, actor, clock.now());
    // Resume adds the task again.
    if (loaded?.record.runtimeStatus === 'suspended') return;
    const activity =
      loaded === null ? null : findRunningActivity(loaded.record.snapshot, readBookkeeping(loaded.record), taskId);
    if (loaded !== null && activity !== null) {
      observer.activityTakenOver(loaded.record);
      runner.start(loaded.registration, actorId, activity, deliveries);
    } else if (loaded?.migration != null) {
      // A turn on the new version ends the task, and starts what replaces the activity.
      await host.deliver(actorId, { kind: 'reevaluate' });
    } else {
      logger.warn({ actorId, taskId }, 'a task without its activity was claimed');
    }
  }
}
