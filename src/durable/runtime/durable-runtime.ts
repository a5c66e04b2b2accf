/**
 * The durable runtime: puts its parts together, starts them in order and stops them in reverse.
 *
 * Recovery is no special mode: at start the node announces itself and looks for due tasks, and the tasks of nodes that
 * are no more are due. Parked actors cost nothing; only whether they still fit their machines is looked at, in the
 * background (open-actors.audit.ts).
 */
import { randomUUID } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';
import type { ActorCommand } from '../model/actor-command.js';
import { ActivityRunner } from '../activity/activity-runner.js';
import { ActorHost, type Effects, type HostAnswer } from './actor-host.js';
import { loadOntoMachine } from '../machine/load-actor.js';
import { isIncompatible } from '../draft/blocked-turn.js';
import { OwnedTaskRecovery } from './owned-task-recovery.js';
import { type Clock, systemClock } from '../model/clock.port.js';
import { Committer } from './committer.js';
import { type CrashPoints, noCrashPoints } from '../model/crash-points.js';
import { DrainingError } from '../model/durable-errors.js';
import { type DurableLogger, silentLogger } from '../model/logger.port.js';
import type { DurableMachineOptions, RegisteredMachine } from '../machine/machine-registration.js';
import { MachineRegistry } from '../machine/machine-registry.js';
import { numericDelays } from '../xstate/numeric-delays.js';
import { NodeLease } from './node-lease.js';
import { type AuditSummary, CompatibilityAudit, type Incompatibility } from './compatibility-audit.js';
import { type RuntimeObserver, silentObserver } from '../model/runtime-observer.js';
import type { ExternalEvent } from '../model/actor-message.js';
import { StoreCircuitBreaker } from './store-circuit-breaker.js';
import { type ActorRecord, type DurableStore, StoreUnavailableError, type TaskRecord } from '../model/store.port.js';
import { findRunningActivity } from '../turn/find-running-activity.js';
import { TaskScheduler } from './task-scheduler.js';

export interface RuntimeOptions {
  readonly store: DurableStore;
  /** Machines that are made ready already; further ones can be registered. Default: none. */
  readonly registry?: MachineRegistry;
  readonly clock?: Clock;
  readonly logger?: DurableLogger;
  readonly crashPoints?: CrashPoints;
  /** Is told what happens, for metrics and traces. */
  readonly observer?: RuntimeObserver;
  /** Longest time between two looks at the store. */
  readonly pollMs?: number;
  /** How long a node that says nothing is taken for alive. */
  readonly leaseMs?: number;
  /** Last snapshots kept at hand, by number of actors. */
  readonly cacheSize?: number;
}

const DEFAULTS = { pollMs: 2_000, leaseMs: 10_000, cacheSize: 2_000, claimPage: 100 };

export type CommittedListener = (actor: ActorRecord) => void;
export type IncompatibilityListener = (misfit: Incompatibility) => void;

export class DurableRuntime {
  readonly nodeId = randomUUID();
  readonly registry: MachineRegistry;
  readonly store: DurableStore;
  readonly clock: Clock;
  private readonly logger: DurableLogger;
  private readonly observer: RuntimeObserver;
  private readonly committer: Committer;
  private readonly host: ActorHost;
  private readonly runner: ActivityRunner;
  private readonly scheduler: TaskScheduler;
  private readonly lease: NodeLease;
  private readonly held: OwnedTaskRecovery;
  /** Timers that are on their way to their actors. */
  private readonly firing = new Set<string>();
  private readonly openActors: CompatibilityAudit;
  private readonly listeners = new Set<CommittedListener>();
  private readonly misfitListeners = new Set<IncompatibilityListener>();
  private state: 'new' | 'running' | 'draining' = 'new';

