import { setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableRuntime } from '../../src/durable/index.js';
import { fromActivity } from '../../src/durable/index.js';

function kilnMachine(fire: () => Promise<string>) {
  return setup({ actors: { fire: fromActivity<string, undefined>(fire) } }).createMachine({
    id: 'kiln',
    initial: 'firing',
    states: { firing: { invoke: { src: 'fire', id: 'fire', onDone: 'cooled' } }, cooled: { type: 'final' } },
  });
}

describe('An activity that takes longer than a node lives', () => {
  let clock: VirtualClock;
  let store: MemoryStore;
  let fired: number;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
    fired = 0;
  });

  const never = (): Promise<string> => {
    fired += 1;
    return new Promise(() => undefined);
  };

  async function boot(fire = never, limit?: number) {
    const machine = kilnMachine(fire);
    const limits = limit === undefined ? {} : { limits: { heat: limit }, activityDefaults: { limit: 'heat' } };
    const harness = await DurableHarness.start({
      store,
      clock,
      register: (node) => node.register({ machine, ...limits }),
    });
    await harness.settle();
    return { runtime: harness.runtime, kilns: harness.handles };
  }

  async function stop(runtime: DurableRuntime): Promise<void> {
    const stopped = runtime.stop(1_000);
    await clock.advance(1_000);
    await stopped;
  }

  it('is run by the sixth node as by the first, when five stopped as they should: none of them counts as a death (G15)', async () => {
    const first = await boot();
    await first.kilns.start(undefined, { id: 'k' });
    await settle();
    await stop(first.runtime);
    for (let deployment = 1; deployment < 6; deployment += 1) {
      const { runtime } = await boot();
      expect(await store.tasksOf('k')).toMatchObject([{ deliveries: 1, ownerNode: runtime.nodeId }]);
      await stop(runtime);
    }
    expect(fired).toBe(6);
    expect(await store.tasksOf('k')).toMatchObject([{ deliveries: 0, ownerNode: null }]);
    const { kilns } = await boot(() => Promise.resolve('hot'));
    expect(await kilns.get('k')).toMatchObject({ status: 'cooled' });
  });

  it('counts for every node that dies with it (G15)', async () => {
    const first = await boot();
    await first.kilns.start(undefined, { id: 'k' });
    await settle();
    for (let death = 1; death <= 3; death += 1) {
      store.nodes.clear();
      await boot();
      expect(await store.tasksOf('k')).toMatchObject([{ deliveries: 1 + death }]);
    }
  });

  it('has no task while its actor is suspended: restarts neither run nor count it, and it goes on when resumed (G13)', async () => {
    const first = await boot();
    await first.kilns.start(undefined, { id: 'k' });
    await settle();
    await first.kilns.suspend('k', { by: 'clerk' });
    expect(await store.tasksOf('k')).toEqual([]);
    for (let restart = 0; restart < 7; restart += 1) {
      store.nodes.clear();
      await boot();
    }
    expect(fired).toBe(1);
    store.nodes.clear();
    const { kilns, runtime } = await boot(() => {
      fired += 1;
      return Promise.resolve('hot');
    });
    await kilns.resume('k', { by: 'clerk' });
    expect(await store.tasksOf('k')).toMatchObject([{ taskId: 'fire#1', deliveries: 1, ownerNode: runtime.nodeId }]);
    await settle();
    expect(fired).toBe(2);
    expect(await kilns.get('k')).toMatchObject({ status: 'cooled' });
  });

  it('is not run twice by the node that never stopped running it (G3)', async () => {
    const { kilns } = await boot();
    await kilns.start(undefined, { id: 'k' });
    await settle();
    await kilns.suspend('k', { by: 'clerk' });
    await kilns.resume('k', { by: 'clerk' });
    await settle();
    expect(fired).toBe(1);
  });

  it.each(['suspend', 'terminate'] as const)(
    'is not begun any more after a %s while it waited for its place (G13)',
    async (command) => {
      let release: (heat: string) => void = () => undefined;
      const { kilns } = await boot(() => {
        fired += 1;
        return new Promise((resolve) => (release = resolve));
      }, 1);
      await kilns.start(undefined, { id: 'k' });
      await kilns.start(undefined, { id: 'queued' });
      await settle();
      await kilns[command]('queued', { by: 'clerk' });
      release('hot');
      await settle();
      expect(fired).toBe(1);
      expect(await store.tasksOf('queued')).toEqual([]);
      if (command === 'terminate') return;
      await kilns.resume('queued', { by: 'clerk' });
      await settle();
      expect(fired).toBe(2);
    },
  );

  it('is not begun by the node that queued it after another node suspended its actor (G13)', async () => {
    let release: (heat: string) => void = () => undefined;
    const one = await boot(() => {
      fired += 1;
      return new Promise((resolve) => (release = resolve));
    }, 1);
    await one.kilns.start(undefined, { id: 'k' });
    await one.kilns.start(undefined, { id: 'queued' });
    await settle();
    const other = await boot();
    await other.kilns.suspend('queued', { by: 'clerk' });
    release('hot');
    await settle();
    expect(fired).toBe(1);
  });
});
