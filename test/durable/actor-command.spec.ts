import { assign, setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableHandle } from '../../src/durable/index.js';
import { fromActivity } from '../../src/durable/index.js';

const HOUR = 3_600_000;

/** A parcel: weighed by an activity, then waits for its recipient until a deadline. */
function parcelMachine(weigh: (input: { scale: string }) => Promise<number>) {
  return setup({
    types: {
      context: {} as { scale: string; grams: number | null },
      input: {} as { scale: string },
      events: {} as { type: 'collect' } | { type: 'again' },
      tags: {} as 'incident',
    },
    actors: { weigh: fromActivity<number, { scale: string }>((input) => weigh(input)) },
    delays: { storage: 24 * HOUR },
  }).createMachine({
    id: 'parcel',
    context: ({ input }) => ({ scale: input.scale, grams: null }),
    initial: 'weighing',
    states: {
      weighing: {
        invoke: {
          src: 'weigh',
          id: 'weigh',
          input: ({ context }) => ({ scale: context.scale }),
          onDone: { target: 'stored', actions: assign({ grams: ({ event }) => event.output }) },
          onError: [{ guard: ({ context }) => context.scale === 'charted', target: 'stuck' }],
        },
      },
      stuck: { tags: 'incident', on: { again: 'weighing' } },
      stored: { on: { collect: 'collected' }, after: { storage: 'returned' } },
      collected: { type: 'final' },
      returned: { type: 'final' },
    },
  });
}

type Parcels = DurableHandle<ReturnType<typeof parcelMachine>>;