  constructor(options: RuntimeOptions) {
    this.store = options.store;
    this.registry = options.registry ?? new MachineRegistry();
    this.clock = options.clock ?? systemClock;
    this.logger = options.logger ?? silentLogger;
    this.observer = options.observer ?? silentObserver;
    const { store, clock, logger, observer, nodeId } = this;
    const crashPoints = options.crashPoints ?? noCrashPoints;
    this.committer = new Committer(store, crashPoints, observer);
    const gate = new StoreCircuitBreaker(clock);
    this.host = new ActorHost({
      store,
      committer: this.committer,
      registry: this.registry,
      clock,
      logger,
      observer,
      nodeId,
      gate,
      cacheSize: options.cacheSize ?? DEFAULTS.cacheSize,
      onCommitted: (effects) => this.act(effects),
      onUnknown: () => this.held.recheck(),
    });
    this.runner = new ActivityRunner({
      clock,
      crashPoints,
      logger,
      observer,
      deliver: (actorId, signal) => this.host.deliver(actorId, signal),
      isHeld: (actorId, taskId) => this.isHeld(actorId, taskId),
    });
    for (const registration of this.registry.all()) this.runner.prepare(registration);
    this.scheduler = new TaskScheduler({
      store,
      clock,
      crashPoints,
      logger,
      nodeId,
      gate,
      pollMs: options.pollMs ?? DEFAULTS.pollMs,
      pageSize: DEFAULTS.claimPage,
      run: (task) => this.takeOver(task),
      onUnknown: () => this.held.recheck(),
    });
    this.held = new OwnedTaskRecovery({ store, clock, logger, nodeId, run: (task) => this.takeOver(task) });
    this.openActors = new CompatibilityAudit({
      store,
      registry: this.registry,
      clock,
      logger,
      onIncompatible: async (misfit) => {
        for (const listener of this.misfitListeners) listener(misfit);
        await this.recordMisfit(misfit.actor.actorId);
      },
      onCompatible: async (actorId) => {
        await this.host.deliver(actorId, { kind: 'settle' });
      },
    });
    this.lease = new NodeLease({ store, clock, logger, nodeId, leaseMs: options.leaseMs ?? DEFAULTS.leaseMs });
  }

  /**
   * Before {@link start}. Versions of one machine stand beside each other: see {@link MachineRegistry}.
   * @throws NotDurableError @throws Error when it contradicts what is registered already.
   */
  register<TMachine extends AnyStateMachine>(options: DurableMachineOptions<TMachine>): RegisteredMachine {
    const registration = this.registry.register(options);
    this.warnOfDelays(options.machine, registration);
    this.runner.prepare(registration);
    return registration;
  }

  private warnOfDelays(machine: AnyStateMachine, { machineId, version }: RegisteredMachine): void {
    const delays = numericDelays(machine);
    if (delays.length === 0) return;
    const message =
      'delays written as numbers: give each a name in setup({ delays }), else a changed one strands its timers';
    this.logger.warn({ machineId, version, delays }, message);
  }

  /** Announces the node and takes up what earlier ones left. @throws StoreUnavailableError */
  async start(): Promise<void> {
    await this.lease.start();
    this.state = 'running';
    this.scheduler.start();
    this.openActors.start();
  }

  /** Takes no new work, lets running activities finish for `graceMs`, hands the rest back, and lets go of the store. */
  async stop(graceMs = 5_000): Promise<void> {
    if (this.state !== 'running') return;
    this.state = 'draining';
    await this.openActors.stop();
    await this.scheduler.stop();
    await this.held.stop();
    await this.runner.stop(graceMs);
    // With the store away this would wait for ever. What is not written then was not acknowledged, or is still a task.
    if (!(await this.settledWithin(graceMs))) this.logger.warn({}, 'stopping with signals that could not be written');
    await this.lease.stop();
  }

  private async settledWithin(ms: number): Promise<boolean> {
    let cancel = (): void => undefined;
    const late = new Promise<false>((resolve) => {
      cancel = this.clock.after(ms, () => resolve(false));
    });
    const settled = this.host
      .idle()
      .then(() => this.committer.drained())
      .then(() => true);
    const result = await Promise.race([settled, late]);
    cancel();
    return result;
  }

  get ready(): boolean {
    return this.state === 'running';
  }

  /** True from {@link stop} on. */
  get draining(): boolean {
    return this.state === 'draining';
  }

  /** How far the audit of open actors got since this node started. */
  get audit(): AuditSummary {
    return this.openActors.summary;
  }

  /** On the machine's current version, whichever the registration is of. @throws DrainingError @throws StoreUnavailableError */
  async startActor({ machineId }: RegisteredMachine, actorId: string, input: unknown): Promise<HostAnswer> {
    this.refuseWhenDraining();
    return this.host.start(this.registry.current(machineId), actorId, input);
  }

  /** @throws UnknownActorError @throws DrainingError @throws StoreUnavailableError */
  async sendEvent(
    actorId: string,
    event: ExternalEvent,
    key: string | null,
    ifRevision?: readonly number[],
  ): Promise<HostAnswer> {
    this.refuseWhenDraining();
    return this.host.deliver(actorId, { kind: 'event', event, key, ifRevision });
  }

