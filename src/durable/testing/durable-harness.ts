/**
 * Runs durable machines in virtual time, on a store in memory: what a test of a machine needs, and nothing that a test could
 * wait for.
 *
 * ```ts
 * const harness = await DurableHarness.start({
 *   register: (node) => ({ loans: node.register({ machine: loanMachine }) }),
 *   activities: { fetchBook: failing(1, new RetryableError('closed', 'The library is closed.'), 'A3') },
 * });
 * await harness.handles.loans.start({ book: 'Emma' }, { id: 'loan-1' });
 * await harness.advance(5_000);
 * await harness.restart();
 * expect(await harness.types('loan-1')).toContain('activity.failed');
 * await harness.stop();
 * ```
 *
 * A restart is a kill -9: the runtime is cut off from store, clock and fakes in the middle of whatever it does, and another one
 * starts on the same store.
 */
import type { AnyStateMachine } from 'xstate';
import type { HistoryEntry } from '../handle/actor-view.js';
import { entryOf } from '../handle/actor-view.js';
import { DurableHandle } from '../handle/durable-handle.js';
import type { DurableMachineOptions } from '../machine/machine-registration.js';
import type { Clock } from '../model/clock.port.js';
import type { DurableStore, IncidentRecord, OutboxRecord, TaskRecord } from '../model/store.port.js';
import { DurableRuntime } from '../runtime/durable-runtime.js';
import type { RuntimeOptions } from '../runtime/runtime-options.js';
import { FakeActivities, type FakeActivity } from './fake-activities.js';
import { MemoryStore } from './memory-store.js';
import { RecordingLogger } from './recording-logger.js';
import { settle, VirtualClock } from './virtual-clock.js';

const DAY_MS = 86_400_000;
const ALL = 1_000_000;

/** One process of the harness, while its machines are registered. */
export interface HarnessNode {
  readonly runtime: DurableRuntime;
  /** Registers a machine with the harness's fakes. @returns the handle of its actors. */
  register<TMachine extends AnyStateMachine>(options: DurableMachineOptions<TMachine>): DurableHandle<TMachine>;
}

export interface HarnessOptions<THandles> {
  /** Called at the start and at each restart, as an application registers its machines. */
  readonly register: (node: HarnessNode) => THandles;
  /** Answers in place of the machines' own activities, by name. */
  readonly activities?: Readonly<Record<string, FakeActivity>>;
  /** Default: a new one. */
  readonly store?: MemoryStore;
  /** Default: a new one. */
  readonly clock?: VirtualClock;
  /** Of the runtime. By default it looks for due tasks once a day: all that is due here is due by its own timer. */
  readonly runtime?: Omit<RuntimeOptions, 'store' | 'clock'>;
}

export class DurableHarness<THandles> {
  readonly store: MemoryStore;
  readonly clock: VirtualClock;
  readonly activities: FakeActivities;
  /** What the runtime logged since the first start. */
  readonly log: RecordingLogger;
  /** Of the machines, as the last start registered them. */
  handles!: THandles;
  runtime!: DurableRuntime;
  private cutOff: () => void = () => undefined;

  private constructor(private readonly options: HarnessOptions<THandles>) {
    this.store = options.store ?? new MemoryStore();
    this.clock = options.clock ?? new VirtualClock();
    this.activities = new FakeActivities(options.activities ?? {});
    this.log = new RecordingLogger(options.runtime?.logger);
  }

  static async start<THandles>(options: HarnessOptions<THandles>): Promise<DurableHarness<THandles>> {
    const harness = new DurableHarness(options);
    await harness.boot();
    return harness;
  }

  /** Moves time on, fires what falls due on the way, and lets everything that follows settle. */
  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms);
  }

  /** Lets everything that can go on without time go on. */
  async settle(): Promise<void> {
    await settle();
  }

  /** As kill -9 and a new start; what was not committed is lost, what was goes on. */
  async restart(): Promise<void> {
    this.kill();
    await this.boot();
    await settle();
  }

  /** As kill -9: nothing is handed back, and nothing of the runtime acts any more. */
  kill(): void {
    this.cutOff();
    this.store.nodes.delete(this.runtime.nodeId);
  }

  /** As SIGTERM, without grace for running activities. Time does not move. */
  async stop(): Promise<void> {
    const stopped = this.runtime.stop(0);
    // The end of no grace is a deadline too: the clock must come to it.
    await this.clock.advance(0);
    await stopped;
    this.cutOff();
  }

  /** Every entry, oldest first. */
  async history(actorId: string): Promise<readonly HistoryEntry[]> {
    return (await this.store.history({ actorId, afterSeq: 0, limit: ALL })).map(entryOf);
  }

  /** Types of the history's entries, oldest first. */
  async types(actorId: string): Promise<readonly string[]> {
    return (await this.history(actorId)).map(({ type }) => type);
  }

  /** The machine's persisted snapshot. @throws Error when there is no such actor. */
  async snapshot(actorId: string): Promise<unknown> {
    const record = await this.store.loadActor(actorId);
    if (record === null) throw new Error(`There is no actor ${actorId}.`);
    return JSON.parse(record.snapshot);
  }

  /** Running activities and timers. */
  tasks(actorId: string): Promise<TaskRecord[]> {
    return this.store.tasksOf(actorId);
  }

  /** Open incidents of the actor, newest first. */
  incidents(actorId: string): Promise<IncidentRecord[]> {
    return this.store.listIncidents({ subjectId: actorId, open: true, limit: ALL });
  }

  /** Messages that the actor published, oldest first. Nothing delivers them. */
  outbox(actorId: string): readonly OutboxRecord[] {
    return this.store.outbox.filter((message) => message.actorId === actorId);
  }

  private async boot(): Promise<void> {
    const { store, clock, isAlive, cutOff } = severable(this.store, this.clock);
    const defaults = { pollMs: DAY_MS, leaseMs: 3 * DAY_MS };
    const runtime = new DurableRuntime({ ...defaults, ...this.options.runtime, logger: this.log, store, clock });
    this.cutOff = cutOff;
    this.runtime = runtime;
    this.handles = this.options.register({
      runtime,
      register: (options) => {
        const machine = this.activities.provide(options.machine, isAlive);
        return new DurableHandle(runtime, runtime.register({ ...options, machine }));
      },
    });
    await runtime.start();
  }
}

/** Store and clock of one process: once cut off, nothing it asks for is ever answered. */
function severable(store: MemoryStore, clock: VirtualClock) {
  let isAlive = true;
  const ownClock: Clock = {
    now: () => clock.now(),
    after: (ms, run) =>
      clock.after(ms, () => {
        if (isAlive) run();
      }),
  };
  const ownStore: DurableStore = new Proxy<MemoryStore>(store, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return (...request: unknown[]): unknown =>
        isAlive ? Reflect.apply(member, target, request) : new Promise(() => undefined);
    },
  });
  return { store: ownStore, clock: ownClock, isAlive: () => isAlive, cutOff: () => (isAlive = false) };
}
