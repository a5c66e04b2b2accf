import { assign, setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableHandle } from '../../src/durable/index.js';
import { type DurableMachineOptions, fromActivity } from '../../src/durable/index.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

type Calls = Record<'brew' | 'deliver', () => Promise<string>>;

/** A cup: brewed, then delivered by a courier that is a machine of its own; each may wait for a person. */
function cupMachine(calls: Calls) {
  const courier = setup({
    types: { events: {} as { type: 'again' }, output: {} as string, tags: {} as 'incident' },
    actors: { deliver: fromActivity<string, undefined>(() => calls.deliver()) },
  }).createMachine({
    id: 'courier',
    initial: 'riding',
    states: {
      riding: { invoke: { src: 'deliver', id: 'deliver', onDone: 'there', onError: 'fallen' } },
      fallen: { tags: 'incident', on: { again: 'riding' } },
      there: { type: 'final' },
    },
    output: 'there',
  });
  return setup({
    types: {
      context: {} as { sort: string | null },
      events: {} as { type: 'again' },
      tags: {} as 'incident',
    },
    actors: { brew: fromActivity<string, undefined>(() => calls.brew()), courier },
  }).createMachine({
    id: 'cup',
    context: { sort: null },
    initial: 'brewing',
    states: {
      brewing: {
        invoke: {
          src: 'brew',
          id: 'brew',
          onDone: { target: 'sent', actions: assign({ sort: ({ event }) => event.output }) },
          onError: 'cold',
        },
      },
      cold: { tags: 'incident', on: { again: 'brewing' }, after: { [DAY]: 'poured' } },
      sent: {
        invoke: { src: 'courier', id: 'courier', onDone: 'drunk' },
        on: { again: { actions: ({ self }) => self.getSnapshot().children.courier?.send({ type: 'again' }) } },
      },
      drunk: { type: 'final' },
      poured: { type: 'final' },
    },
  });
}

type Cups = DurableHandle<ReturnType<typeof cupMachine>>;

