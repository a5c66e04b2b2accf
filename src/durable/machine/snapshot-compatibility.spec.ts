import { assign, createActor, fromPromise, setup, type AnyStateMachine } from 'xstate';
import { registerMachine } from './machine-registration.js';
import { checkSnapshotCompatibility } from './snapshot-compatibility.js';
import type { TurnDecided } from '../turn/turn-decision.js';
import { computeTurn } from '../turn/turn.js';
import { emptyBookkeeping } from '../model/bookkeeping.js';

type Config = Parameters<ReturnType<typeof base>['createMachine']>[0];

const call = fromPromise<string>(() => new Promise(() => undefined));

const line = (id: string, first: string) =>
  setup({ delays: { ring: 1_000 }, actors: { call } }).createMachine({
    id,
    initial: first,
    states: { [first]: { after: { ring: 'over' } }, over: { type: 'final' } },
  });

function base(actors: { call: typeof call; other: typeof call; line: ReturnType<typeof line> }) {
  return setup({
    types: { context: {} as { n: number }, events: {} as { type: 'go' } | { type: 'back' } },
    actors,
    delays: { wait: 1_000, pause: 1_000 },
    actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
  });
}

const actors = { call, other: call, line: line('line', 'ringing') };
const machineOf = (states: Config['states'], given: Partial<typeof actors> = {}): AnyStateMachine =>
  base({ ...actors, ...given }).createMachine({ id: 'm', context: { n: 0 }, initial: 'a', ...(states && { states }) });

const twinOf = (machine: AnyStateMachine): AnyStateMachine => registerMachine({ machine }).twin;

/** Where an actor of the machine stands after these events. */
function stored(machine: AnyStateMachine, ...events: ({ type: string } | 'timer')[]): TurnDecided {
  const registration = registerMachine({ machine });
  const turn = (before: TurnDecided | null, message: Parameters<typeof computeTurn>[0]['message']): TurnDecided =>
    computeTurn({
      registration,
      actorId: 'x',
      snapshot: before?.snapshot ?? null,
      bookkeeping: before?.bookkeeping ?? emptyBookkeeping,
      message,
      kept: [],
      now: 0,
    }).decided!;
  return events.reduce<TurnDecided>(
    (before, event) =>
      event === 'timer'
        ? turn(before, { kind: 'timer', taskId: before.bookkeeping.timers[0]!.taskId })
        : turn(before, { kind: 'event', event, key: null }),
    turn(null, { kind: 'start', input: undefined }),
  );
}

const audit = (machine: AnyStateMachine, at: TurnDecided): string[] =>
  checkSnapshotCompatibility(twinOf(machine), JSON.parse(at.snapshot), at.bookkeeping);

