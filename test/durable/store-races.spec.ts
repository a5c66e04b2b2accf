import { fromPromise, setup } from 'xstate';
import { type DurableHandle, LostRaceError } from '../../src/durable/index.js';
import { type CommitFault, DurableHarness, MemoryStore } from '../../src/durable/testing.js';

const parcelMachine = setup({
  types: { events: {} as { type: 'moved' } },
  actors: { weigh: fromPromise<number>(() => Promise.resolve(3)) },
  delays: { rest: 60_000 },
}).createMachine({
  id: 'parcel',
  initial: 'shelved',
  states: {
    shelved: { on: { moved: 'resting' } },
    resting: { after: { rest: 'weighing' } },
    weighing: { invoke: { src: 'weigh', id: 'weigh', onDone: 'done' } },
    done: { type: 'final' },
  },
});

type Parcels = DurableHandle<typeof parcelMachine>;

/** Keeps the sizes of the batches that it was given. */
class CountingStore extends MemoryStore {
  readonly batches: number[] = [];
  /** Fails these reads of an actor. */
  readonly readFaults: Error[] = [];

  override commit(batch: Parameters<MemoryStore['commit']>[0]): ReturnType<MemoryStore['commit']> {
    this.batches.push(batch.length);
    return super.commit(batch);
  }

  override loadActor(actorId: string): ReturnType<MemoryStore['loadActor']> {
    const fault = this.readFaults.shift();
    return fault === undefined ? super.loadActor(actorId) : Promise.reject(fault);
  }
}

let store: CountingStore;
let harness: DurableHarness<Parcels>;
beforeEach(async () => {
  store = new CountingStore();
  harness = await DurableHarness.start({
    store,
    register: (node): Parcels => node.register({ machine: parcelMachine }),
  });
});
afterEach(() => harness.stop());

const statusOf = async (id: string) => (await store.loadActor(id))?.status;

/** Each kind of message, with what it leads to. */
const MESSAGES: Record<
  string,
  { readonly given: () => Promise<unknown>; readonly send: () => Promise<unknown>; readonly isOwn: boolean }
> = {
  start: { given: () => Promise.resolve(), send: () => harness.handles.start({}, { id: 'a' }), isOwn: false },
  event: {
    given: () => harness.handles.start({}, { id: 'a' }),
    send: () => harness.handles.send('a', { type: 'moved' }),
    isOwn: false,
  },
  command: {
    given: () => harness.handles.start({}, { id: 'a' }),
    send: () => harness.handles.suspend('a', { by: 'clerk', reason: 'look' }),
    isOwn: false,
  },
  timer: {
    given: async () => {
      await harness.handles.start({}, { id: 'a' });
      await harness.handles.send('a', { type: 'moved' });
    },
    send: () => harness.advance(60_000),
    isOwn: true,
  },
};

describe('Turns that lose a race in the store (G1, G2)', () => {
  it.each([2, 3, 8, 20])(
    'of a batch of %s are written one by one, and the store does not count as away',
    async (count) => {
      const ids = Array.from({ length: count }, (_, n) => `parcel-${n}`);
      store.faults.push('lostRace');
      const results = await Promise.all(ids.map((id) => harness.handles.start({}, { id })));
      expect(results).toHaveLength(count);
      expect(store.batches).toEqual([count, ...ids.map(() => 1)]);
    },
  );

  it.each([0, 1, 2])('fail alone when number %s of the batch loses for itself, too', async (at) => {
    const ids = ['p-0', 'p-1', 'p-2'];
    const single = ids.map((_, n) => (n === at ? 'lostRace' : 'none') as CommitFault);
    store.faults.push('lostRace', ...single);
    const results = await Promise.allSettled(ids.map((id) => harness.handles.start({}, { id })));
    expect(results.map(({ status }) => status)).toEqual(ids.map((_, n) => (n === at ? 'rejected' : 'fulfilled')));
    expect(results[at]).toMatchObject({
      reason: { name: LostRaceError.name, code: 'store_unavailable', retryable: true },
    });
  });

  it.each(Object.keys(MESSAGES))(
    'of the kind %s are tried again at once, or told to their callers, while others go on',
    async (kind) => {
      const { given, send, isOwn } = MESSAGES[kind]!;
      await given();
      store.faults.push('lostRace');
      if (isOwn) await send();
      else await expect(Promise.all([send(), harness.advance(100)])).rejects.toBeInstanceOf(LostRaceError);
      // No circuit breaker is open: what is the runtime's own goes on within the same 50 ms.
      await harness.handles.start({}, { id: 'other' });
      await harness.advance(50);
      if (isOwn) expect(await statusOf('a')).toBe('done');
      else await send();
      expect(await harness.incidents('a')).toEqual([]);
    },
  );

  it('of the runtime itself are tried until they win', async () => {
    await MESSAGES['timer']!.given();
    store.faults.push(...Array.from({ length: 20 }, () => 'lostRace' as const));
    await harness.advance(60_000 + 20 * 50);
    expect(await statusOf('a')).toBe('done');
  });
});

describe('Turns that the store refuses (G7)', () => {
  const CASES = Object.keys(MESSAGES).flatMap((kind) =>
    (['its read', 'its commit'] as const).flatMap((where) => [1, 2].map((times) => ({ kind, where, times }))),
  );

  it.each(CASES)(
    '$kind: an error of $where is no incident when it comes once, and is one when it comes twice; $times',
    async ({ kind, where, times }) => {
      const { given, send, isOwn } = MESSAGES[kind]!;
      await given();
      // What is in memory needs no read.
      if (where === 'its read') await harness.restart();
      const isRead = where === 'its read' && kind !== 'start';
      for (let n = 0; n < times; n += 1)
        if (isRead) store.readFaults.push(Object.assign(new Error('internal error'), { code: 'XX000' }));
        else store.faults.push('defect');
      const sent = send();
      if (times === 1 || isOwn) await sent;
      else await expect(sent).rejects.toThrow();
      await harness.advance(0);
      const incidents = (await harness.incidents('a')).map(({ kind: name }) => name);
      expect(incidents).toEqual(times === 1 || kind === 'start' ? [] : ['turn_refused']);
    },
  );
});
