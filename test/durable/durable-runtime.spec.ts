import { assign, fromPromise, sendTo, setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableHandle, DurableRuntime } from '../../src/durable/index.js';
import { StoreUnavailableError, UnknownActorError, fromActivity } from '../../src/durable/index.js';

/** A small machine that has nothing to do with orders: a library lends a book, with a child that reminds the reader. */
const reminder = setup({
  types: { input: {} as { book: string }, context: {} as { book: string } },
  actors: { sendLetter: fromPromise<string, { book: string }>(() => Promise.reject(new Error('not provided'))) },
  delays: { dunning: 3 * 86_400_000 },
}).createMachine({
  id: 'reminder',
  context: ({ input }) => input,
  initial: 'quiet',
  states: {
    quiet: { after: { dunning: 'sending' } },
    sending: { invoke: { src: 'sendLetter', id: 'sendLetter', input: ({ context }) => context, onDone: 'sent' } },
    sent: { type: 'final' },
  },
  output: ({ context }) => ({ reminded: context.book }),
});

interface Loan {
  book: string;
  shelf: string | null;
  failures: number;
  codes: string[];
}

function libraryMachine(fetchBook: (attempt: number, key: string) => Promise<string>) {
  return setup({
    types: {
      input: {} as { book: string },
      context: {} as Loan,
      events: {} as { type: 'returned' } | { type: 'extended' } | { type: 'nudge' },
    },
    actors: {
      reminder: reminder.provide({ actors: { sendLetter: fromActivity(() => Promise.resolve('posted')) } }),
      fetchBook: fromActivity<string, { book: string }>((_input, { attempt, idempotencyKey }) =>
        fetchBook(attempt, idempotencyKey),
      ),
    },
    delays: { loan: 14 * 86_400_000, pause: 5_000 },
  }).createMachine({
    id: 'library',
    context: ({ input }) => ({ book: input.book, shelf: null, failures: 0, codes: [] }),
    initial: 'fetching',
    states: {
      fetching: {
        initial: 'running',
        states: {
          running: {
            invoke: {
              src: 'fetchBook',
              id: 'fetchBook',
              input: ({ context }) => ({ book: context.book }),
              onDone: { target: '#library.lent', actions: assign({ shelf: ({ event }) => event.output }) },
              onError: {
                target: 'pausing',
                actions: assign({
                  failures: ({ context }) => context.failures + 1,
                  codes: ({ context, event }) => [...context.codes, (event.error as { code: string }).code],
                }),
              },
            },
          },
          pausing: { after: { pause: 'running' } },
        },
      },
      lent: {
        id: 'lent',
        invoke: { src: 'reminder', id: 'reminder', input: ({ context }) => ({ book: context.book }) },
        on: { returned: 'back', nudge: { actions: sendTo('reminder', { type: 'nudge' }) } },
        after: { loan: 'lost' },
      },
      back: { type: 'final' },
      lost: { type: 'final' },
    },
    output: ({ context }) => ({ shelf: context.shelf }),
  });
}

type Library = ReturnType<typeof libraryMachine>;

interface Node {
  readonly runtime: DurableRuntime;
  readonly loans: DurableHandle<Library>;
}

const succeed = (): Promise<string> => Promise.resolve('A3');
const never = (): Promise<string> => new Promise(() => undefined);
const DAY = 86_400_000;

