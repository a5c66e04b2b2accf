/** Several nodes of the runtime on one store in memory: the store can go away, and each node can stand still. */
import { setup } from 'xstate';
import { type DurableHandle, fromActivity, StoreUnavailableError } from '../../src/durable/index.js';
import {
  DurableHarness,
  held,
  type HeldActivity,
  MemoryStore,
  settle,
  VirtualClock,
} from '../../src/durable/testing.js';

export const LEASE_MS = 10_000;
export const POLL_MS = 2_000;
export const CALL_MS = 60_000;

/** An errand that asks a partner once, and waits for a person when the partner fails. */
const errandMachine = setup({
  actors: { ask: fromActivity<string, undefined>(() => Promise.resolve('never asked: the test answers')) },
}).createMachine({
  id: 'errand',
  initial: 'asking',
  states: {
    asking: { invoke: { src: 'ask', id: 'ask', onDone: 'answered', onError: 'stranded' } },
    answered: { type: 'final' },
    stranded: { tags: ['incident'] },
  },
});

/** The time of all, of which this node notices nothing while it stands still. */
class NodeClock extends VirtualClock {
  private stalledUntil = 0;

  constructor(private readonly shared: VirtualClock) {
    super();
  }

  stall(ms: number): void {
    this.stalledUntil = this.shared.now() + ms;
  }

  override now(): number {
    return this.shared.now();
  }

  override after(delayMs: number, run: () => void): () => void {
    let cancel = (): void => undefined;
    const plan = (ms: number): void => {
      cancel = this.shared.after(ms, () => {
        const restMs = this.stalledUntil - this.shared.now();
        if (restMs > 0) plan(restMs);
        else run();
      });
    };
    plan(delayMs);
    return () => cancel();
  }

  override advance(ms: number): Promise<void> {
    return this.shared.advance(ms);
  }
}

export interface SceneNode {
  readonly harness: DurableHarness<DurableHandle<typeof errandMachine>>;
  readonly clock: NodeClock;
  readonly partner: HeldActivity;
}

export class NodeScene {
  readonly clock = new VirtualClock();
  readonly store = new MemoryStore();
  readonly nodes: SceneNode[] = [];
  isAway = false;
  /** Nodes that do not reach the store. */
  readonly cutOff = new Set<number>();

  async boot(count: number, timeoutMs = CALL_MS): Promise<void> {
    for (let node = 0; node < count; node += 1) await this.bootOne(timeoutMs);
  }

  async bootOne(timeoutMs = CALL_MS): Promise<SceneNode> {
    const clock = new NodeClock(this.clock);
    const partner = held();
    const harness = await DurableHarness.start({
      store: this.reachedBy(this.nodes.length),
      clock,
      runtime: { pollMs: POLL_MS, leaseMs: LEASE_MS },
      activities: { ask: partner.run },
      register: (node): DurableHandle<typeof errandMachine> =>
        node.register({ machine: errandMachine, activityDefaults: { timeoutMs } }),
    });
    const node = { harness, clock, partner };
    this.nodes.push(node);
    return node;
  }

  async startErrands(perNode: number): Promise<readonly string[]> {
    const ids = this.nodes.flatMap((_, node) => Array.from({ length: perNode }, (__, n) => `errand-${node}-${n}`));
    for (const [node, { harness }] of this.nodes.entries())
      for (let n = 0; n < perNode; n += 1) await harness.handles.start(undefined, { id: `errand-${node}-${n}` });
    await settle();
    return ids;
  }

  async outage(ms: number): Promise<void> {
    this.isAway = true;
    await this.clock.advance(ms);
    this.isAway = false;
  }

  /** How often partners were called, by all nodes together. */
  get calls(): number {
    return this.nodes.reduce((sum, { harness }) => sum + harness.activities.calls.length, 0);
  }

  get deliveries(): readonly number[] {
    return [...this.store.tasks.values()].map(({ deliveries }) => deliveries);
  }

  async stop(): Promise<void> {
    this.isAway = false;
    this.cutOff.clear();
    for (const { harness } of this.nodes) await harness.stop();
  }

  private reachedBy(node: number): MemoryStore {
    return new Proxy(this.store, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...request: unknown[]): unknown =>
          this.isAway || this.cutOff.has(node)
            ? Promise.reject(new StoreUnavailableError('The store is away.'))
            : Reflect.apply(member, target, request);
      },
    });
  }
}