  /** @throws UnknownActorError @throws DrainingError @throws StoreUnavailableError */
  async command(
    actorId: string,
    command: ActorCommand,
    key: string | null,
    ifRevision?: readonly number[],
  ): Promise<HostAnswer> {
    this.refuseWhenDraining();
    return this.host.deliver(actorId, { kind: 'command', command, key, ifRevision });
  }

  /**
   * Deletes actors that have ended, with all that is stored of them. @returns the ids of those deleted.
   * @throws DrainingError @throws StoreUnavailableError
   */
  async purge(actorIds: readonly string[]): Promise<readonly string[]> {
    this.refuseWhenDraining();
    const purged = await this.store.purge(actorIds);
    for (const actorId of purged) this.host.forget(actorId);
    return purged;
  }

  /** Calls `listener` after every commit of this node; returns how to stop that. */
  onCommitted(listener: CommittedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `listener` with every open actor the audit finds that cannot go on; register it before {@link start}. */
  onMisfit(listener: IncompatibilityListener): () => void {
    this.misfitListeners.add(listener);
    return () => this.misfitListeners.delete(listener);
  }

  private refuseWhenDraining(): void {
    if (this.state !== 'running') throw new DrainingError();
  }

  /** Invariant 3: called only once the commit is durable. */
  private act(effects: Effects): void {
    const { actor, registration } = effects;
    const isSuspended = actor.runtimeStatus === 'suspended';
    for (const taskId of effects.endedTasks) {
      // What runs while the actor is suspended goes on: its result is kept.
      if (isSuspended) this.runner.hold(actor.actorId, taskId);
      else this.runner.cancel(actor.actorId, taskId);
    }
    if (this.state === 'running') {
      for (const activity of effects.startActivities) this.runner.start(registration, actor.actorId, activity, 1);
    }
    for (const dueAt of effects.freeTasksDueAt) this.scheduler.notice(dueAt);
    for (const listener of this.listeners) listener(actor);
  }

  private async takeOver(task: TaskRecord): Promise<void> {
    const { actorId, taskId } = task;
    try {
      if (task.kind === 'timer') {
        await this.fire(task);
        return;
      }
      if (this.runner.isRunning(actorId, taskId)) return;
      // Never the cached record here: another node may have moved the actor on.
      const actor = await this.store.loadActor(actorId);
      const loaded = actor === null ? null : loadOntoMachine(this.registry, actor, this.clock.now());
      // The task of a suspended one comes again when it is resumed.
      if (loaded?.record.runtimeStatus === 'suspended') return;
      const activity = loaded === null ? null : findRunningActivity(loaded.record, taskId);
      if (loaded === null || activity === null) {
        if (loaded?.migration != null) {
          // The migration leaves this activity: its turn ends the task, and starts what takes its place.
          await this.host.deliver(actorId, { kind: 'settle' });
          return;
        }
        this.logger.warn({ actorId, taskId }, 'a task without its activity was claimed');
        return;
      }
      const { registration } = loaded;
      this.observer.activityTakenOver(loaded.record);
      this.runner.start(registration, actorId, activity, task.deliveries);
    } catch (error) {
      this.logger.error({ actorId, taskId, err: error }, 'a due task could not be run');
      if (isIncompatible(error)) await this.recordMisfit(actorId);
      // It stays ours in the store: without this nobody would look at it again.
      if (error instanceof StoreUnavailableError) this.held.recheck();
    }
  }

  /** The next turn of such an actor is refused, and that is on record then. */
  private async recordMisfit(actorId: string): Promise<void> {
    try {
      await this.host.deliver(actorId, { kind: 'settle' });
    } catch (error) {
      if (!isIncompatible(error)) this.logger.error({ actorId, err: error }, 'a misfit could not be recorded');
    }
  }

  /** Whether a task that waited for its place is still there, and still this node's: it may be asked of no other. */
  private async isHeld(actorId: string, taskId: string): Promise<boolean> {
    try {
      const tasks = await this.store.tasksOf(actorId);
      return tasks.some((task) => task.taskId === taskId && task.ownerNode === this.nodeId);
    } catch (error) {
      if (error instanceof StoreUnavailableError) return true;
      throw error;
    }
  }

  private async fire({ actorId, taskId, dueAt }: TaskRecord): Promise<void> {
    const key = `${actorId} ${taskId}`;
    if (this.firing.has(key)) return;
    this.firing.add(key);
    try {
      const { disposition } = await this.host.deliver(actorId, { kind: 'timer', taskId });
      if (disposition === 'applied') this.observer.timerFired(this.clock.now() - dueAt);
    } finally {
      this.firing.delete(key);
    }
  }
}
