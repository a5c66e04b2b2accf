import {
  DurableHarness,
  type FakeActivity,
  MemoryStore,
  VirtualClock,
  held,
  settle,
} from '../../src/durable/testing.js';
import type { DurableRuntime } from '../../src/durable/index.js';
import { parcelMachine } from '../support/parcel-machine.js';

describe('An activity that takes longer than a node lives', () => {
  let clock: VirtualClock;
  let store: MemoryStore;
  let sent: number;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
    sent = 0;
  });

  /** Without an answer the activity never ends. */
  async function boot(answer: FakeActivity = held().run, limit?: number) {
    const limits = limit === undefined ? {} : { limits: { post: limit }, activityDefaults: { limit: 'post' } };
    const harness = await DurableHarness.start({
      store,
      clock,
      activities: {
        send: (input, call) => {
          sent += 1;
          return answer(input, call);
        },
      },
      register: (node) => node.register({ machine: parcelMachine, ...limits }),
    });
    await harness.settle();
    return { runtime: harness.runtime, parcels: harness.handles };
  }

  async function stop(runtime: DurableRuntime): Promise<void> {
    const stopped = runtime.stop(1_000);
    await clock.advance(1_000);
    await stopped;
  }

  it('is run by the sixth node as by the first, when five stopped as they should: none of them counts as a death (G15)', async () => {
    const first = await boot();
    await first.parcels.start(undefined, { id: 'p' });
    await settle();
    await stop(first.runtime);
    for (let deployment = 1; deployment < 6; deployment += 1) {
      const { runtime } = await boot();
      expect(await store.tasksOf('p')).toMatchObject([{ deliveries: 1, ownerNode: runtime.nodeId }]);
      await stop(runtime);
    }
    expect(sent).toBe(6);
    expect(await store.tasksOf('p')).toMatchObject([{ deliveries: 0, ownerNode: null }]);
    const { parcels } = await boot(() => null);
    expect(await parcels.get('p')).toMatchObject({ status: 'sent' });
  });

  it('counts for every node that dies with it (G15)', async () => {
    const first = await boot();
    await first.parcels.start(undefined, { id: 'p' });
    await settle();
    for (let death = 1; death <= 3; death += 1) {
      store.nodes.clear();
      await boot();
      expect(await store.tasksOf('p')).toMatchObject([{ deliveries: 1 + death }]);
    }
  });

  it('has no task while its actor is suspended: restarts neither run nor count it, and it goes on when resumed (G13)', async () => {
    const first = await boot();
    await first.parcels.start(undefined, { id: 'p' });
    await settle();
    await first.parcels.suspend('p', { by: 'clerk' });
    expect(await store.tasksOf('p')).toEqual([]);
    for (let restart = 0; restart < 7; restart += 1) {
      store.nodes.clear();
      await boot();
    }
    expect(sent).toBe(1);
    store.nodes.clear();
    const { parcels, runtime } = await boot(() => null);
    await parcels.resume('p', { by: 'clerk' });
    expect(await store.tasksOf('p')).toMatchObject([
      { taskId: '0.parcel.sending#1', deliveries: 1, ownerNode: runtime.nodeId },
    ]);
    await settle();
    expect(sent).toBe(2);
    expect(await parcels.get('p')).toMatchObject({ status: 'sent' });
  });

  it('is not run twice by the node that never stopped running it (G3)', async () => {
    const { parcels } = await boot();
    await parcels.start(undefined, { id: 'p' });
    await settle();
    await parcels.suspend('p', { by: 'clerk' });
    await parcels.resume('p', { by: 'clerk' });
    await settle();
    expect(sent).toBe(1);
  });

  it.each(['suspend', 'terminate'] as const)(
    'is not begun any more after a %s while it waited for its place (G13)',
    async (command) => {
      const post = held();
      const { parcels } = await boot(post.run, 1);
      await parcels.start(undefined, { id: 'p' });
      await parcels.start(undefined, { id: 'queued' });
      await settle();
      await parcels[command]('queued', { by: 'clerk' });
      post.succeed(null);
      await settle();
      expect(sent).toBe(1);
      expect(await store.tasksOf('queued')).toEqual([]);
      if (command === 'terminate') return;
      await parcels.resume('queued', { by: 'clerk' });
      await settle();
      expect(sent).toBe(2);
    },
  );

  it('is not begun by the node that queued it after another node suspended its actor (G13)', async () => {
    const post = held();
    const one = await boot(post.run, 1);
    await one.parcels.start(undefined, { id: 'p' });
    await one.parcels.start(undefined, { id: 'queued' });
    await settle();
    const other = await boot();
    await other.parcels.suspend('queued', { by: 'clerk' });
    post.succeed(null);
    await settle();
    expect(sent).toBe(1);
  });
});
