/**
 * Reads a machine for drawings: a flat list of its states as boxes within boxes, child machines included, and its
 * transitions. The source is XState's own state nodes, so a drawing shows what runs.
 */
import { StateMachine, type AnyStateMachine, type AnyStateNode } from 'xstate';
import { joinPath } from '../../durable/inspect.js';

export interface ChartState {
  /**
   * `<key of its machine's box><names from its top state down, joined by dots>`: `/AwaitingPayment.open`,
   * `payment/waiting`. The key of the machine's own box is `/`. That of a child machine's box is the path of its actor
   * and a `/`. Where several states invoke a child of the same path, the further boxes have numbers: `payment@2/`.
   */
  readonly key: string;
  /** Key of the box around it; null: it is a top box. */
  readonly parent: string | null;
  readonly name: string;
  /** `machine` is the box of a child machine. */
  readonly type: 'atomic' | 'compound' | 'parallel' | 'final' | 'history' | 'machine';
  /** Path of the child machine's actor; null: not the box of a child machine. */
  readonly actor: string | null;
  /** True: it is the initial state of its parent. */
  readonly initial: boolean;
  /** Invoke ids of the activities that run while the state is active. */
  readonly activities: readonly string[];
  readonly tags: readonly string[];
}

type TransitionKind = 'event' | 'after' | 'done' | 'error' | 'always';

export interface ChartTransition {
  /** `t1`, `t2`, …, stable within a machine's version. */
  readonly id: string;
  readonly source: string;
  /** Null: the transition only runs actions. */
  readonly target: string | null;
  /** Type as in the history, e.g. `xstate.done.actor.getProducts`; empty for an eventless transition. */
  readonly event: string;
  readonly kind: TransitionKind;
  /** Text for people, e.g. `getProducts done`. */
  readonly label: string;
  readonly guard: string | null;
  readonly actions: readonly string[];
}

export interface Chart {
  readonly machineId: string;
  readonly version: string;
  readonly states: readonly ChartState[];
  readonly transitions: readonly ChartTransition[];
}

/** @param version the registered version. */
export function chartOf(machine: AnyStateMachine, version: string): Chart {
  const states: ChartState[] = [];
  const transitions: Omit<ChartTransition, 'id'>[] = [];
  const add = (machineOfBox: AnyStateMachine, box: Box): void => {
    const addState = (node: AnyStateNode, parent: string | null): void => {
      const key = keyOf(box, node);
      const invoked = node.invoke.map(({ id, src }) => ({ id, logic: logicOf(machineOfBox, src) }));
      states.push({
        key,
        parent,
        name: node.key,
        type: node.type,
        actor: null,
        initial: node.parent?.initial.target.includes(node) === true,
        activities: invoked.filter(({ logic }) => !(logic instanceof StateMachine)).map(({ id }) => id),
        tags: [...node.tags],
      });
      transitions.push(...transitionsOf(box, node));
      for (const child of Object.values(node.states)) addState(child, key);
      for (const { id, logic } of invoked) {
        if (logic instanceof StateMachine) addChild(logic as AnyStateMachine, joinPath(box.actor, id), key);
      }
    };
    for (const child of Object.values(machineOfBox.root.states)) addState(child, box.actor === '' ? null : box.key);
  };
  const addChild = (child: AnyStateMachine, actor: string, parent: string): void => {
    const namesakes = states.filter((state) => state.actor === actor).length;
    const key = namesakes === 0 ? `${actor}/` : `${actor}@${namesakes + 1}/`;
    states.push({ key, parent, name: child.id, type: 'machine', actor, initial: false, activities: [], tags: [] });
    add(child, { key, actor });
  };
  add(machine, { key: '/', actor: '' });
  return {
    machineId: machine.id,
    version,
    states,
    transitions: transitions.map((transition, index) => ({ id: `t${index + 1}`, ...transition })),
  };
}

/** The box around a machine's states. */
interface Box {
  readonly key: string;
  /** Path of the machine's actor. */
  readonly actor: string;
}

function keyOf(box: Box, node: AnyStateNode): string {
  return box.key + node.path.join('.');
}

function logicOf(machine: AnyStateMachine, src: unknown): unknown {
  const actors = machine.implementations.actors as Readonly<Record<string, unknown>>; // any logic at all
  return typeof src === 'string' ? actors[src] : src;
}

function transitionsOf(box: Box, node: AnyStateNode): Omit<ChartTransition, 'id'>[] {
  const defined = [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
  return defined.flatMap(({ eventType, guard, actions, target }) => {
    const event = String(eventType);
    const targets: readonly (AnyStateNode | null)[] = target ?? [null];
    return targets.map((each) => ({
      source: keyOf(box, node),
      target: each === null ? null : keyOf(box, each),
      event,
      kind: kindOf(event),
      label: labelOf(event),
      guard: guard === undefined ? null : nameOf(guard),
      actions: actions.map(nameOf),
    }));
  });
}

function kindOf(event: string): TransitionKind {
  if (event === '') return 'always';
  if (event.startsWith('xstate.after.')) return 'after';
  if (event.startsWith('xstate.done.')) return 'done';
  return event.startsWith('xstate.error.') ? 'error' : 'event';
}

/** Returns plain words for XState's own events. */
function labelOf(event: string): string {
  const [, what, of, rest = ''] = /^xstate\.(after|done|error)\.([^.]+)\.?(.*)$/.exec(event) ?? [];
  switch (what) {
    case 'after':
      return `after ${of ?? ''}`;
    case 'done':
      return of === 'actor' ? `${rest} done` : 'done';
    case 'error':
      return `${rest} failed`;
    case undefined:
    default:
      return event === '' ? 'at once' : event;
  }
}

/** Returns the name of a guard or an action; `inline` without a name. */
function nameOf(implementation: unknown): string {
  if (typeof implementation === 'string') return implementation;
  if (typeof implementation === 'function') {
    return 'type' in implementation && typeof implementation.type === 'string' ? implementation.type : 'inline';
  }
  if (typeof implementation === 'object' && implementation !== null && 'type' in implementation) {
    return String(implementation.type);
  }
  return 'inline';
}