describe('Skipping a step (G13)', () => {
  const clerk = { by: 'clerk', reason: 'done by hand', key: 'skip-1' };
  const broken = (): Promise<string> => Promise.reject(new Error('broken'));
  let clock: VirtualClock;
  let store: MemoryStore;
  let asked: string[];
  let calls: Calls;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
    asked = [];
    calls = { brew: broken, deliver: broken };
  });

  async function boot(options: Partial<DurableMachineOptions<ReturnType<typeof cupMachine>>> = {}): Promise<Cups> {
    store.nodes.clear();
    const ask = (name: keyof Calls) => () => {
      asked.push(name);
      return calls[name]();
    };
    const machine = cupMachine({ brew: ask('brew'), deliver: ask('deliver') });
    const harness = await DurableHarness.start({
      store,
      clock,
      register: (node): Cups => node.register({ machine, retryEvent: 'again', ...options }),
    });
    await harness.settle();
    return harness.handles;
  }

  async function cold(options?: Parameters<typeof boot>[0]): Promise<Cups> {
    const cups = await boot(options);
    await cups.start(undefined, { id: 'c' });
    await settle();
    expect(await cups.get('c')).toMatchObject({ status: 'cold', incident: true });
    return cups;
  }

  it('lets the machine go on as if its activity had answered, and never asks the partner', async () => {
    calls.deliver = () => new Promise(() => undefined);
    const cups = await cold();
    expect(await cups.skip('c', { ...clerk, output: 'mocha' })).toMatchObject({ disposition: 'applied' });
    await clock.advance(2 * DAY);
    expect(asked).toEqual(['brew', 'deliver']);
    expect(await cups.open('c')).toMatchObject({
      actor: { status: 'sent', incident: false },
      snapshot: { context: { sort: 'mocha' } },
    });
    expect((await store.tasksOf('c')).map(({ taskId }) => taskId)).toEqual(['courier/deliver#4']);
  });

  it('is on record with who, why and what, redacted, in the history and in the incident', async () => {
    const cups = await cold({
      redact: (value) => JSON.parse(JSON.stringify(value).replace('mocha', '***')) as unknown,
    });
    const before = (await cups.history('c')).length;
    await cups.skip('c', { ...clerk, output: 'mocha' });
    expect(
      (await cups.history('c', { after: before })).map(({ type, data }) => [type, data['output'] ?? null]),
    ).toEqual(
      expect.arrayContaining([
        ['actor.skipped', '***'],
        ['activity.skipped', '***'],
      ]),
    );
    expect((await cups.history('c', { after: before }))[0]).toMatchObject({
      type: 'actor.skipped',
      data: { by: 'clerk', reason: 'done by hand', activityId: 'brew', taskId: 'brew#3' },
    });
    expect((await cups.history('c')).filter(({ type }) => type === 'activity.completed')).toEqual([]);
    expect((await cups.incidents({ id: 'c' })).items.at(-1)).toMatchObject({
      kind: 'retries_exhausted',
      resolution: 'skipped',
      resolvedBy: 'clerk',
      reason: 'done by hand',
    });
  });

  it('is done once under one key, and again where another step has failed', async () => {
    const cups = await cold();
    await cups.skip('c', { ...clerk, output: 'mocha' });
    await settle();
    expect(await cups.get('c')).toMatchObject({ status: 'sent', incident: true });
    expect(await cups.skip('c', { ...clerk, output: 'tea' })).toMatchObject({ disposition: 'duplicate' });
    expect(await cups.get('c')).toMatchObject({ status: 'sent', incident: true });
    const second = { ...clerk, key: 'skip-2', activityId: 'deliver', output: 'door' };
    expect(await cups.skip('c', second)).toMatchObject({ disposition: 'applied' });
    expect(await cups.get('c')).toMatchObject({ status: 'drunk', runtimeStatus: 'completed', incident: false });
    expect(asked).toEqual(['brew', 'deliver']);
  });

  it('leaves nothing behind when the process dies before it is written, and everything when it dies after', async () => {
    const cups = await cold();
    const before = JSON.stringify([...store.actors, ...store.tasks, ...store.incidents, store.rows]);
    store.faults.push('unavailable');
    await expect(cups.skip('c', { ...clerk, output: 'mocha' })).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(JSON.stringify([...store.actors, ...store.tasks, ...store.incidents, store.rows])).toBe(before);
    store.faults.push('lostAnswer');
    await expect(cups.skip('c', { ...clerk, output: 'mocha' })).rejects.toMatchObject({ code: 'store_unavailable' });
    calls.deliver = () => new Promise(() => undefined);
    const next = await boot();
    await clock.advance(1_000);
    expect(await next.skip('c', { ...clerk, output: 'tea' })).toMatchObject({ disposition: 'duplicate' });
    expect(await next.open('c')).toMatchObject({ actor: { status: 'sent' }, snapshot: { context: { sort: 'mocha' } } });
    expect(asked.filter((name) => name === 'brew')).toHaveLength(1);
  });

  it('goes back to where a failed machine stood, and on from there', async () => {
    const machine = setup({ actors: { brew: fromActivity<string, undefined>(broken) } }).createMachine({
      id: 'cup',
      initial: 'brewing',
      states: { brewing: { invoke: { src: 'brew', id: 'brew', onDone: 'done' } }, done: { type: 'final' } },
    });
    const { handles: cups } = await DurableHarness.start({
      store,
      clock,
      register: (node) => node.register({ machine }),
    });
    await cups.start(undefined, { id: 'c' });
    await settle();
    expect(await cups.get('c')).toMatchObject({ runtimeStatus: 'failed', incident: true });
    await cups.skip('c', { ...clerk, output: 'mocha' });
    expect(await cups.get('c')).toMatchObject({ status: 'done', runtimeStatus: 'completed', incident: false });
  });

  describe('is refused, without a trace,', () => {
    it('when nothing waits for a person', async () => {
      calls.brew = () => new Promise(() => undefined);
      const cups = await boot();
      await cups.start(undefined, { id: 'c' });
      await settle();
      const { revision } = (await cups.get('c'))!;
      expect(await cups.skip('c', { ...clerk, output: 'mocha' })).toMatchObject({
        disposition: 'refused',
        reason: 'not_now',
      });
      await cups.terminate('c', { by: 'clerk' });
      expect(await cups.skip('c', { ...clerk, output: 'mocha' })).toMatchObject({ reason: 'actor_ended' });
      expect((await cups.get('c'))?.revision).toBe(revision + 1);
    });

    it('when another activity is named than the one that failed', async () => {
      const cups = await cold();
      expect(await cups.skip('c', { ...clerk, activityId: 'deliver', output: 'x' })).toMatchObject({
        disposition: 'refused',
        reason: 'activity_unknown',
      });
      expect(await cups.get('c')).toMatchObject({ status: 'cold', incident: true });
      await clock.advance(DAY);
      expect(await cups.get('c')).toMatchObject({ status: 'poured' });
    });

    it('when the output is not what the activity may answer, or not JSON', async () => {
      const checkOutput = (output: unknown): string[] => (typeof output === 'string' ? [] : ['output must be a text']);
      const cups = await cold({ activities: { brew: { checkOutput } } });
      expect(await cups.skip('c', { ...clerk, output: 7 })).toMatchObject({
        reason: 'output_invalid',
        problems: ['output must be a text'],
      });
      await expect(cups.skip('c', { ...clerk, output: { at: new Date() } })).rejects.toThrow('output.at is');
      expect(await cups.get('c')).toMatchObject({ status: 'cold', incident: true });
      expect(await cups.skip('c', { ...clerk, output: 'mocha' })).toMatchObject({ disposition: 'applied' });
    });
  });
});
