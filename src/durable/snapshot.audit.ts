/**
 * Holds a stored snapshot against a machine whose definition has changed since it was written. XState restores many
 * misfits silently, and the actor is then stuck for ever: a timer nobody set, an invoke nobody started, a source gone.
 */
import { getNextTransitions, StateMachine, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Bookkeeping } from './bookkeeping.js';
import { joinPath } from './actor.tree.js';
import { isObject, type JsonObject } from './json.type.js';
import { stateNodes } from './state.nodes.js';

/** @returns what does not fit, in words for an operator; empty when all is well. */
export function auditSnapshot(machine: AnyStateMachine, snapshot: unknown, book: Bookkeeping): string[] {
  return auditActor(machine, snapshot, '', book);
}

function auditActor(machine: AnyStateMachine, stored: unknown, path: string, book: Bookkeeping): string[] {
  const where = path === '' ? 'the root' : `"${path}"`;
  if (!isObject(stored) || !('value' in stored)) return [`${where} is no machine snapshot`];
  if (stored['status'] !== 'active') return [];
  const children = isObject(stored['children']) ? stored['children'] : {};
  const problems: string[] = [];
  for (const [id, child] of Object.entries(children)) problems.push(...auditChild(machine, id, child, path, book));
  if (problems.length > 0) return problems;

  const restored = restore(machine, stored);
  if (restored === null)
    return [`${where} stands in ${JSON.stringify(stored['value'])}, which the machine does not have`];
  for (const { eventType } of getNextTransitions(restored) as { eventType: string }[]) {
    if (!eventType.startsWith('xstate.after.')) continue;
    if (!book.timers.some((timer) => timer.target === path && timer.event.type === eventType)) {
      problems.push(`${where} waits for ${eventType}, and no timer is set for it`);
    }
  }
  for (const node of restored._nodes) {
    for (const invoke of node.invoke) {
      if (!(invoke.id in children)) problems.push(`${where} should run "${invoke.id}" in ${node.id}, and nothing does`);
    }
  }
  return problems;
}

function auditChild(machine: AnyStateMachine, id: string, child: unknown, parent: string, book: Bookkeeping): string[] {
  const path = joinPath(parent, id);
  if (!isObject(child)) return [`"${path}" is no actor`];
  const source = child['src'];
  const actors = machine.implementations.actors as Record<string, unknown>; // any logic at all
  const logic = typeof source === 'string' ? (actors[source] ?? inlineLogic(machine, source)) : undefined;
  if (logic === undefined) return [`"${path}" runs "${String(source)}", which the machine does not have`];
  return logic instanceof StateMachine ? auditActor(logic as AnyStateMachine, child['snapshot'], path, book) : [];
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
