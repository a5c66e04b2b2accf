import { assign, fromTransition, raise, sendParent, sendTo, setup, spawnChild, type AnyStateMachine } from 'xstate';
import { DurableHarness, failing } from '../../src/durable/testing.js';
import { fromActivity, type DurableHandle } from '../../src/durable/index.js';

const HOUR = 3_600_000;

const answering = setup({}).createMachine({
  id: 'answering',
  on: { ping: { actions: sendParent({ type: 'pong' }) } },
});
const restless = setup({}).createMachine({
  id: 'restless',
  initial: 'a',
  states: { a: { always: 'b' }, b: { always: 'a' } },
});
const ended = setup({}).createMachine({ id: 'ended', initial: 'end', states: { end: { type: 'final' } } });
const echo = fromTransition((count: number, event: { type: string }, { self }) => {
  if (event.type === 'ping') self._parent?.send({ type: 'pong' });
  return count + 1;
}, 0);

const count = assign({ count: ({ context }: { context: { count: number } }) => context.count + 1 });

const base = setup({
  types: { context: {} as { count: number } },
  actors: { answering, restless, ended, echo, work: fromActivity<null, unknown>(() => Promise.resolve(null)) },
});

/** Each state never settles once it is entered. */
const LOOPS = {
  'an eventless cycle': {
    initial: 'a',
    states: { a: { always: '#machine.loop.b' }, b: { always: '#machine.loop.a' } },
  },
  'an eventless self-transition that counts': { always: { target: '#machine.loop', reenter: true, actions: count } },
  'an eventless internal transition that counts': { always: { actions: count } },
  'a guard that stays true': {
    always: { guard: ({ context }: { context: { count: number } }) => context.count >= 0, actions: count },
  },
  'an event that raises itself': {
    entry: raise({ type: 'tick' }),
    on: { tick: { actions: raise({ type: 'tick' }) } },
  },
  'two events that raise each other': {
    entry: raise({ type: 'tick' }),
    on: { tick: { actions: raise({ type: 'tock' }) }, tock: { actions: raise({ type: 'tick' }) } },
  },
  'an actor that sends to itself': {
    entry: sendTo(({ self }) => self, { type: 'tick' }),
    on: { tick: { actions: sendTo(({ self }) => self, { type: 'tick' }) } },
  },
  'a parent and a child that answer each other': {
    invoke: { src: 'answering', id: 'answering' },
    entry: sendTo('answering', { type: 'ping' }),
    on: { pong: { actions: sendTo('answering', { type: 'ping' }) } },
  },
  'a parent and pure logic that answer each other': {
    invoke: { src: 'echo', id: 'echo' },
    entry: sendTo('echo', { type: 'ping' }),
    on: { pong: { actions: sendTo('echo', { type: 'ping' }) } },
  },
  'a child with an eventless cycle': { invoke: { src: 'restless', id: 'restless' } },
  'a child with an eventless cycle, begun anew when it fails': {
    invoke: { src: 'restless', id: 'restless', onError: { target: '#machine.loop', reenter: true } },
  },
  'a child that ends at once and is begun anew': {
    invoke: { src: 'ended', id: 'ended', onDone: { target: '#machine.loop', reenter: true } },
  },
  'children spawned without end': {
    always: { target: '#machine.loop', reenter: true, actions: spawnChild('answering') },
  },
  'a region beside one that rests': {
    type: 'parallel',
    states: { calm: {}, busy: { initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } } },
  },
} as const;

function machineWith(loop: object): AnyStateMachine {
  const config = {
    id: 'machine',
    context: { count: 0 },
    initial: 'resting',
    states: {
      resting: {
        on: { go: 'loop', hold: 'holding', work: 'working', wait: 'waiting', fail: 'failed', never: 'resting' },
      },
      holding: { on: { kept: 'loop' } },
      working: { invoke: { src: 'work', id: 'work', onDone: 'loop', onError: 'loop' } },
      waiting: { after: { [HOUR]: 'loop' } },
      failed: { tags: 'incident', on: { again: 'loop' } },
      loop,
    },
  };
  return machineOf(config);
}