describe('The durable runtime', () => {
  let clock: VirtualClock;
  let store: MemoryStore;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
  });

  async function boot(fetchBook: (attempt: number, key: string) => Promise<string> = succeed): Promise<Node> {
    const { runtime, handles: loans } = await DurableHarness.start({
      store,
      clock,
      register: (node): DurableHandle<Library> =>
        node.register({ machine: libraryMachine(fetchBook), whenUnexpected: policy }),
    });
    return { runtime, loans };
  }

  const policy = (event: { type: string }): 'keep' | 'refuse' => (event.type === 'extended' ? 'refuse' : 'keep');

  /** As kill -9 leaves things: the runtime is simply forgotten, its node's lease runs out. */
  async function crash(): Promise<void> {
    store.nodes.clear();
    await settle();
  }

  const statusOf = async ({ loans }: Node, id: string): Promise<string | undefined> => (await loans.get(id))?.status;
  const typesOf = async ({ loans }: Node, id: string): Promise<string[]> =>
    (await loans.history(id)).map((entry) => entry.type);

  it('runs a machine through its activities and writes a gap-free history (G8)', async () => {
    const node = await boot();
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    await node.loans.send('a', { type: 'returned' });
    expect(await node.loans.get('a')).toMatchObject({ status: 'back', runtimeStatus: 'completed', waitingFor: [] });
    const history = await node.loans.history('a');
    expect(history.map((entry) => entry.seq)).toEqual(history.map((_, index) => index + 1));
    expect(await typesOf(node, 'a')).toEqual([
      'actor.started',
      'state.changed',
      'activity.scheduled',
      'activity.completed',
      'state.changed',
      'state.changed',
      'timer.set',
      'timer.set',
      'event.received',
      'state.changed',
      'timer.cancelled',
      'timer.cancelled',
      'actor.completed',
    ]);
    expect(store.tasks.size).toBe(0);
  });

  it('starts no activity before the commit that decided it (G3, invariant 3)', async () => {
    const seen: number[] = [];
    const node = await boot(() => {
      seen.push(store.actors.get('a')?.revision ?? 0);
      return succeed();
    });
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    expect(seen).toEqual([1]);
  });

  it('acknowledges nothing when the store is away, and loses nothing when it comes back (G1, invariant 3)', async () => {
    const node = await boot();
    store.faults.push('unavailable');
    await expect(node.loans.start({ book: 'Emma' }, { id: 'a' })).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(store.actors.size).toBe(0);
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    store.faults.push('unavailable', 'unavailable');
    await clock.advance(1_000);
    expect(await statusOf(node, 'a')).toBe('lent');
  });

  it('takes an activity result once, though the answer to its commit was lost (G3, invariant 4)', async () => {
    const node = await boot();
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    store.faults.push('lostAnswer');
    await clock.advance(1_000);
    expect(await statusOf(node, 'a')).toBe('lent');
    expect((await typesOf(node, 'a')).filter((type) => type === 'activity.completed')).toHaveLength(1);
  });

  it('runs the activity that a commit decided though its answer was lost, without a restart (G3)', async () => {
    const node = await boot();
    store.faults.push('lostAnswer');
    await expect(node.loans.start({ book: 'Emma' }, { id: 'a' })).rejects.toBeInstanceOf(StoreUnavailableError);
    expect(await statusOf(node, 'a')).toBe('fetching');
    await clock.advance(1_000);
    expect(await statusOf(node, 'a')).toBe('lent');
  });

  it('fires the timers of a claim whose answer was lost, without a restart (G5)', async () => {
    const node = await boot();
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    const claim = store.claimDueTasks.bind(store);
    let lose = true;
    store.claimDueTasks = async (request) => {
      const tasks = await claim(request);
      if (!lose || tasks.length === 0) return tasks;
      lose = false;
      throw new StoreUnavailableError('The answer was lost.');
    };
    await clock.advance(14 * DAY + 1_000);
    expect(lose).toBe(false);
    expect(await statusOf(node, 'a')).toBe('lost');
    const fired = (await node.loans.history('a')).filter((entry) => entry.type === 'timer.fired');
    expect(fired).toHaveLength(2);
  });

  it('computes again when another node was faster (G2, invariant 2)', async () => {
    const node = await boot();
    store.faults.push('conflict');
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    expect(await statusOf(node, 'a')).toBe('lent');
    const revisions = (await node.loans.history('a')).map((entry) => entry.revision);
    expect(Math.max(...revisions)).toBe((await node.loans.get('a'))?.revision);
  });

  it('tries again under the same idempotency key, in the same process and after a crash (G3, invariant 4)', async () => {
    const calls: string[] = [];
    const first = await boot((attempt, key) => {
      calls.push(`${key} try ${attempt}`);
      return attempt === 1 ? Promise.reject(Object.assign(new Error('busy'), { code: 'partner_busy' })) : never();
    });
    await first.loans.start({ book: 'Emma' }, { id: 'a' });
    await clock.advance(5_000);
    expect(calls).toEqual(['a:fetchBook try 1', 'a:fetchBook try 2']);
    await crash();
    const second = await boot((attempt, key) => {
      calls.push(`${key} try ${attempt} again`);
      return succeed();
    });
    await settle();
    expect(calls.at(-1)).toBe('a:fetchBook try 2 again');
    expect(await statusOf(second, 'a')).toBe('lent');
    const opened = await second.loans.open('a');
    expect(opened?.snapshot).toMatchObject({ context: { failures: 1, codes: ['partner_busy'], shelf: 'A3' } });
  });

  it('fires a timer at its original deadline, however often the process restarted (G5, invariant 5)', async () => {
    const first = await boot();
    await first.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    const due = (await first.loans.get('a'))?.waitingFor.find((waiting) => waiting.name.includes('loan'));
    expect(due).toMatchObject({ dueAt: clock.now() + 14 * DAY });
    let node = first;
    for (let restart = 0; restart < 5; restart += 1) {
      await crash();
      clock.step(2 * DAY);
      node = await boot();
      await settle();
    }
    await clock.advance(4 * DAY - 1);
    expect(await statusOf(node, 'a')).toBe('lent');
    await clock.advance(1);
    expect(await statusOf(node, 'a')).toBe('lost');
    const fired = (await node.loans.history('a')).filter((entry) => entry.type === 'timer.fired');
    expect(fired.map((entry) => entry.data['event'])).toEqual([
      { type: 'xstate.after.dunning.reminder.quiet' },
      { type: 'xstate.after.loan.lent' },
    ]);
  });

  it('never arms a wake-up for longer than a day (G5)', async () => {
    const node = await boot();
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    await clock.advance(15 * DAY);
    expect(await statusOf(node, 'a')).toBe('lost');
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(DAY);
  });

  it('keeps an event that comes too early and offers it again, once (G6, invariant 6)', async () => {
    let release = (): void => undefined;
    const node = await boot(() => new Promise((resolve) => (release = () => resolve('A3'))));
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    const early = await node.loans.send('a', { type: 'returned' }, { key: 'k1' });
    expect(early.disposition).toBe('kept');
    expect((await node.loans.send('a', { type: 'returned' }, { key: 'k1' })).disposition).toBe('duplicate');
    release();
    await settle();
    expect(await statusOf(node, 'a')).toBe('back');
    expect(await store.findEvent('a', 'k1')).toMatchObject({ state: 'applied' });
  });

  it('records an event that can never be taken, and refuses one whose policy says so without a trace (G6)', async () => {
    const node = await boot();
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    expect(await node.loans.send('a', { type: 'extended' })).toMatchObject({
      disposition: 'refused',
      reason: 'not_now',
    });
    expect(await typesOf(node, 'a')).not.toContain('event.refused');
    await node.loans.send('a', { type: 'returned' }, { key: 'k1' });
    const late = await node.loans.send('a', { type: 'returned' }, { key: 'k2' });
    expect(late).toMatchObject({ disposition: 'refused', reason: 'actor_ended' });
    expect((await typesOf(node, 'a')).at(-1)).toBe('event.refused');
  });

  it('ignores the result of an activity whose state was left (G3)', async () => {
    let release = (): void => undefined;
    const node = await boot(() => new Promise((resolve) => (release = () => resolve('late'))));
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    const before = await node.loans.get('a');
    await crash();
    const second = await boot();
    await settle();
    release();
    await settle();
    expect(before?.status).toBe('fetching');
    expect((await second.loans.open('a'))?.snapshot).toMatchObject({ context: { shelf: 'A3' } });
  });

  it('starts an id once and says so', async () => {
    const node = await boot();
    const both = await Promise.all([1, 2].map(() => node.loans.start({ book: 'Emma' }, { id: 'a' })));
    expect(both.map((answer) => answer.created).sort()).toEqual([false, true]);
  });

  it('does not know an actor that was never started', async () => {
    const node = await boot();
    await expect(node.loans.send('b', { type: 'returned' })).rejects.toBeInstanceOf(UnknownActorError);
    expect(await node.loans.get('b')).toBeNull();
  });

  it('commits the turns of many actors together', async () => {
    const node = await boot();
    const ids = Array.from({ length: 200 }, (_, index) => `actor-${index}`);
    await Promise.all(ids.map((id) => node.loans.start({ book: 'Emma' }, { id })));
    await settle();
    expect(await Promise.all(ids.map((id) => statusOf(node, id)))).toEqual(ids.map(() => 'lent'));
    expect(store.commits).toBeLessThan(20);
  });

  it('stops within its grace though the store is away (G21)', async () => {
    const node = await boot();
    await node.loans.start({ book: 'Emma' }, { id: 'a' });
    store.faults.push(...Array.from({ length: 1_000 }, () => 'unavailable' as const));
    await settle();
    const stopping = node.runtime.stop(1_000);
    await clock.advance(2_000);
    await stopping;
    store.faults.length = 0;
    const second = await boot();
    await settle();
    expect(await statusOf(second, 'a')).toBe('lent');
  });

  it('hands its tasks back when it stops, and the next node takes them at once (G7)', async () => {
    const first = await boot(never);
    await first.loans.start({ book: 'Emma' }, { id: 'a' });
    await settle();
    const stopping = first.runtime.stop(1_000);
    await clock.advance(1_000);
    await stopping;
    await expect(first.loans.start({ book: 'Emma' }, { id: 'b' })).rejects.toMatchObject({ code: 'draining' });
    expect([...store.tasks.values()].map((task) => task.ownerNode)).toEqual([null]);
    const second = await boot();
    await settle();
    expect(await statusOf(second, 'a')).toBe('lent');
  });
});
