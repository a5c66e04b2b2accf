import {
  assign,
  createMachine,
  enqueueActions,
  fromCallback,
  fromEventObservable,
  fromObservable,
  fromPromise,
  fromTransition,
  raise,
  sendTo,
  setup,
  spawnChild,
  type AnyActorLogic,
  type AnyStateMachine,
} from 'xstate';
import { DurableHarness } from '../../src/durable/testing.js';
import { computeTurn, emptyBookkeeping, registerMachine } from '../../src/durable/inspect.js';
import { NotDurableError } from '../../src/durable/index.js';

const nothing = { subscribe: () => ({ unsubscribe: () => undefined }) };

function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(NotDurableError);
    return (error as Error).message;
  }
  return 'not refused';
}

/** Starts an actor and sends it `go`. */
function turnOf(machine: AnyStateMachine, fields: Readonly<Record<string, unknown>> = {}) {
  const registration = registerMachine({ machine });
  const request = { registration, actorId: 'a', kept: [], now: 0 };
  const start = computeTurn({
    ...request,
    snapshot: null,
    bookkeeping: emptyBookkeeping,
    message: { kind: 'start', input: {} },
  });
  const { snapshot, bookkeeping: book } = start.decided!;
  return computeTurn({
    ...request,
    snapshot,
    bookkeeping: book,
    message: { kind: 'event', event: { type: 'go', ...fields }, key: null },
  });
}

/** Puts what `go` carries into the context. */
const keeper = setup({
  types: { context: {} as { kept: unknown }, events: {} as { type: 'go'; value: unknown } },
}).createMachine({
  id: 'keeper',
  context: { kept: null },
  on: { go: { actions: assign({ kept: ({ event }) => event.value }) } },
});

describe('At registration, a machine is refused (G14)', () => {
  const callbacks: readonly (readonly [string, AnyActorLogic])[] = [
    ['fromCallback', fromCallback(() => undefined)],
    ['fromObservable', fromObservable(() => nothing)],
    ['fromEventObservable', fromEventObservable(() => nothing)],
  ];

  it.each(callbacks)('that has %s, by key, inline or in a child, saying what to write instead', (_name, logic) => {
    const named = setup({ actors: { listen: logic } }).createMachine({ id: 'm' });
    const inline = createMachine({ id: 'm', invoke: { src: logic } });
    const child = setup({ actors: { child: inline } }).createMachine({ id: 'parent' });
    for (const machine of [named, inline, child] as AnyStateMachine[]) {
      expect(refusalOf(() => registerMachine({ machine }))).toMatch(/runs again at every restart.*fromPromise/);
    }
  });

  it('that spawns inline logic where that can be seen', () => {
    const entry = createMachine({ id: 'm', entry: spawnChild(fromPromise(() => Promise.resolve(1)) as never) });
    const transition = createMachine({ id: 'm', on: { go: { actions: [spawnChild(keeper as never)] } } });
    const named = createMachine({ id: 'm' }, { actions: { hire: spawnChild(keeper as never) } });
    for (const machine of [entry, transition, named] as AnyStateMachine[]) {
      expect(refusalOf(() => registerMachine({ machine }))).toMatch(/inline logic.*setup\({ actors }\)/);
    }
  });

  it('that has logic of its own making which does something when it starts', () => {
    const custom: AnyActorLogic = { ...fromTransition((state: number) => state, 0), start: () => undefined };
    const machine = setup({ actors: { custom } }).createMachine({ id: 'm' });
    expect(refusalOf(() => registerMachine({ machine }))).toMatch(/second copy of xstate/);
  });

  it('but not for logic that only answers events, nor for delays written as numbers', () => {
    const custom = { ...fromTransition((state: number) => state + 1, 0) };
    const machine = setup({ actors: { custom } }).createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { after: { 1000: 'b' } }, b: {} },
    });
    expect(registerMachine({ machine }).machineId).toBe('m');
  });
});

