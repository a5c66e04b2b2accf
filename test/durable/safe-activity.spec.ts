import { assign, fromPromise, setup } from 'xstate';
import { currentActivity, DurableHandle } from '../../src/durable/index.js';
import { DurableHarness, MemoryStore } from '../../src/durable/testing.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import { activitiesOf, ANSWERS, START } from '../model/order-fixture.js';
import { Errands } from './safe-errand.js';

/** As a disk that writes only when the test says so. */
class GatedStore extends MemoryStore {
  isShut = false;
  private readonly waiting: (() => void)[] = [];

  open(): void {
    this.isShut = false;
    for (const go of this.waiting.splice(0)) go();
  }

  override async commit(batch: Parameters<MemoryStore['commit']>[0]): ReturnType<MemoryStore['commit']> {
    if (this.isShut) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return super.commit(batch);
  }
}

const start = ({ handle }: Errands, id = 'a') => handle.start(undefined, { id });

describe('A safe activity (G3, invariant 3)', () => {
  it('begins while the commit of its turn is written, and an activity that is not safe only after it', async () => {
    const store = new GatedStore();
    const errands = await Errands.open({}, store, ['second']);
    store.isShut = true;
    const started = start(errands);
    await errands.harness.settle();
    expect([errands.calls('first'), store.actors.size]).toEqual([1, 0]);
    store.open();
    await started;
    await errands.harness.settle();
    store.isShut = true;
    errands.partners.second.open();
    await errands.harness.advance(10_000);
    // The commit that decided to write is under way.
    expect([errands.status('a'), errands.calls('write')]).toEqual(['asking', 0]);
    store.open();
    await errands.harness.settle();
    expect([errands.status('a'), errands.calls('write'), errands.tooEarly]).toEqual(['waiting', 1, []]);
    await errands.harness.stop();
  });

  it('begins after the commit as any other, and each turn is a commit, when the runtime is told so', async () => {
    const store = new GatedStore();
    const errands = await Errands.open({ safeBeforeCommit: false }, store);
    store.isShut = true;
    const started = start(errands);
    await errands.harness.settle();
    expect(errands.calls('first')).toBe(0);
    store.open();
    await started;
    await errands.harness.settle();
    expect([errands.status('a'), store.commits, store.actors.get('a')?.revision]).toEqual(['waiting', 6, 6]);
    await errands.harness.stop();
  });

  it('begins after its commit while commits wait long, so that a slow database sets the pace (G23)', async () => {
    const store = new GatedStore();
    const errands = await Errands.open({}, store);
    const { harness } = errands;
    store.isShut = true;
    const early = [start(errands, 'a')];
    await harness.settle();
    early.push(start(errands, 'b'));
    await harness.settle();
    expect(errands.calls('first')).toBe(2);
    await harness.advance(1_000);
    const late = start(errands, 'c');
    await harness.settle();
    expect(errands.calls('first')).toBe(2);
    store.open();
    await Promise.all([...early, late]);
    await harness.settle();
    expect([errands.calls('first'), errands.status('c')]).toEqual([3, 'waiting']);
    await harness.stop();
  });

  it('that waits for its place while its commit is written is not lost', async () => {
    const store = new GatedStore();
    const errands = await Errands.open({}, store, ['first']);
    const { harness, partners } = errands;
    store.isShut = true;
    const both = Promise.all([start(errands, 'a'), start(errands, 'b'), start(errands, 'c')]);
    await harness.settle();
    expect(errands.calls('first')).toBe(2);
    partners.first.open();
    await harness.settle();
    store.open();
    await both;
    await harness.settle();
    expect(['a', 'b', 'c'].map((id) => errands.status(id))).toEqual(['waiting', 'waiting', 'waiting']);
    await harness.stop();
  });

  it.each(['conflict', 'unavailable', 'lostAnswer'] as const)(
    'is aborted when the commit of its turn comes to nothing (%s), and asked again by the turn that does not',
    async (fault) => {
      const aborted: string[] = [];
      const machine = setup({
        actors: {
          read: fromPromise<string>(({ signal }) => {
            const { delivery } = currentActivity();
            signal.addEventListener('abort', () => aborted.push(`delivery ${delivery}`));
            return new Promise(() => undefined);
          }),
        },
      }).createMachine({
        id: 'reader',
        initial: 'reading',
        states: { reading: { invoke: { src: 'read', id: 'read' } } },
      });
      const harness = await DurableHarness.start({
        register: (node) => node.register({ machine, activities: { read: { safe: true } } }),
      });
      harness.store.faults.push(fault);
      await harness.handles.start(undefined, { id: 'a' }).catch(() => undefined);
      await harness.settle();
      expect(aborted).toEqual(['delivery 1']);
      await harness.handles.start(undefined, { id: 'a' });
      await harness.advance(1_000);
      expect([aborted, (await harness.tasks('a')).length]).toEqual([['delivery 1'], 1]);
      await harness.stop();
      expect(aborted).toHaveLength(2);
    },
  );

  it('is aborted when its state is left before it was ever committed', async () => {
    const errands = await Errands.open({}, undefined, ['second']);
    await start(errands);
    await errands.harness.settle();
    const { activities } = errands.harness;
    expect(await errands.handle.send('a', { type: 'cancel' })).toMatchObject({ disposition: 'applied' });
    await errands.harness.settle();
    expect(errands.partners.second.aborted).toBe(1);
    errands.partners.second.open();
    await errands.harness.settle();
    expect([errands.status('a'), errands.store.tasks.size, activities.calls.map(({ activity }) => activity)]).toEqual([
      'undone',
      0,
      ['first', 'second', 'undo'],
    ]);
    await errands.harness.stop();
  });

  it('does not begin before the commit after a process has died: a read that kills is counted by its deliveries (G15)', async () => {
    const store = new GatedStore();
    const errands = await Errands.open({}, store, ['first', 'second']);
    await start(errands);
    await errands.harness.restart();
    store.isShut = true;
    errands.partners.first.open();
    await errands.harness.settle();
    expect(errands.calls('second')).toBe(0);
    store.open();
    await errands.harness.settle();
    expect([errands.calls('second'), store.actors.get('a')?.revision]).toEqual([1, 2]);
    // Nothing died with the second one: all is as usual again.
    errands.partners.second.open();
    await errands.harness.settle();
    expect([errands.status('a'), store.commits]).toEqual(['waiting', 5]);
    await errands.harness.stop();
  });
});

