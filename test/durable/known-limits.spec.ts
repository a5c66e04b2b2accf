/** The known limits of docs/XSTATE.md, as they are: when one of these changes, so must that page. */
import { assign, raise, setup } from 'xstate';
import { DurableHarness } from '../../src/durable/testing.js';

describe('A known limit (G14)', () => {
  let looks = 0;
  const impure = setup({
    types: { context: {} as { looks: number } },
    actions: { look: assign({ looks: () => (looks += 1) }) },
  }).createMachine({ id: 'impure', context: { looks: 0 }, on: { look: { actions: 'look' } } });

  const twins = setup({
    types: { context: {} as { order: readonly string[] }, events: {} as { type: 'one' } | { type: 'other' } },
    actions: {
      raiseOne: raise({ type: 'one' }, { id: 'one', delay: 1_000 }),
      raiseOther: raise({ type: 'other' }, { id: 'other', delay: 1_000 }),
    },
  }).createMachine({
    id: 'twins',
    context: { order: [] },
    entry: ['raiseOne', 'raiseOther'],
    on: {
      one: { actions: assign({ order: ({ context }) => [...context.order, 'one'] }) },
      other: { actions: assign({ order: ({ context }) => [...context.order, 'other'] }) },
    },
  });

  const choosy = setup({ types: { events: {} as { type: 'go'; far: boolean } | { type: 'open' } } }).createMachine({
    id: 'choosy',
    initial: 'shut',
    states: {
      shut: { on: { open: 'ajar' } },
      ajar: { always: { guard: ({ event }) => event.type === 'go', target: 'gone' } },
      gone: {},
    },
  });

  const start = () =>
    DurableHarness.start({
      register: (node) => ({
        impures: node.register({ machine: impure }),
        pairs: node.register({ machine: twins }),
        choosies: node.register({ machine: choosy }),
      }),
    });
  let harness: Awaited<ReturnType<typeof start>>;

  beforeEach(async () => (harness = await start()));
  afterEach(async () => {
    expect(harness.log.of('error')).toEqual([]);
    await harness.stop();
  });

  it('is that an impure action is carried out again when its turn is computed again: what it counts is not what happened', async () => {
    const { impures } = harness.handles;
    await impures.start(undefined, { id: 'i' });
    harness.store.faults.push('conflict');
    await impures.send('i', { type: 'look' });
    expect(await harness.snapshot('i')).toMatchObject({ context: { looks: 2 } });
    expect((await harness.types('i')).filter((type) => type === 'event.received')).toHaveLength(1);
  });

  it('is that two timers due in the same millisecond fire in the order of the store, each once', async () => {
    await harness.handles.pairs.start(undefined, { id: 'p' });
    await harness.advance(1_000);
    const { context } = (await harness.snapshot('p')) as { context: { order: readonly string[] } }; // of this machine
    expect([...context.order].sort()).toEqual(['one', 'other']);
  });

  it('is that a kept event is not tried on an eventless transition, while the same event is when it comes there', async () => {
    const { choosies } = harness.handles;
    await choosies.start(undefined, { id: 'early' });
    expect(await choosies.send('early', { type: 'go', far: true })).toMatchObject({ disposition: 'kept' });
    await choosies.send('early', { type: 'open' });
    expect((await choosies.get('early'))?.status).toBe('ajar');
    await choosies.start(undefined, { id: 'late' });
    await choosies.send('late', { type: 'open' });
    expect(await choosies.send('late', { type: 'go', far: true })).toMatchObject({ disposition: 'applied' });
    expect((await choosies.get('late'))?.status).toBe('gone');
  });
});
