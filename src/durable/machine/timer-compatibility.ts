/**
 * Checks an actor's timers against a machine whose definition has changed since. A timer that no state waits for would fire
 * without effect, and the actor would wait for ever.
 */
import { getNextTransitions, StateMachine, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import { joinPath } from '../xstate/actor-tree.js';
import type { DurableTimer } from '../model/bookkeeping.js';
import { isObject } from '../json/json-object.js';

/**
 * Call it for a snapshot that passes checkSnapshotCompatibility.
 * @returns one problem for an operator in each entry; empty when the timers fit.
 */
export function checkTimerCompatibility(
  machine: AnyStateMachine,
  snapshot: unknown,
  timers: readonly DurableTimer[],
): string[] {
  if (timers.length === 0) return [];
  return checkActor(machine, snapshot, '', timers);
}

function checkActor(
  machine: AnyStateMachine,
  stored: unknown,
  path: string,
  timers: readonly DurableTimer[],
): string[] {
  if (!isObject(stored) || stored['status'] !== 'active') return [];
  const own = timers.filter((timer) => timer.target === path);
  const problems = own.length === 0 ? [] : checkOwn(machine, stored, path, own);
  const children = isObject(stored['children']) ? stored['children'] : {};
  const actors = machine.implementations.actors as Record<string, unknown>; // any logic at all
  for (const [id, child] of Object.entries(children)) {
    if (!isObject(child) || typeof child['src'] !== 'string') continue;
    const logic = actors[child['src']];
    if (logic instanceof StateMachine)
      problems.push(...checkActor(logic as AnyStateMachine, child['snapshot'], joinPath(path, id), timers));
  }
  return problems;
}

function checkOwn(
  machine: AnyStateMachine,
  stored: { readonly [field: string]: unknown },
  path: string,
  timers: readonly DurableTimer[],
): string[] {
  const restored = machine.resolveState({
    value: stored['value'] as never, // stored by a machine
    context: stored['context'],
  }) as AnyMachineSnapshot; // of any machine
  const awaited = new Set((getNextTransitions(restored) as { eventType: string }[]).map((each) => each.eventType));
  const where = path === '' ? 'the root' : `"${path}"`;
  return (
    timers
      .map((timer) => timer.event.type)
      // Another delayed event may be meant for a later state. A deadline is meant for the active state only.
      .filter((type) => type.startsWith('xstate.after.') && !awaited.has(type))
      .map((type) => `the timer of ${where} sends ${type}, which nothing there waits for`)
  );
}
