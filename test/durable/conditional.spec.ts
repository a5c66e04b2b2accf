import { assign, setup } from 'xstate';
import { DurableHarness, MemoryStore } from '../../src/durable/testing.js';
import type { DurableHandle, DurableRuntime } from '../../src/durable/index.js';
import { UniqueKeyTakenError, UnknownActorError } from '../../src/durable/index.js';

interface Input {
  readonly desk: string;
}

const fail = (): never => {
  throw new Error('broken');
};

/** A desk that is taken from its first visitor to the last word. */
const visitMachine = setup({
  types: {
    context: {} as Input & { readonly words: number }, // XState reads types off a value
    input: {} as Input,
    events: {} as { type: 'say' } | { type: 'leave' } | { type: 'break' },
  },
}).createMachine({
  id: 'visit',
  context: ({ input }) => ({ ...input, words: 0 }),
  initial: 'talking',
  states: {
    talking: {
      on: {
        say: { actions: assign({ words: ({ context }) => context.words + 1 }) },
        leave: 'left',
        break: { actions: fail },
      },
    },
    left: { type: 'final' },
  },
});

const visitsOn = (store: MemoryStore) =>
  DurableHarness.start({ store, register: (node) => node.register({ machine: visitMachine }) });

describe('an actor with a unique key (G18)', () => {
  let store: MemoryStore;
  const runtimes: DurableRuntime[] = [];
  beforeEach(() => (store = new MemoryStore()));
  afterEach(async () => {
    for (const runtime of runtimes.splice(0)) await runtime.stop(0);
  });

  const node = async (): Promise<DurableHandle<typeof visitMachine>> => {
    const harness = await DurableHarness.start({
      store,
      register: (each) =>
        each.register({
          machine: visitMachine,
          uniqueKey: ({ desk }) => desk,
          attributes: ({ context }) => ({ desk: context.desk, words: String(context.words) }),
        }),
    });
    runtimes.push(harness.runtime);
    return harness.handles;
  };

  it('keeps others with it from starting until it has ended; what came with their start is refused with them', async () => {
    const [here, there] = [await node(), await node()];
    await here.start({ desk: 'a' }, { id: 'first' });
    for (const visits of [here, there]) {
      const late = visits.start({ desk: 'a' }, { id: 'second' });
      await expect(late).rejects.toMatchObject({ code: 'live_key_taken', actorId: 'first' });
      await expect(late).rejects.toBeInstanceOf(UniqueKeyTakenError);
    }
    await expect(here.send('second', { type: 'say' })).rejects.toBeInstanceOf(UnknownActorError);
    await expect(there.start({ desk: 'a' }, { id: 'first' })).resolves.toMatchObject({ created: false });
    await expect(there.start({ desk: 'b' }, { id: 'other' })).resolves.toMatchObject({ created: true });
    await here.suspend('first', { by: 'test' });
    await expect(there.start({ desk: 'a' }, { id: 'second' })).rejects.toBeInstanceOf(UniqueKeyTakenError);
    await here.resume('first', { by: 'test' });
    await here.send('first', { type: 'leave' });
    await expect(there.start({ desk: 'a' }, { id: 'second' })).resolves.toMatchObject({ created: true });
  });

  it('keeps it though its machine failed, for it may be retried, and gives it up when it is terminated', async () => {
    const visits = await node();
    await visits.start({ desk: 'a' }, { id: 'first' });
    await visits.send('first', { type: 'break' });
    expect((await visits.get('first'))?.runtimeStatus).toBe('failed');
    await expect(visits.start({ desk: 'a' }, { id: 'second' })).rejects.toBeInstanceOf(UniqueKeyTakenError);
    await visits.terminate('first', { by: 'test' });
    await expect(visits.start({ desk: 'a' }, { id: 'second' })).resolves.toMatchObject({ created: true });
  });

  it('spoils no other start of the same batch', async () => {
    const visits = await node();
    const desks = ['a', 'b', 'a', 'c', 'b', 'd'];
    const started = await Promise.allSettled(desks.map((desk, n) => visits.start({ desk }, { id: `visit-${n}` })));
    expect(started.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(store.commits).toBe(1);
  });
});

describe('a conditional message (G19)', () => {
  let store: MemoryStore;
  let runtime: DurableRuntime;
  let visits: DurableHandle<typeof visitMachine>;
  beforeEach(async () => {
    store = new MemoryStore();
    ({ runtime, handles: visits } = await visitsOn(store));
    await visits.start({ desk: 'a' }, { id: 'v' });
  });
  afterEach(() => runtime.stop(0));

  it('is compared with the revision it meets in its turn, so that of many at once the first alone is taken (invariant 2)', async () => {
    const { revision } = (await visits.get('v'))!;
    const say = () => visits.send('v', { type: 'say' }, { ifRevision: [revision] });
    const answers = await Promise.all([say(), say(), say()]);
    expect(answers.map(({ disposition, reason }) => [disposition, reason])).toEqual([
      ['applied', null],
      ['refused', 'moved'],
      ['refused', 'moved'],
    ]);
    const before = store.rows.length;
    const suspended = await visits.suspend('v', { by: 'test', ifRevision: [revision, revision + 9] });
    expect(suspended).toMatchObject({ disposition: 'refused', reason: 'moved' });
    expect(store.rows).toHaveLength(before);
    await expect(visits.suspend('v', { by: 'test', ifRevision: [revision + 1] })).resolves.toMatchObject({
      disposition: 'applied',
    });
  });

  it('that was taken is a duplicate when it comes again, not one for another revision (invariant 6)', async () => {
    const { revision } = (await visits.get('v'))!;
    const options = { key: 'k', ifRevision: [revision] };
    await visits.send('v', { type: 'say' }, options);
    await expect(visits.send('v', { type: 'say' }, options)).resolves.toMatchObject({
      disposition: 'duplicate',
      firstState: 'applied',
    });
  });

  it('is judged by the store, not by what a node remembers of the actor', async () => {
    const { runtime: other, handles: there } = await visitsOn(store);
    await there.send('v', { type: 'say' });
    await visits.send('v', { type: 'say' });
    const { revision } = (await visits.get('v'))!;
    // The other node remembers the actor as it was before.
    await expect(there.suspend('v', { by: 'test', ifRevision: [revision] })).resolves.toMatchObject({
      disposition: 'applied',
    });
    await other.stop(0);
  });
});

describe('a purge (G20)', () => {
  it('is of one machine, takes only what has ended, and leaves nothing at hand', async () => {
    const store = new MemoryStore();
    const { runtime, handles: visits } = await visitsOn(store);
    await visits.start({ desk: 'a' }, { id: 'gone' });
    await visits.start({ desk: 'b' }, { id: 'stays' });
    await visits.send('gone', { type: 'leave' });
    store.actors.set('foreign', { ...store.actors.get('gone')!, actorId: 'foreign', machineId: 'other' });
    expect(await visits.ended({ endedBefore: Infinity, limit: 9 })).toEqual(['gone']);
    expect(await visits.purge(['gone', 'stays', 'foreign', 'never'])).toEqual(['gone']);
    await expect(visits.send('gone', { type: 'say' })).rejects.toBeInstanceOf(UnknownActorError);
    await expect(visits.start({ desk: 'a' }, { id: 'gone' })).resolves.toMatchObject({ created: true });
    await runtime.stop(0);
  });
});
