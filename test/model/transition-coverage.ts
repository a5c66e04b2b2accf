import {
  createActor,
  getNextTransitions,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  type EventObject,
  type StateValue,
} from 'xstate';
import { getShortestPaths, getStateNodes } from 'xstate/graph';
import type { OrderContext } from '../../src/orders/machine/order/order-model.js';

/*
 * Which of a machine's transitions can be taken at all? The set of all of them is read off the machine's definition, the
 * set of those taken is read off real actors, driven along the shortest path to each edge of the state graph.
 */

/** Every event of a type that makes a difference somewhere, e.g. both answers that a guard tells apart. */
export type Payloads = Readonly<Record<string, readonly object[]>>;

export interface Tour {
  /** One path per edge: source state, event, target state. */
  readonly paths: number;
  /** The top-level states that were entered. */
  readonly statuses: ReadonlySet<string>;
  readonly taken: ReadonlySet<string>;
  /** Snapshots that nothing more can happen to. */
  readonly ends: readonly AnyMachineSnapshot[];
}

// xstate's "any machine" types have `any` inside; these say what it is.
const valueOf = (snapshot: AnyMachineSnapshot): StateValue => snapshot.value as StateValue;
const typeOf = (transition: AnyTransitionDefinition): string => transition.eventType as string;

const nodesOf = (machine: AnyStateMachine): AnyStateNode[] => [machine.root, ...getStateNodes(machine)];

const candidatesOf = (transition: AnyTransitionDefinition): readonly AnyTransitionDefinition[] =>
  typeOf(transition) === ''
    ? (transition.source.always ?? [])
    : (transition.source.transitions.get(typeOf(transition)) ?? []);

/** Stable across clones of a machine: where it is written, for which event, and which of its alternatives it is. */
const nameOf = (transition: AnyTransitionDefinition, index: number): string =>
  `${transition.source.id} --${typeOf(transition) || 'always'}[${index}]--> ${
    transition.target?.map((node) => node.id).join() ?? 'itself'
  }`;

/** Every transition that is written down in the machine, by name. */
export function allTransitions(machine: AnyStateMachine): Set<string> {
  const lists = nodesOf(machine).flatMap((node) => [...node.transitions.values(), node.always ?? []]);
  return new Set(lists.flatMap((list) => list.map(nameOf)));
}

/**
 * Drives the machine along every edge of its state graph and says what was taken.
 *
 * `possible` leaves out what a child machine never tells in that state.
 *
 * @throws Error when an event type of the machine has no payload: a new transition must be thought of here too.
 */
export function tour(
  machine: AnyStateMachine,
  input: object,
  payloads: Payloads,
  possible: (snapshot: AnyMachineSnapshot, event: EventObject) => boolean = () => true,
): Tour {
  const events = (snapshot: AnyMachineSnapshot): EventObject[] =>
    [...new Set(getNextTransitions(snapshot).map(typeOf))]
      .filter((type) => type !== '')
      .flatMap((type) => eventsOf(type, payloads));
  /** What tells states of one value apart: failures decide on retries, the rest on how a compensation ends. */
  const keyOf = (snapshot: AnyMachineSnapshot): unknown => {
    // The machines of an order have these; another machine just has none.
    const { failures, outcome, askedFor, latePayments } = snapshot.context as Partial<OrderContext>;
    const open = latePayments?.filter(({ found }) => found === null).length;
    return [valueOf(snapshot), failures, outcome, askedFor?.length, Math.min(open ?? 0, 2)];
  };
  const paths = getShortestPaths(machine, {
    input,
    events,
    filterEvents: possible,
    // The edge by which a state was entered is part of its key, so that there is a path over every edge.
    serializeState: (state, event, previous) => JSON.stringify([keyOf(state), event, previous && keyOf(previous)]),
  });
  const taken = new Set<string>();
  const statuses = new Set<string>();
  const ends: AnyMachineSnapshot[] = [];
  for (const path of paths) {
    const end = drive(machine, input, path.steps.slice(1), taken, statuses);
    if (end.status === 'done') ends.push(end);
  }
  return { paths: paths.length, statuses, taken, ends };
}

/** Replays one path in a real actor; the actor must agree with the path at every step. */
function drive(
  machine: AnyStateMachine,
  input: object,
  steps: readonly { readonly event: EventObject; readonly state: AnyMachineSnapshot }[],
  taken: Set<string>,
  statuses: Set<string>,
): AnyMachineSnapshot {
  const actor = createActor(machine, {
    input,
    // Deadlines are sent as events, never waited for.
    clock: { setTimeout: () => 0, clearTimeout: () => undefined },
    inspect: (inspected) => {
      if (inspected.type !== '@xstate.microstep' || inspected.actorRef.sessionId !== inspected.rootId) return;
      for (const transition of inspected._transitions) {
        taken.add(nameOf(transition, indexOf(transition)));
      }
      // The root actor runs a machine, so its snapshots are a machine's.
      const value = valueOf(inspected.snapshot as AnyMachineSnapshot);
      statuses.add(typeof value === 'string' ? value : (Object.keys(value)[0] ?? ''));
    },
  });
  actor.start();
  for (const step of steps) {
    actor.send(step.event);
    const [actual, expected] = [actor.getSnapshot(), step.state].map((state) => JSON.stringify(valueOf(state)));
    if (actual !== expected) throw new Error(`${step.event.type} led to ${actual}, not ${expected}`);
  }
  const end = actor.getSnapshot();
  actor.stop();
  return end;
}

function indexOf(transition: AnyTransitionDefinition): number {
  const index = candidatesOf(transition).indexOf(transition);
  if (index === -1) throw new Error(`Not written in the machine: ${transition.source.id} on ${typeOf(transition)}`);
  return index;
}

function eventsOf(type: string, payloads: Payloads): EventObject[] {
  const known = type.startsWith('xstate.after.') ? [{}] : payloads[type];
  if (known === undefined) throw new Error(`No payload for ${type}`);
  return known.map((payload) => ({ type, ...payload }));
}
