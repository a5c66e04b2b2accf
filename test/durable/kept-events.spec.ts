import { setup } from 'xstate';
import { DurableHarness } from '../../src/durable/testing.js';

const machine = setup({
  types: { events: {} as { type: 'open' } | { type: 'parcel'; n: number } | { type: 'closeDown' } },
}).createMachine({
  id: 'depot',
  initial: 'closed',
  states: {
    closed: { on: { open: 'opened' } },
    opened: { on: { parcel: { actions: () => undefined }, closeDown: 'gone' } },
    gone: { type: 'final' },
  },
});

const MOST = 5;
const boot = () =>
  DurableHarness.start({
    register: (node) => node.register({ machine, maxKeptEvents: MOST, keptOnce: ['closeDown'] }),
  });
type Harness = Awaited<ReturnType<typeof boot>>;
const clerk = { by: 'clerk', reason: 'told so' };

describe('Events that an actor keeps (G6)', () => {
  let harness: Harness;
  beforeEach(async () => {
    harness = await boot();
    await harness.handles.start(undefined, { id: 'a' });
  });
  afterEach(() => harness.stop());

  const send = (n: number) => harness.handles.send('a', { type: 'parcel', n }, { key: `parcel-${n}` });
  const close = (n: number) => harness.handles.send('a', { type: 'closeDown' }, { key: `close-${n}` });
  const kept = async () => (await harness.store.loadActor('a'))?.keptEvents;

  it.each([false, true])('are capped: one more is refused and changes nothing (suspended: %s)', async (suspended) => {
    if (suspended) await harness.handles.suspend('a', clerk);
    for (let n = 0; n < MOST; n++) expect((await send(n)).disposition).toBe('kept');
    const before = await harness.store.loadActor('a');
    for (let n = MOST; n < 3 * MOST; n++) {
      expect(await send(n)).toMatchObject({ disposition: 'refused', reason: 'too_many_kept' });
    }
    expect(await harness.store.loadActor('a')).toEqual(before);
    expect((await send(0)).disposition).toBe('duplicate');
  });

  it.each([false, true])(
    'of a type that counts once are one, however often they come (suspended: %s)',
    async (suspended) => {
      if (suspended) await harness.handles.suspend('a', clerk);
      for (let n = 0; n < 100; n++) expect((await close(n)).disposition).toBe('kept');
      expect(await kept()).toBe(1);
      if (suspended) await harness.handles.resume('a', { ...clerk, deadlines: 'keep' });
      await harness.handles.send('a', { type: 'open' });
      expect(await harness.store.loadActor('a')).toMatchObject({ runtimeStatus: 'completed' });
    },
  );

  it('of other types go beside it, up to the cap, and all are taken', async () => {
    await close(1);
    for (let n = 0; n < MOST; n++) await send(n);
    expect(await kept()).toBe(MOST);
    await harness.handles.send('a', { type: 'open' });
    expect(await kept()).toBe(0);
  });
});
