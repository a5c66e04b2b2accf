/**
 * Puts the parts of the runtime together, starts them in order and stops them in reverse order.
 *
 * Recovery is no special mode: at start the node registers and claims due tasks, and the tasks of dead nodes are due. A parked
 * actor costs nothing; the compatibility audit reads it once after each start.
 * Leaves to others: messages (actor-host.ts), due tasks (task-scheduler.ts, task-execution.ts), activities
 * (activity-runner.ts), the typed interface (durable-handle.ts).
 */
import { randomUUID } from 'node:crypto';
import type { AnyStateMachine } from 'xstate';
import type { ActorCommand } from '../model/actor-command.js';
import { ActivityRunner } from '../activity/activity-runner.js';
import { ActorHost, type Effects } from './actor-host.js';
import type { DeliveryOutcome } from './mailboxes.js';
import { TaskExecution } from './task-execution.js';
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
import type { ActorRecord, DurableStore } from '../model/store.port.js';
import { TaskScheduler } from './task-scheduler.js';

export interface RuntimeOptions {
  readonly store: DurableStore;
  /** Machines that are registered already. Default: none. */
  readonly registry?: MachineRegistry;
  readonly clock?: Clock;
  readonly logger?: DurableLogger;
  readonly crashPoints?: CrashPoints;
  /** For metrics, traces and logs. */
  readonly observer?: RuntimeObserver;
  /** Longest time between two polls for due tasks. Default: 2 s. */
  readonly pollMs?: number;
  /** How long a node counts as alive after it renewed its lease. Default: 10 s. */
  readonly leaseMs?: number;
  /** Number of actors whose last record is cached. Default: 2,000. */
  readonly cacheSize?: number;
  /** Most bytes that these take together. Default: 64 MB. */
  readonly cacheBytes?: number;
}

const DEFAULTS = { pollMs: 2_000, leaseMs: 10_000, cacheSize: 2_000, cacheBytes: 64 * 1_048_576, claimPage: 100 };

export interface SendOptions {
  /** Deduplicates: a second message of the same key changes nothing. */
  readonly key?: string | undefined;
  /** Revisions, any of which the actor must have; else the message is refused as `moved`. */
  readonly ifRevision?: readonly number[] | undefined;
  /** The actor must be of this machine; else it is unknown. Default: any. */
  readonly machineId?: string | undefined;
}