describe('The audit of a stored snapshot (G9)', () => {
  const invoking = { a: { invoke: { src: 'call', id: 'call' }, after: { wait: 'b' } }, b: {} } as const;

  it('has nothing to say when nothing changed, or only what the actor does not stand in', () => {
    const at = stored(machineOf(invoking));
    expect(audit(machineOf(invoking), at)).toEqual([]);
    expect(audit(machineOf({ ...invoking, b: { after: { pause: 'a' } }, c: {} }), at)).toEqual([]);
  });

  it('names a state that was renamed', () => {
    const at = stored(machineOf({ a: { on: { go: 'b' } }, b: {} }), { type: 'go' });
    expect(audit(machineOf({ a: { on: { go: 'c' } }, c: {} }), at)).toEqual([
      'the root stands in "b", which the machine does not have',
    ]);
  });

  it('names a source that was removed, and one that was exchanged', () => {
    const at = stored(machineOf(invoking));
    const twin = twinOf(machineOf(invoking));
    delete (twin.implementations.actors as Record<string, unknown>)['call'];
    expect(checkSnapshotCompatibility(twin, JSON.parse(at.snapshot), at.bookkeeping)).toEqual([
      '"call" runs "call", which the machine does not have',
    ]);
    const exchanged = machineOf({ a: { invoke: { src: 'other', id: 'call' }, after: { wait: 'b' } }, b: {} });
    expect(audit(exchanged, at)).toEqual(['the root should run "other" as "call" in m.a, and that is "call"']);
  });

  it('names an invoke that was added to an active state', () => {
    const at = stored(machineOf({ a: {}, b: {} }));
    expect(audit(machineOf({ a: { invoke: { src: 'call', id: 'call' } }, b: {} }), at)).toEqual([
      'the root should run "call" in m.a, and nothing does',
    ]);
  });

  it('names a deadline whose delay was renamed or added', () => {
    const at = stored(machineOf({ a: { after: { wait: 'b' } }, b: {} }));
    expect(audit(machineOf({ a: { after: { pause: 'b' } }, b: {} }), at)).toEqual([
      'the root waits for xstate.after.pause.m.a, and no timer is set for it',
    ]);
    expect(audit(machineOf({ a: { after: { 1000: 'b' } }, b: {} }), at)).toEqual([
      'the root waits for xstate.after.1000.m.a, and no timer is set for it',
    ]);
  });

  it('does not miss a timer that has fired without leaving its state', () => {
    const states: Config['states'] = {
      a: {
        initial: 'quiet',
        after: { wait: { actions: 'count' } },
        states: { quiet: {}, loud: {} },
      },
      b: {},
    };
    const at = stored(machineOf(states), 'timer');
    expect(audit(machineOf(states), at)).toEqual([]);
    const inner: Config['states'] = {
      a: { initial: 'quiet', after: { wait: '.loud' }, states: { quiet: {}, loud: {} } },
    };
    expect(audit(machineOf(inner), stored(machineOf(inner), 'timer'))).toEqual([]);
    const guarded: Config['states'] = { a: { after: { wait: { guard: () => false, target: 'b' } } }, b: {} };
    expect(audit(machineOf(guarded), stored(machineOf(guarded), 'timer'))).toEqual([]);
  });

  it('names a state that has got states of its own, has lost them, or became parallel', () => {
    const atomic: Config['states'] = { a: {} };
    const compound: Config['states'] = { a: { initial: 'one', states: { one: {}, two: {} } } };
    const parallel: Config['states'] = { a: { type: 'parallel', states: { one: {}, two: {} } } };
    expect(audit(machineOf(compound), stored(machineOf(atomic)))).toEqual([
      'the root stands in "a", and the states inside of that are others now',
    ]);
    expect(audit(machineOf(atomic), stored(machineOf(compound)))).toEqual([
      'the root stands in {"a":"one"}, which the machine does not have',
    ]);
    expect(audit(machineOf(parallel), stored(machineOf(compound)))).not.toEqual([]);
    expect(audit(machineOf(compound), stored(machineOf(parallel)))).not.toEqual([]);
  });

  it('names a remembered state that is gone', () => {
    const withHistory = (name: string): Config['states'] => ({
      a: { initial: name, states: { [name]: {}, h: { type: 'history' } }, on: { go: 'b' } },
      b: { on: { back: 'a.h' } },
    });
    const at = stored(machineOf(withHistory('one')), { type: 'go' });
    expect(audit(machineOf(withHistory('one')), at)).toEqual([]);
    expect(audit(machineOf(withHistory('two')), at)).toEqual([
      'the root remembers "m.a.one", which the machine does not have',
    ]);
  });

  it('looks into child machines, and knows an activity from a machine', () => {
    const states: Config['states'] = { a: { invoke: { src: 'line', id: 'line' } } };
    const at = stored(machineOf(states));
    expect(audit(machineOf(states), at)).toEqual([]);
    expect(audit(machineOf(states, { line: line('line', 'calling') }), at)).toEqual([
      '"line" stands in "ringing", which the machine does not have',
    ]);
    expect(audit(machineOf(states, { line: call as never }), at)).toEqual([
      '"line" is no activity, and "line" is one now',
    ]);
    const asActivity = stored(machineOf(states, { line: call as never }));
    expect(audit(machineOf(states), asActivity)).toEqual(['"line" is no machine snapshot']);
  });

  it('has nothing to say about an actor that has ended', () => {
    const at = stored(machineOf({ a: { on: { go: 'b' } }, b: { type: 'final' } }), { type: 'go' });
    expect(audit(machineOf({ a: {} }), at)).toEqual([]);
  });

  it('is needed: XState restores such snapshots without a word', () => {
    const at = stored(machineOf({ a: {}, b: {} }));
    const actor = createActor(machineOf({ a: { invoke: { src: 'call', id: 'call' } }, b: {} }), {
      snapshot: JSON.parse(at.snapshot) as never,
    });
    expect(actor.getSnapshot()).toMatchObject({ status: 'active', children: {} });
  });
});
