/**
 * Makes any XState machine durable without changing it. The twin is the same machine with inert promises (inert-logic.ts).
 * The catalogue holds the real promises under the same names. Both include child machines.
 *
 * Leaves to others: running the promises (activity-runner.ts) and the turn (turn.ts).
 */
import {
  createMachine,
  fromCallback,
  fromEventObservable,
  fromObservable,
  fromPromise,
  StateMachine,
  type AnyActorLogic,
  type AnyStateMachine,
} from 'xstate';
import { NotDurableError } from '../model/durable-errors.js';
import { inertLogic } from './inert-logic.js';
import { type JsonObject, isObject } from '../json/json-object.js';
import { isRestoring } from './rehydration.js';
import { stateNodes } from './state-nodes.js';

/** The real logic behind the names that a machine's snapshot has for its children. */
export interface ActivityCatalogue {
  readonly activities: ReadonlyMap<string, AnyActorLogic>;
  readonly machines: ReadonlyMap<string, ActivityCatalogue>;
}

export interface DurableTwin {
  readonly machine: AnyStateMachine;
  readonly catalogue: ActivityCatalogue;
}

type LogicKind = 'machine' | 'promise' | 'pure' | 'callback' | 'observable' | 'custom';

// XState's creators do not tag their logics. Logics of one creator share the text of their transition function, so comparing
// that text tells the kind without running the user's code.
const nothing: never = undefined as never; // never used: the reference logics are only compared with
const REFERENCE: readonly (readonly [LogicKind, AnyActorLogic])[] = [
  ['promise', fromPromise(() => Promise.resolve(nothing))],
  ['callback', fromCallback(() => undefined)],
  ['observable', fromObservable(() => nothing)],
  ['observable', fromEventObservable(() => nothing)],
];

function kindOf(logic: unknown): LogicKind {
  if (logic instanceof StateMachine) return 'machine';
  if (!isObject(logic) || typeof logic['transition'] !== 'function') return 'custom';
  // Logic without a `start` only reacts to events, as that of fromTransition does.
  if (logic['start'] === undefined) return 'pure';
  const text = logic['transition'].toString();
  return REFERENCE.find(([, reference]) => reference.transition.toString() === text)?.[0] ?? 'custom';
}

/** @throws NotDurableError naming the actor and what to write instead. */
export function makeDurableTwin(machine: AnyStateMachine): DurableTwin {
  const activities = new Map<string, AnyActorLogic>();
  const machines = new Map<string, ActivityCatalogue>();

  const standIn = (name: string, logic: unknown): AnyActorLogic => {
    const kind = kindOf(logic);
    switch (kind) {
      case 'machine': {
        const twin = makeDurableTwin(logic as AnyStateMachine); // kindOf has just said so
        machines.set(name, twin.catalogue);
        return twin.machine;
      }
      case 'promise':
        activities.set(name, logic as AnyActorLogic); // kindOf has just said so
        return inertLogic;
      case 'pure':
        return logic as AnyActorLogic; // durable as it is
      case 'callback':
      case 'observable':
        throw new NotDurableError(
          `Machine "${machine.id}", actor "${name}": a ${kind} actor runs again at every restart and cannot be durable. ` +
            'Write it as fromPromise (one result), or let the outside send events to the actor.',
        );
      case 'custom':
        throw new NotDurableError(
          `Machine "${machine.id}", actor "${name}": logic that was not made by this installation's xstate, and that does ` +
            'something when it starts, cannot be durable. Write it as a machine, fromTransition or fromPromise; ' +
            'if it is one of these, a second copy of xstate is installed.',
        );
    }
  };
  refuseInlineSpawns(machine);

  const named = Object.fromEntries(
    Object.entries(machine.implementations.actors as Record<string, unknown>).map(([name, logic]) => [
      name,
      standIn(name, logic),
    ]),
  );
  const config = withStandIns(machine, standIn);
  const twin: AnyStateMachine = createMachine(config, { ...machine.implementations, actors: named });
  const transition: AnyStateMachine['transition'] = twin.transition.bind(twin);
  twin.transition = (snapshot, event: { readonly type: string }, scope) =>
    event.type.startsWith(CHILD_REPORT) && isRestoring(scope.system) ? snapshot : transition(snapshot, event, scope);
  return { machine: twin, catalogue: { activities, machines } };
}

/** Type of the event by which XState reports a child's snapshot to an `onSnapshot`. */
const CHILD_REPORT = 'xstate.snapshot.';

/** Spawns inside of functions (assign, enqueueActions) show only when they run; turn-recorder.ts refuses those. */
function refuseInlineSpawns(machine: AnyStateMachine): void {
  const seen = new Set<unknown>();
  const look = (value: unknown): void => {
    if (typeof value === 'function') {
      const action = value as { readonly type?: unknown; readonly src?: unknown }; // XState's actions carry these
      if (action.type !== 'xstate.spawnChild' || typeof action.src === 'string') return;
      throw new NotDurableError(
        `Machine "${machine.id}" spawns an actor from inline logic, which no snapshot can name. ` +
          'Put the logic into setup({ actors }) and spawn it by its key: spawnChild(key, { id }).',
      );
    }
    if (typeof value !== 'object' || value === null || value instanceof StateMachine || seen.has(value)) return;
    seen.add(value);
    for (const inner of Object.values(value)) look(inner);
  };
  look(machine.config);
  look(machine.implementations.actions);
}

type MachineConfig = Parameters<typeof createMachine>[0];

/** XState persists inline logic (`invoke: { src: fromPromise(..) }`) under the name `xstate.invoke.<index>.<state id>`. */
function withStandIns(
  machine: AnyStateMachine,
  standIn: (name: string, logic: unknown) => AnyActorLogic,
): MachineConfig {
  const replaced = new Map<unknown, AnyActorLogic>();
  for (const node of stateNodes(machine)) {
    asList((node.config as JsonObject)['invoke']).forEach((invoke, index) => {
      const src = isObject(invoke) ? invoke['src'] : undefined;
      if (src === undefined || typeof src === 'string') return;
      replaced.set(invoke, standIn(`xstate.invoke.${index}.${node.id}`, src));
    });
  }
  const copy = (config: JsonObject): JsonObject => ({
    ...config,
    ...(config['invoke'] === undefined ? {} : { invoke: asList(config['invoke']).map(swap) }),
    ...(isObject(config['states'])
      ? {
          states: Object.fromEntries(
            Object.entries(config['states']).map(([key, state]) => [key, copy(isObject(state) ? state : {})]),
          ),
        }
      : {}),
  });
  const swap = (invoke: unknown): unknown => {
    const logic = replaced.get(invoke);
    return logic === undefined || !isObject(invoke) ? invoke : { ...invoke, src: logic };
  };
  // The copy has the original's shape: only inline actor logic was replaced.
  return copy(machine.config as JsonObject);
}

function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** @param sources names of the logic from the root machine down to the activity, e.g. `['payment', 'startPayment']`. */
export function findActivity(catalogue: ActivityCatalogue, sources: readonly string[]): AnyActorLogic | undefined {
  const [first, ...rest] = sources;
  if (first === undefined) return undefined;
  if (rest.length === 0) return catalogue.activities.get(first);
  const inner = catalogue.machines.get(first);
  return inner === undefined ? undefined : findActivity(inner, rest);
}