describe('At its turn, a machine is refused (G14)', () => {
  it('that spawns inline logic out of a function, and the logic is not run', () => {
    const run = jest.fn(() => Promise.resolve(1));
    const logic = fromPromise(run);
    const onGo = (actions: never): AnyStateMachine => createMachine({ id: 'm', on: { go: { actions } } });
    const spawns = assign(({ spawn }) => ({ ref: spawn(logic as never) }));
    const spawnsMachine = assign(({ spawn }) => ({ ref: spawn(keeper as never) }));
    const enqueues = enqueueActions(({ enqueue }) => enqueue.spawnChild(logic as never));
    const machines = [spawns, spawnsMachine, enqueues].map((action) => onGo(action as never));
    for (const machine of machines) expect(refusalOf(() => turnOf(machine))).toMatch(/inline logic.*by its key/);
    const first = setup({}).createMachine({
      id: 'm',
      context: ({ spawn }: { spawn: (logic: never) => unknown }) => ({ ref: spawn(logic as never) }),
    }) as AnyStateMachine;
    expect(refusalOf(() => turnOf(first))).toMatch(/inline logic/);
    expect(run).not.toHaveBeenCalled();
  });

  class Money {
    constructor(readonly cents: number) {}
  }
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const values: readonly (readonly [string, unknown, string])[] = [
    ['a Date', { at: new Date(0) }, 'context.kept.at is an object of class Date'],
    ['a Map', [new Map()], 'context.kept[0] is an object of class Map'],
    ['a Set', { a: { b: [1, new Set()] } }, 'context.kept.a.b[1] is an object of class Set'],
    ['an instance of a class', { price: new Money(1) }, 'context.kept.price is an object of class Money'],
    ['an Error', new Error('x'), 'context.kept is an object of class Error'],
    ['a function', { run: () => 1 }, 'context.kept.run is a function'],
    ['a symbol', Symbol('x'), 'context.kept is a symbol'],
    ['a BigInt', { n: 1n }, 'context.kept.n is a BigInt'],
    ['undefined in a list', [1, undefined], 'context.kept[1] is undefined in a list'],
    ['NaN', { n: Number.NaN }, 'context.kept.n is the number NaN'],
    ['Infinity', { n: Infinity }, 'context.kept.n is the number Infinity'],
    ['an object that holds itself', circular, 'an object that holds itself'],
  ];

  it.each(values)('whose context came to hold %s, and the place is named', (_name, value, words) => {
    const message = refusalOf(() => turnOf(keeper, { value }));
    expect(message).toContain(words);
    expect(message).toContain('Store plain data instead');
  });

  it('but not for what JSON keeps, nor for a property that is undefined', () => {
    const value = { text: 'é', n: -1.5, list: [null, [], {}], nothing: undefined, bare: Object.create(null) as object };
    expect(turnOf(keeper, { value }).disposition).toBe('applied');
  });

  it('whose child came to hold such a value: the path says which', () => {
    const machine = setup({ types: { events: {} as { type: 'go' } }, actors: { keeper } }).createMachine({
      id: 'm',
      invoke: { src: 'keeper', id: 'inner' },
      on: { go: { actions: sendTo('inner', { type: 'go', value: new Date() }) } },
    });
    expect(refusalOf(() => turnOf(machine))).toContain('the actor "inner", context.kept is an object of class Date');
  });

  it('that hands an activity an actor, or a value JSON does not keep', () => {
    const call = fromPromise<unknown, unknown>(() => Promise.resolve(null));
    const machineOf = (input: (args: { self: unknown }) => unknown): AnyStateMachine =>
      setup({ actors: { call } }).createMachine({
        id: 'm',
        initial: 'a',
        states: { a: { on: { go: 'b' } }, b: { invoke: { src: 'call', id: 'call', input } } },
      });
    expect(refusalOf(() => turnOf(machineOf(({ self }) => ({ self }))))).toContain(
      'input.self is a reference to an actor',
    );
    expect(refusalOf(() => turnOf(machineOf(() => new Set())))).toContain('input is an object of class Set');
  });

  it('that delays an event which JSON does not keep, or by no number of milliseconds', () => {
    const machineOf = (event: { type: string }, delay: number): AnyStateMachine =>
      createMachine({ id: 'm', on: { go: { actions: raise(event as never, { delay }) } } }) as AnyStateMachine;
    const later = { type: 'later', at: new Date() };
    expect(refusalOf(() => turnOf(machineOf(later, 5)))).toContain('event.at is an object of class Date');
    expect(refusalOf(() => turnOf(machineOf({ type: 'later' }, Number.NaN)))).toContain('came out as NaN');
    expect(refusalOf(() => turnOf(machineOf({ type: 'later' }, Infinity)))).toContain('came out as Infinity');
  });

  it("that gives a running actor's name to another, which would run on unseen", () => {
    const twice = setup({ actors: { keeper } }).createMachine({
      id: 'm',
      on: { go: { actions: [spawnChild('keeper'), spawnChild('keeper')] } },
    });
    const again = setup({ actors: { keeper } }).createMachine({
      id: 'm',
      entry: spawnChild('keeper', { id: 'k' }),
      on: { go: { actions: spawnChild('keeper', { id: 'k' }) } },
    });
    expect(refusalOf(() => turnOf(twice))).toContain('an id of its own');
    expect(refusalOf(() => turnOf(again))).toContain('took the name of "k"');
  });

  it('before anything of it is committed, and that is an incident until it takes such an event', async () => {
    const harness = await DurableHarness.start({ register: (node) => node.register({ machine: keeper }) });
    const { handles: handle, store } = harness;
    const stored = () => JSON.stringify([store.actors.get('a')?.snapshot, [...store.tasks], [...store.events]]);
    await handle.start(undefined, { id: 'a' });
    const before = stored();
    for (let time = 0; time < 2; time += 1) {
      await expect(handle.send('a', { type: 'go', value: new Date() })).rejects.toBeInstanceOf(NotDurableError);
    }
    expect(stored()).toBe(before);
    expect((await handle.incidents({ id: 'a', open: true })).items).toMatchObject([
      { kind: 'turn_refused', suggestedAction: 'deploy-fix', cause: { code: 'turn_refused', data: { signal: 'go' } } },
    ]);
    expect((await handle.send('a', { type: 'go', value: 1 })).disposition).toBe('applied');
    expect((await handle.incidents({ id: 'a' })).items).toMatchObject([{ resolution: 'go' }]);
    expect(await handle.get('a')).toMatchObject({ incident: false });
    await harness.stop();
  });
});
