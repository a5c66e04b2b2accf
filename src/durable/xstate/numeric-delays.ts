/**
 * Finds delays that are written as numbers: `after: { 5000: … }`. XState makes the number a part of the timer's name. When the
 * number changes, nothing waits for the stored timer any more. A named delay (`after: { patience: … }`, with its length in
 * `setup({ delays })`) keeps its name.
 */
import { StateMachine, type AnyStateMachine } from 'xstate';
import { isObject } from '../json/json-object.js';
import { stateNodes } from './state-nodes.js';

/** @returns their places in the machine and its child machines, e.g. `loan.waiting after 5000`. */
export function numericDelays(machine: AnyStateMachine): string[] {
  const own = stateNodes(machine).flatMap((node) =>
    Object.keys((node.config as { after?: object }).after ?? {}) // a config's `after` is an object by delay
      .filter((delay) => delay.trim() !== '' && !Number.isNaN(Number(delay)))
      .map((delay) => `${node.id} after ${delay}`),
  );
  return [...own, ...childMachines(machine).flatMap(numericDelays)];
}

function childMachines(machine: AnyStateMachine): AnyStateMachine[] {
  const invoked = stateNodes(machine).flatMap(({ config }) => {
    const { invoke } = config as { invoke?: unknown }; // one, several, or none
    return (Array.isArray(invoke) ? (invoke as unknown[]) : [invoke]).map((each) =>
      isObject(each) ? each['src'] : null,
    );
  });
  const named: unknown[] = Object.values(machine.implementations.actors as object);
  return [...named, ...invoked].filter((logic): logic is AnyStateMachine => logic instanceof StateMachine);
}