/** The loops are of many shapes, which the machine's type does not follow. */
function machineOf(config: object): AnyStateMachine {
  return base.createMachine(config as never) as unknown as AnyStateMachine;
}

type Handle = DurableHandle<AnyStateMachine>;
type Harness = DurableHarness<Handle>;

/** How a message leads into the loop; rejects when its sender is refused. */
const ROUTES: Readonly<Record<string, (harness: Harness) => Promise<unknown>>> = {
  'an event': ({ handles }) => handles.send('a', { type: 'go' }),
  'an event that was kept': async ({ handles }) => {
    await handles.send('a', { type: 'kept' });
    await handles.send('a', { type: 'hold' });
  },
  "an activity's result": async (harness) => {
    await harness.handles.send('a', { type: 'work' });
    await harness.settle();
  },
  "an activity's failure": async (harness) => {
    await harness.handles.send('a', { type: 'work' });
    await harness.settle();
  },
  'a timer': async (harness) => {
    await harness.handles.send('a', { type: 'wait' });
    await harness.advance(2 * HOUR);
  },
  'a retry': async ({ handles }) => {
    await handles.send('a', { type: 'fail' });
    await handles.retry('a', { by: 'clerk', reason: 'told so' });
  },
};

const CASES = Object.entries(LOOPS).flatMap(([loop, config]) =>
  Object.keys(ROUTES).map((route) => ({ loop, route, machine: machineWith(config) })),
);

async function start(machine: AnyStateMachine, route: string): Promise<Harness> {
  const harness = await DurableHarness.start({
    register: (node): Handle => node.register({ machine, retryEvent: 'again' }),
    activities: route === "an activity's failure" ? { work: failing(99, new Error('no')) } : {},
  });
  await harness.handles.start({}, { id: 'a' });
  await harness.handles.start({}, { id: 'bystander' });
  return harness;
}

describe('A turn that never settles', () => {
  it.each(CASES)('ends on record: $loop, after $route (G14)', async ({ route, machine }) => {
    const harness = await start(machine, route);
    await ROUTES[route]!(harness).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'turn_unbounded' });
    });

    const entries = await harness.history('a');
    expect(entries.at(-1)).toMatchObject({ type: 'turn.refused', data: { error: { code: 'turn_unbounded' } } });
    const incidents = await harness.incidents('a');
    expect(incidents.map(({ kind }) => kind)).toContain('turn_refused');
    const { status } = (await harness.store.loadActor('a'))!;

    await harness.restart();
    await harness.advance(HOUR);
    expect(await harness.store.loadActor('a')).toMatchObject({ status });
    expect(await harness.incidents('a')).toHaveLength(incidents.length);

    await harness.handles.send('bystander', { type: 'hold' });
    expect(await harness.store.loadActor('bystander')).toMatchObject({ status: 'holding' });
    await harness.handles.terminate('a', { by: 'clerk', reason: 'told so' });
    expect(await harness.store.loadActor('a')).toMatchObject({ runtimeStatus: 'terminated' });
    await harness.stop();
  });

  it.each(Object.entries(LOOPS))('starts no actor: %s (G14)', async (_, loop) => {
    const machine = machineOf({
      id: 'machine',
      context: { count: 0 },
      initial: 'loop',
      states: { loop },
    });
    const harness = await DurableHarness.start({ register: (node): Handle => node.register({ machine }) });
    await expect(harness.handles.start({}, { id: 'a' })).rejects.toMatchObject({ code: 'turn_unbounded' });
    expect(await harness.store.loadActor('a')).toBeNull();
    await harness.stop();
  });

  it('is distinguished from one that takes long: 4,000 eventless steps settle (G14)', async () => {
    const machine = machineOf({
      id: 'machine',
      context: { count: 0 },
      initial: 'counting',
      states: {
        counting: {
          always: [
            { guard: ({ context }: { context: { count: number } }) => context.count === 4_000, target: 'done' },
            { actions: count },
          ],
        },
        done: {},
      },
    });
    const harness = await DurableHarness.start({ register: (node): Handle => node.register({ machine }) });
    await harness.handles.start({}, { id: 'a' });
    expect(await harness.store.loadActor('a')).toMatchObject({ status: 'done' });
    await harness.stop();
  });
});
