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
import { ActorHost } from './actor-host.js';
import type { Effects } from '../draft/effects.js';
import type { DeliveryOutcome } from './mailboxes.js';
import { TaskExecution } from './task-execution.js';
import { OwnedTaskRecovery } from './owned-task-recovery.js';
import type { Clock } from '../model/clock.port.js';
import { Admission } from '../commit/admission.js';
import { shareOfHeap } from '../commit/heap-share.js';
import { Committer } from '../commit/committer.js';
import { noCrashPoints } from '../model/crash-points.js';
import { DrainingError } from '../model/durable-errors.js';
import { type DurableLogger, silentLogger } from '../model/logger.port.js';
import type { DurableMachineOptions, RegisteredMachine } from '../machine/machine-registration.js';
import { MachineRegistry } from '../machine/machine-registry.js';
import { numericDelays } from '../xstate/numeric-delays.js';
import { FailureFence } from '../lease/failure-fence.js';
import { NodeLease } from '../lease/node-lease.js';
import { type AuditSummary, CompatibilityAudit, type Incompatibility } from './compatibility-audit.js';
import { type RuntimeObserver, silentObserver } from '../model/runtime-observer.js';
import type { ExternalEvent } from '../model/actor-message.js';
import { DEFAULT_OPTIONS, type RuntimeOptions, type SendOptions } from './runtime-options.js';
import { outsideRequests } from '../time/outside-requests.js';
import { settlesWithin } from '../time/settles-within.js';
import { SteadyClock } from '../time/steady-clock.js';
import { StoreCircuitBreaker } from './store-circuit-breaker.js';
import type { ActorRecord, DurableStore } from '../model/store.port.js';
import { TaskScheduler } from './task-scheduler.js';

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
  private readonly admission: Admission;
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
    this.clock = options.clock ?? new SteadyClock();
    this.logger = options.logger ?? silentLogger;
    this.observer = options.observer ?? silentObserver;
    const { store, clock, logger, observer, nodeId } = this;
    const crashPoints = options.crashPoints ?? noCrashPoints;
    this.committer = new Committer(store, crashPoints, clock, observer);
    this.admission = new Admission({
      maxPendingBytes: options.maxPendingBytes ?? shareOfHeap(1 / 4),
      maxPendingMs: options.maxPendingMs ?? DEFAULT_OPTIONS.maxPendingMs,
      commits: this.committer,
      logger,
      observer,
    });
    const breaker = new StoreCircuitBreaker(clock);
    const { leaseMs = DEFAULT_OPTIONS.leaseMs, maxClockOffsetMs = DEFAULT_OPTIONS.maxClockOffsetMs } = options;
    const onLost = (): void => this.recovery.recheck();
    this.lease = new NodeLease({ store, clock, logger, nodeId, leaseMs, maxClockOffsetMs, onLost });
    this.host = new ActorHost({
      store,
      committer: this.committer,
      admission: this.admission,
      registry: this.registry,
      clock,
      logger,
      observer,
      nodeId,
      breaker,
      fence: new FailureFence({ store, logger, nodeId, lease: this.lease }),
      cacheSize: options.cacheSize ?? DEFAULT_OPTIONS.cacheSize,
      cacheBytes: options.cacheBytes ?? DEFAULT_OPTIONS.cacheBytes,
      maxHoldMs: options.maxHoldMs ?? DEFAULT_OPTIONS.maxHoldMs,
      startEarly:
        options.safeBeforeCommit === false
          ? null
          : (...run) => (this.state === 'running' ? this.runner.startEarly(...run) : null),
      onCommitted: (effects) => outsideRequests(() => this.act(effects)),
      onUnknown: () => this.recovery.recheck(),
    });
    this.runner = new ActivityRunner({
      clock,
      crashPoints,
      logger,
      observer,
      deliver: (actorId, result, run) => this.host.deliver(actorId, result, null, run),
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
      lease: this.lease,
      pollMs: options.pollMs ?? DEFAULT_OPTIONS.pollMs,
      pageSize: DEFAULT_OPTIONS.claimPage,
      run: (task) => this.tasks.run(task),
      running: () => this.runner.running,
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
    this.host.drain();
    await this.compatibility.stop();
    await this.scheduler.stop();
    await this.recovery.stop();
    await this.runner.stop(graceMs);
    // Bounded, because the store may be away. What is not written was not acknowledged, or is still a task.
    const settled = this.host.idle().then(() => this.committer.drained());
    if (!(await settlesWithin(this.clock, graceMs, settled)))
      this.logger.warn({}, 'stopping with messages that could not be written');
    await this.lease.stop();
  }

  get ready(): boolean {
    return this.state === 'running';
  }

  /** Whether the store took the last write of this node's lease, which it is asked for every third of the lease. */
  get canWrite(): boolean {
    return this.lease.isWritten;
  }

  /** Outside callers are refused: more is under way than the database takes. */
  get overloaded(): boolean {
    return this.admission.isOverloaded;
  }

  /** Bytes of messages and commits under way, as far as they are counted, and how long one more commit would wait. */
  get pending(): { readonly bytes: number; readonly waitMs: number } {
    return { bytes: this.admission.pendingBytes, waitMs: this.admission.waitMs };
  }

  /** How far the machine's clock is ahead of the database's, in milliseconds; null where the database has no time of its own. */
  get clockOffsetMs(): number | null {
    return this.lease.clockOffsetMs;
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

  /** Invariant 3: called only once the commit is durable. Safe activities may run already. */
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
