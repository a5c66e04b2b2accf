import { fromPromise, setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock } from '../../src/durable/testing.js';

/** Parcels: rested for a minute after they were moved, then weighed. */
const parcelMachine = setup({
  types: { events: {} as { type: 'moved' | 'returned' } },
  actors: { weigh: fromPromise<number>(() => Promise.resolve(3)) },
}).createMachine({
  id: 'parcel',
  initial: 'shelved',
  states: {
    shelved: { on: { moved: 'resting' } },
    resting: { on: { returned: 'shelved' }, after: { 60_000: 'weighing' } },
    weighing: { invoke: { src: 'weigh', id: 'weigh', onDone: 'done' } },
    done: { type: 'final' },
  },
});

describe('Two nodes of the durable runtime on one store', () => {
  const clock = new VirtualClock();
  const store = new MemoryStore();

  async function boot() {
    const { runtime, handles: parcels } = await DurableHarness.start({
      store,
      clock,
      runtime: { pollMs: 1_000, leaseMs: 30_000 },
      register: (node) => node.register({ machine: parcelMachine, whenUnexpected: () => 'refuse' }),
    });
    return { runtime, parcels };
  }

  it('fire a timer that the other one set, though they remember the actor as it was before (G5, G11, invariant 5)', async () => {
    const [first, second] = [await boot(), await boot()];
    await first.parcels.start({}, { id: 'a' });
    await second.parcels.send('a', { type: 'moved' });
    await second.runtime.stop(0);
    await clock.advance(62_000);
    expect(await first.parcels.get('a')).toMatchObject({ status: 'done' });
    await first.runtime.stop(0);
  });

  it('turn an event away only as the store has the actor, not as they remember it (G6, G11)', async () => {
    const [first, second] = [await boot(), await boot()];
    await first.parcels.start({}, { id: 'b' });
    await first.parcels.send('b', { type: 'moved' });
    await second.parcels.send('b', { type: 'returned' });
    expect(await first.parcels.send('b', { type: 'moved' })).toMatchObject({ disposition: 'applied' });
    await first.runtime.stop(0);
    await second.runtime.stop(0);
  });
});