describe('Commands of an operator (G13)', () => {
  const clerk = { by: 'clerk', reason: 'told so' };
  let clock: VirtualClock;
  let store: MemoryStore;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
  });

  async function boot(
    weigh: (input: { scale: string }) => Promise<number> = () => Promise.resolve(500),
  ): Promise<Parcels> {
    store.nodes.clear();
    const { handles } = await DurableHarness.start({
      store,
      clock,
      register: (node): Parcels =>
        node.register({
          machine: parcelMachine(weigh),
          retryEvent: 'again',
          whenUnexpected: (event) => (event.type === 'again' ? 'refuse' : 'keep'),
        }),
    });
    return handles;
  }

  const typesOf = async (parcels: Parcels): Promise<string[]> =>
    (await parcels.history('p')).map((entry) => entry.type);

  it('suspend an actor: its deadlines stand still and what comes is kept, then taken when it resumes', async () => {
    const parcels = await boot();
    await parcels.start({ scale: 'A' }, { id: 'p' });
    await settle();
    expect(await parcels.suspend('p', clerk)).toMatchObject({ disposition: 'applied' });
    expect(await store.tasksOf('p')).toEqual([]);
    await clock.advance(30 * HOUR);
    expect(await parcels.get('p')).toMatchObject({ status: 'stored', runtimeStatus: 'suspended' });
    expect(await parcels.send('p', { type: 'collect' })).toMatchObject({ disposition: 'kept', reason: 'suspended' });
    expect(await parcels.resume('p', { ...clerk, deadlines: 'move' })).toMatchObject({ disposition: 'applied' });
    expect(await parcels.get('p')).toMatchObject({ status: 'collected', runtimeStatus: 'completed' });
    expect(await store.tasksOf('p')).toEqual([]);
  });

  it.each([
    { deadlines: 'keep', after: 0, status: 'returned' },
    { deadlines: 'move', after: 23 * HOUR, status: 'stored' },
    { deadlines: 'move', after: 24 * HOUR, status: 'returned' },
  ] as const)(
    'resume with deadlines "$deadlines": $after ms later it is $status',
    async ({ deadlines, after, status }) => {
      const parcels = await boot();
      await parcels.start({ scale: 'A' }, { id: 'p' });
      await settle();
      await parcels.suspend('p', clerk);
      clock.step(48 * HOUR);
      await parcels.resume('p', { ...clerk, deadlines });
      await clock.advance(after);
      expect((await parcels.get('p'))?.status).toBe(status);
    },
  );

  it('keep a result that comes while suspended, over a restart too, and run nothing twice', async () => {
    let release: (grams: number) => void = () => undefined;
    let runs = 0;
    const weigh = (): Promise<number> => {
      runs += 1;
      return new Promise((resolve) => (release = resolve));
    };
    const parcels = await boot(weigh);
    await parcels.start({ scale: 'A' }, { id: 'p' });
    await settle();
    await parcels.suspend('p', clerk);
    release(750);
    await settle();
    expect(await parcels.get('p')).toMatchObject({ status: 'weighing', runtimeStatus: 'suspended' });
    const again = await boot(weigh);
    await settle();
    await again.resume('p', clerk);
    expect((await again.open('p'))?.snapshot).toMatchObject({ value: 'stored', context: { grams: 750 } });
    expect(runs).toBe(1);
  });

  it('take what was kept in order: a result that ends the actor leaves the later ones refused, on record', async () => {
    const releases: (() => void)[] = [];
    const held = fromActivity<string, Record<string, never>>(
      () => new Promise((resolve) => releases.push(() => resolve('there'))),
    );
    const race = setup({ actors: { hare: held, hedgehog: held } }).createMachine({
      id: 'race',
      initial: 'running',
      states: {
        running: {
          invoke: [
            { src: 'hare', id: 'hare', input: {}, onDone: 'over' },
            { src: 'hedgehog', id: 'hedgehog', input: {}, onDone: 'over' },
          ],
        },
        over: { type: 'final' },
      },
    });
    const { handles: races } = await DurableHarness.start({
      store,
      clock,
      register: (node) => node.register({ machine: race }),
    });
    await races.start(undefined, { id: 'r' });
    await settle();
    await races.suspend('r', clerk);
    for (const release of releases) {
      release();
      await settle();
    }
    await races.resume('r', clerk);
    expect(await races.get('r')).toMatchObject({ runtimeStatus: 'completed' });
    expect([...store.events.values()].map(({ key, state }) => [key, state])).toEqual([
      ['result:hare#1', 'applied'],
      ['result:hedgehog#2', 'refused'],
    ]);
  });

  it('terminate an actor: no task is left, and an event that comes later is refused on record', async () => {
    const parcels = await boot();
    await parcels.start({ scale: 'A' }, { id: 'p' });
    await settle();
    await parcels.terminate('p', clerk);
    expect(await parcels.get('p')).toMatchObject({ runtimeStatus: 'terminated', status: 'stored', waitingFor: [] });
    expect(await store.tasksOf('p')).toEqual([]);
    expect(await parcels.send('p', { type: 'collect' })).toMatchObject({
      disposition: 'refused',
      reason: 'actor_ended',
    });
    expect((await typesOf(parcels)).slice(-2)).toEqual(['actor.terminated', 'event.refused']);
    expect(await parcels.terminate('p', clerk)).toMatchObject({ disposition: 'refused', reason: 'actor_ended' });
  });

  it('retry an incident with a corrected context, under a new idempotency key, and say who and why', async () => {
    const scales: string[] = [];
    const parcels = await boot(({ scale }) => {
      scales.push(scale);
      return scale === 'charted' ? Promise.reject(new Error('broken')) : Promise.resolve(1);
    });
    await parcels.start({ scale: 'charted' }, { id: 'p' });
    await settle();
    expect(await parcels.get('p')).toMatchObject({ status: 'stuck', incident: true });
    expect(await parcels.retry('p', { ...clerk, patch: { scale: 'B' } })).toMatchObject({ disposition: 'applied' });
    await settle();
    expect(await parcels.get('p')).toMatchObject({ status: 'stored', incident: false });
    expect(scales).toEqual(['charted', 'B']);
    expect((await parcels.incidents({ id: 'p' })).items).toMatchObject([
      {
        kind: 'retries_exhausted',
        status: 'stuck',
        cause: { type: 'activity.failed', data: { error: { message: 'broken' } } },
        resolution: 'edited',
        resolvedBy: 'clerk',
        reason: 'told so',
      },
    ]);
    const retried = (await parcels.history('p')).find((entry) => entry.type === 'actor.retried');
    expect(retried?.data).toEqual({ by: 'clerk', reason: 'told so', patch: { scale: 'B' } });
  });

  it('retry a failed machine from where it stood before it failed', async () => {
    let broken = true;
    const parcels = await boot(() => (broken ? Promise.reject(new Error('broken')) : Promise.resolve(2)));
    await parcels.start({ scale: 'A' }, { id: 'p' });
    await settle();
    expect(await parcels.get('p')).toMatchObject({ runtimeStatus: 'failed', incident: true });
    expect((await parcels.incidents({ open: true })).items).toMatchObject([{ kind: 'machine_failed', actorId: 'p' }]);
    broken = false;
    expect(await parcels.retry('p', clerk)).toMatchObject({ disposition: 'applied' });
    await settle();
    expect(await parcels.get('p')).toMatchObject({ runtimeStatus: 'running', status: 'stored', incident: false });
    expect((await parcels.incidents({ open: true })).items).toEqual([]);
    const attempts = (await parcels.history('p')).filter((entry) => entry.type === 'activity.scheduled');
    expect(attempts.map((entry) => entry.data['attempt'])).toEqual([1, 2]);
  });

  it('terminate a failed machine, which settles its incident', async () => {
    const parcels = await boot(() => Promise.reject(new Error('broken')));
    await parcels.start({ scale: 'A' }, { id: 'p' });
    await settle();
    expect(await parcels.terminate('p', clerk)).toMatchObject({ disposition: 'applied' });
    expect(await parcels.get('p')).toMatchObject({ runtimeStatus: 'terminated', incident: false });
    expect((await parcels.incidents()).items).toMatchObject([{ resolution: 'terminated', resolvedBy: 'clerk' }]);
  });

  it('are refused where they make no sense, and then change nothing', async () => {
    const parcels = await boot();
    await parcels.start({ scale: 'A' }, { id: 'p' });
    await settle();
    const before = (await parcels.get('p'))?.revision;
    expect(await parcels.retry('p', { ...clerk, patch: { scale: 'B' } })).toMatchObject({ reason: 'not_now' });
    expect(await parcels.resume('p', clerk)).toMatchObject({ disposition: 'refused', reason: 'not_now' });
    expect((await parcels.get('p'))?.revision).toBe(before);
    await parcels.suspend('p', { ...clerk, key: 'k' });
    expect(await parcels.suspend('p', { ...clerk, key: 'k' })).toMatchObject({ disposition: 'duplicate' });
    expect(await parcels.suspend('p', clerk)).toMatchObject({ disposition: 'refused', reason: 'not_now' });
  });
});