describe('A draft that only reads (G1, G3, invariant 3)', () => {
  it('is held, so that its turns are one commit; one with the result of a write is not held', async () => {
    const errands = await Errands.open({}, undefined, ['third', 'fourth']);
    await start(errands);
    await errands.harness.settle();
    // Start; both reads; the write, whose effect is recorded while the third read is asked.
    expect([errands.store.commits, errands.status('a'), errands.calls('third')]).toEqual([3, 'quoting', 1]);
    errands.partners.third.open();
    await errands.harness.settle();
    expect([errands.store.commits, errands.calls('fourth')]).toEqual([3, 1]);
    errands.partners.fourth.open();
    await errands.harness.settle();
    expect([errands.store.commits, errands.store.actors.get('a')?.revision]).toEqual([4, 6]);
    const history = (await errands.handle.history('a')).map(({ seq, revision, type }) => `${seq} ${revision} ${type}`);
    expect(history).toEqual([
      '1 1 actor.started',
      '2 1 state.changed',
      '3 1 activity.scheduled',
      '4 1 timer.set',
      '5 2 activity.completed',
      '6 2 state.changed',
      '7 2 activity.scheduled',
      '8 3 activity.completed',
      '9 3 state.changed',
      '10 3 activity.scheduled',
      '11 3 timer.cancelled',
      '12 4 activity.completed',
      '13 4 state.changed',
      '14 4 activity.scheduled',
      '15 5 activity.completed',
      '16 5 state.changed',
      '17 5 activity.scheduled',
      '18 6 activity.completed',
      '19 6 state.changed',
    ]);
    await errands.harness.stop();
  });

  it('is committed when its time is over, though the read never answers', async () => {
    const errands = await Errands.open({ maxHoldMs: 100 }, undefined, ['second']);
    await start(errands);
    await errands.harness.advance(99);
    expect(errands.store.actors.get('a')?.revision).toBe(1);
    await errands.harness.advance(1);
    expect([errands.store.actors.get('a')?.revision, errands.calls('second')]).toEqual([2, 1]);
    errands.partners.second.open();
    await errands.harness.settle();
    expect([errands.status('a'), errands.calls('second')]).toEqual(['waiting', 1]);
    await errands.harness.stop();
  });

  it.each(['unavailable', 'conflict'] as const)(
    'is computed again when its commit comes to nothing (%s), from the results that are still known',
    async (fault) => {
      const errands = await Errands.open({}, undefined, ['first']);
      await start(errands);
      errands.store.faults.push(fault);
      errands.partners.first.open();
      await errands.harness.advance(1_000);
      expect([errands.status('a'), errands.calls('first'), errands.calls('second')]).toEqual(['waiting', 1, 2]);
      await errands.harness.stop();
    },
  );

  it('is committed when the node stops', async () => {
    const errands = await Errands.open({ maxHoldMs: 50_000 }, undefined, ['second']);
    await start(errands);
    await errands.harness.settle();
    expect(errands.store.actors.get('a')?.revision).toBe(1);
    await errands.harness.stop();
    expect([errands.store.actors.get('a')?.revision, [...errands.store.tasks.values()]]).toMatchObject([
      2,
      [{ kind: 'timer' }, { taskId: 'second#3', ownerNode: null, deliveries: 0 }],
    ]);
  });

  it('is not held once the node stops', async () => {
    const errands = await Errands.open({}, undefined, ['first']);
    await start(errands);
    const stopping = errands.harness.runtime.stop(1_000);
    await errands.harness.settle();
    errands.partners.first.open();
    await errands.harness.settle();
    expect([errands.store.actors.get('a')?.revision, errands.calls('second')]).toEqual([2, 0]);
    await errands.harness.advance(1_000);
    await stopping;
    expect([...errands.store.tasks.values()]).toMatchObject([
      { kind: 'timer' },
      { taskId: 'second#3', ownerNode: null },
    ]);
  });

  it('is not held over a deadline', async () => {
    const errands = await Errands.open({ maxHoldMs: 1_000 }, undefined, ['first', 'second']);
    await start(errands);
    await errands.harness.advance(59_001);
    errands.partners.first.open();
    await errands.harness.settle();
    expect(errands.store.actors.get('a')?.revision).toBe(2);
    await errands.harness.stop();
  });

  it('takes a hundred messages at the most', async () => {
    const machine = setup({
      types: { context: {} as { left: number } },
      actors: { read: fromPromise<null>(() => Promise.resolve(null)) },
      actions: { count: assign({ left: ({ context }) => context.left - 1 }) },
      guards: { isOver: ({ context }) => context.left === 0 },
    }).createMachine({
      id: 'counter',
      context: { left: 250 },
      initial: 'reading',
      states: {
        reading: {
          always: { guard: 'isOver', target: 'done' },
          invoke: { src: 'read', id: 'read', onDone: { target: 'reading', reenter: true, actions: 'count' } },
        },
        done: { type: 'final' },
      },
    });
    const harness = await DurableHarness.start({
      register: (node) => node.register({ machine, activities: { read: { safe: true } } }),
    });
    await harness.handles.start(undefined, { id: 'a' });
    for (let time = 0; time < 20; time += 1) await harness.settle();
    expect([harness.store.actors.get('a')?.runtimeStatus, harness.store.commits]).toEqual(['completed', 4]);
    await harness.stop();
  });

  it('that fails as a defect is taken apart: what was right before is committed, and the message alone is refused (G7)', async () => {
    const machine = setup({
      types: { context: {} as { read: unknown } },
      actors: {
        one: fromPromise<null>(() => Promise.resolve(null)),
        two: fromPromise<null>(() => Promise.resolve(null)),
      },
      actions: { spoil: assign({ read: () => new Map() }) },
    }).createMachine({
      id: 'spoilt',
      context: { read: null },
      initial: 'one',
      states: {
        one: { invoke: { src: 'one', id: 'one', onDone: 'two' } },
        two: { invoke: { src: 'two', id: 'two', onDone: { target: 'three', actions: 'spoil' } } },
        three: {},
      },
    });
    const harness = await DurableHarness.start({
      register: (node) => node.register({ machine, activities: { one: { safe: true }, two: { safe: true } } }),
    });
    await harness.handles.start(undefined, { id: 'a' });
    // At once: taken apart, a message is not held.
    await harness.settle();
    expect(await harness.handles.get('a')).toMatchObject({ status: 'two', runtimeStatus: 'running' });
    expect(await harness.incidents('a')).toMatchObject([{ kind: 'turn_refused' }]);
    await harness.stop();
  });
});

describe('An order (G3)', () => {
  it.each([
    ['that reads before the commit', undefined, 8],
    ['that does not', false, 10],
  ] as const)('%s takes its ten turns in so many commits', async (_, safeBeforeCommit, commits) => {
    const logics = activitiesOf((activity) => Promise.resolve(ANSWERS[activity]));
    const harness = await DurableHarness.start({
      runtime: safeBeforeCommit === undefined ? {} : { safeBeforeCommit },
      register: ({ runtime }) => new DurableHandle(runtime, runtime.register(orderRegistration(logics))),
    });
    const orders = harness.handles;
    await orders.start(START, { id: START.orderId });
    await harness.settle();
    const { paymentId, amount } = ANSWERS.startPayment;
    await orders.send(START.orderId, { type: 'payment.accepted', paymentId, amount });
    await harness.settle();
    expect(await orders.get(START.orderId)).toMatchObject({ status: 'Completed', outcome: 'fulfilled', revision: 10 });
    expect(harness.store.commits).toBe(commits);
    await harness.stop();
  });
});