export type CommittedListener = (actor: ActorRecord) => void;
export type IncompatibilityListener = (found: Incompatibility) => void;

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
  private readonly recovery: OwnedTaskRecovery;
  private readonly tasks: TaskExecution;
  private readonly compatibility: CompatibilityAudit;
  private readonly listeners = new Set<CommittedListener>();
  private readonly incompatibleListeners = new Set<IncompatibilityListener>();
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
    const breaker = new StoreCircuitBreaker(clock);
    this.host = new ActorHost({
      store,
      committer: this.committer,
      registry: this.registry,
      clock,
      logger,
      observer,
      nodeId,
      breaker,
      cacheSize: options.cacheSize ?? DEFAULTS.cacheSize,
      cacheBytes: options.cacheBytes ?? DEFAULTS.cacheBytes,
      onCommitted: (effects) => this.act(effects),
      onUnknown: () => this.recovery.recheck(),
    });
    this.runner = new ActivityRunner({
      clock,
      crashPoints,
      logger,
      observer,
      deliver: (actorId, result) => this.host.deliver(actorId, result),
      isHeld: (actorId, taskId) => this.tasks.isHeld(actorId, taskId),
    });
    this.tasks = new TaskExecution({
      store,
      registry: this.registry,
      clock,
      logger,
      observer,
      nodeId,
      host: this.host,
      runner: this.runner,
      onUnknown: () => this.recovery.recheck(),
    });
    for (const registration of this.registry.all()) this.runner.prepare(registration);
    this.scheduler = new TaskScheduler({
      store,
      clock,
      crashPoints,
      logger,
      nodeId,
      breaker,
      pollMs: options.pollMs ?? DEFAULTS.pollMs,
      pageSize: DEFAULTS.claimPage,
      run: (task) => this.tasks.run(task),
      onUnknown: () => this.recovery.recheck(),
    });
    this.recovery = new OwnedTaskRecovery({ store, clock, logger, nodeId, run: (task) => this.tasks.run(task) });
    this.compatibility = new CompatibilityAudit({
      store,
      registry: this.registry,
      clock,
      logger,
      onIncompatible: async (found) => {
        for (const listener of this.incompatibleListeners) listener(found);
        await this.tasks.recordIncompatible(found.actor.actorId);
      },
      onCompatible: async (actorId) => {
        await this.host.deliver(actorId, { kind: 'reevaluate' });
      },
    });
    this.lease = new NodeLease({ store, clock, logger, nodeId, leaseMs: options.leaseMs ?? DEFAULTS.leaseMs });
  }

  /**
   * Call it before {@link start}. A machine may have several versions: see {@link MachineRegistry}.
   * @throws NotDurableError @throws Error when the registration contradicts an earlier one.
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

  /** Registers the node and claims the tasks that others left. @throws StoreUnavailableError */
  async start(): Promise<void> {
    await this.lease.start();
    this.state = 'running';
    this.scheduler.start();
    this.compatibility.start();
  }

  /** Takes no new work, lets running activities finish for `graceMs`, gives back the other tasks, and leaves the store. */
  async stop(graceMs = 5_000): Promise<void> {
    if (this.state !== 'running') return;
    this.state = 'draining';
    await this.compatibility.stop();
    await this.scheduler.stop();
    await this.recovery.stop();
    await this.runner.stop(graceMs);
    // Bounded, because the store may be away. What is not written was not acknowledged, or is still a task.
    if (!(await this.settledWithin(graceMs))) this.logger.warn({}, 'stopping with messages that could not be written');
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

  /** Whether the store took the last write of this node's lease, which it is asked for every third of the lease. */
  get canWrite(): boolean {
    return this.lease.isWritten;
  }

  /** True from {@link stop} on. */
  get draining(): boolean {
    return this.state === 'draining';
  }

  /** Progress of the compatibility audit since the start of this node. */
  get audit(): AuditSummary {
    return this.compatibility.summary;
  }

  /** Starts the actor on the machine's current version. @throws UniqueKeyTakenError @throws DrainingError @throws StoreUnavailableError */
  async startActor({ machineId }: RegisteredMachine, actorId: string, input: unknown): Promise<DeliveryOutcome> {
    this.refuseWhenDraining();
    return this.host.start(this.registry.current(machineId), actorId, input);
  }

  /** @throws UnknownActorError @throws DrainingError @throws StoreUnavailableError */
  async sendEvent(actorId: string, event: ExternalEvent, options: SendOptions = {}): Promise<DeliveryOutcome> {
    this.refuseWhenDraining();
    const { key = null, ifRevision, machineId } = options;
    return this.host.deliver(actorId, { kind: 'event', event, key, ifRevision }, machineId);
  }

  /** @throws UnknownActorError @throws DrainingError @throws StoreUnavailableError */
  async command(actorId: string, command: ActorCommand, options: SendOptions = {}): Promise<DeliveryOutcome> {
    this.refuseWhenDraining();
    const { key = null, ifRevision, machineId } = options;
    return this.host.deliver(actorId, { kind: 'command', command, key, ifRevision }, machineId);
  }

  /**
   * Deletes actors that have ended, with all their rows. @returns the ids of the deleted actors.
   * @throws DrainingError @throws StoreUnavailableError
   */
  async purge(actorIds: readonly string[]): Promise<readonly string[]> {
    this.refuseWhenDraining();
    const purged = await this.store.purge(actorIds);
    for (const actorId of purged) this.host.forget(actorId);
    return purged;
  }

  /** Calls `listener` after every commit of this node. The returned function ends that. */
  onCommitted(listener: CommittedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls `listener` with each incompatible actor that the audit finds. Call it before {@link start}. */
  onIncompatible(listener: IncompatibilityListener): () => void {
    this.incompatibleListeners.add(listener);
    return () => this.incompatibleListeners.delete(listener);
  }

  private refuseWhenDraining(): void {
    if (this.state !== 'running') throw new DrainingError();
  }

  /** Invariant 3: called only once the commit is durable. */
  private act(effects: Effects): void {
    const { actor, registration } = effects;
    const isSuspended = actor.runtimeStatus === 'suspended';
    for (const taskId of effects.endedTasks) {
      // A running activity of a suspended actor goes on: its result is kept.
      if (isSuspended) this.runner.hold(actor.actorId, taskId);
      else this.runner.cancel(actor.actorId, taskId);
    }
    if (this.state === 'running') {
      for (const activity of effects.startActivities) this.runner.start(registration, actor.actorId, activity, 1);
    }
    for (const dueAt of effects.freeTasksDueAt) this.scheduler.notice(dueAt);
    for (const listener of this.listeners) listener(actor);
  }
}
