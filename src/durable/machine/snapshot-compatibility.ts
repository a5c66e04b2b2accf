/**
 * Checks a stored snapshot against a machine whose definition has changed since. XState restores many incompatible snapshots
 * without an error, and the actor is then stuck: no timer is set for its deadline, no activity runs for its invoke, or its
 * logic is missing.
 */
import {
  getNextTransitions,
  StateMachine,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
} from 'xstate';
import type { Bookkeeping } from '../model/bookkeeping.js';
import { joinPath } from '../xstate/actor-tree.js';
import { inertLogic } from '../xstate/inert-logic.js';
import { type JsonObject, isObject } from '../json/json-object.js';
import { stateNodes } from '../xstate/state-nodes.js';

/** @returns one problem for an operator in each entry; empty when the snapshot fits. */
export function checkSnapshotCompatibility(
  machine: AnyStateMachine,
  snapshot: unknown,
  bookkeeping: Bookkeeping,
): string[] {
  return checkActor(machine, snapshot, '', bookkeeping);
}

function checkActor(machine: AnyStateMachine, stored: unknown, path: string, bookkeeping: Bookkeeping): string[] {
  const where = path === '' ? 'the root' : `"${path}"`;
  if (!isObject(stored) || !('value' in stored)) return [`${where} is no machine snapshot`];
  if (stored['status'] !== 'active') return [];
  const children = isObject(stored['children']) ? stored['children'] : {};
  const problems: string[] = [];
  for (const [id, child] of Object.entries(children))
    problems.push(...checkChild(machine, id, child, path, bookkeeping));
  if (problems.length > 0) return problems;

  const restored = restore(machine, stored);
  if (restored === null)
    return [`${where} stands in ${JSON.stringify(stored['value'])}, which the machine does not have`];
  if (sorted(restored.value) !== sorted(stored['value'])) {
    return [`${where} stands in ${JSON.stringify(stored['value'])}, and the states inside of that are others now`];
  }
  problems.push(...checkHistory(machine, stored, where));
  const transitions: readonly Deadline[] = getNextTransitions(restored);
  const deadlines = transitions.filter(leavesForSure).map((each) => each.eventType);
  for (const eventType of new Set(deadlines)) {
    if (!eventType.startsWith('xstate.after.')) continue;
    if (!bookkeeping.timers.some((timer) => timer.target === path && timer.event.type === eventType)) {
      problems.push(`${where} waits for ${eventType}, and no timer is set for it`);
    }
  }
  for (const node of restored._nodes) problems.push(...checkInvokes(node, children, where));
  return problems;
}

/** Of a transition of any machine. */
type Deadline = Pick<AnyTransitionDefinition, 'guard' | 'target' | 'source' | 'reenter'> & {
  readonly eventType: string;
};

/**
 * A deadline that may fire without leaving its state (it has a guard, or no target) may have fired: a missing timer proves
 * nothing then.
 */
function leavesForSure({ guard, target, source, reenter }: Deadline): boolean {
  return guard === undefined && target !== undefined && (reenter || !target.every((each) => isWithin(each, source)));
}

function isWithin(node: AnyStateNode, ancestor: AnyStateNode): boolean {
  return node === ancestor || (node.parent !== undefined && isWithin(node.parent, ancestor));
}

function checkInvokes(node: AnyStateNode, children: JsonObject, where: string): string[] {
  return node.invoke.flatMap(({ id, src: wanted }) => {
    const src = wanted as unknown as string; // XState names inline logic here
    const child = children[id];
    if (!isObject(child)) return [`${where} should run "${id}" in ${node.id}, and nothing does`];
    if (child['src'] === src) return [];
    return [`${where} should run "${src}" as "${id}" in ${node.id}, and that is "${String(child['src'])}"`];
  });
}

function checkHistory(machine: AnyStateMachine, stored: JsonObject, where: string): string[] {
  const history = isObject(stored['historyValue']) ? stored['historyValue'] : {};
  const known = new Set(stateNodes(machine).map((node) => node.id));
  const ids = Object.values(history).flatMap((states) => (Array.isArray(states) ? (states as { id: string }[]) : []));
  return ids
    .filter(({ id }) => !known.has(id))
    .map(({ id }) => `${where} remembers "${id}", which the machine does not have`);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function checkChild(
  machine: AnyStateMachine,
  id: string,
  child: unknown,
  parent: string,
  bookkeeping: Bookkeeping,
): string[] {
  const path = joinPath(parent, id);
  if (!isObject(child)) return [`"${path}" is no actor`];
  const source = child['src'];
  const actors = machine.implementations.actors as Record<string, unknown>; // any logic at all
  const logic = typeof source === 'string' ? (actors[source] ?? inlineLogic(machine, source)) : undefined;
  if (logic === undefined) return [`"${path}" runs "${String(source)}", which the machine does not have`];
  const { snapshot } = child;
  if (logic instanceof StateMachine) return checkActor(logic as AnyStateMachine, snapshot, path, bookkeeping);
  const isRunning = isObject(snapshot) && snapshot['status'] === 'active';
  if (logic === inertLogic && isRunning && typeof snapshot['taskId'] !== 'string') {
    return [`"${path}" is no activity, and "${String(source)}" is one now`];
  }
  return [];
}

function inlineLogic(machine: AnyStateMachine, source: string): unknown {
  const match = /^xstate\.invoke\.(\d+)\.(.*)$/.exec(source);
  const node = stateNodes(machine).find((each) => each.id === match?.[2]);
  const invokes: unknown = node?.config.invoke;
  const invoke: unknown = Array.isArray(invokes) ? invokes[Number(match?.[1])] : invokes;
  return isObject(invoke) ? invoke['src'] : undefined;
}

function restore(machine: AnyStateMachine, stored: JsonObject): AnyMachineSnapshot | null {
  try {
    return machine.resolveState({ value: stored['value'] as never, context: stored['context'] }) as AnyMachineSnapshot; // stored by a machine
  } catch {
    return null;
  }
}
