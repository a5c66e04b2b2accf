/**
 * What of a machine decides whether a stored snapshot fits it: states, transitions, invokes, delays, and those of its
 * children. Bodies of functions do not count.
 */
import { createHash } from 'node:crypto';
import { StateMachine, type AnyStateMachine } from 'xstate';

export interface MachineDefinition {
  /** The machine's config as plain JSON; a function is written as `[function]`. */
  readonly config: unknown;
  /** Child machines, by the name of their logic. */
  readonly machines: Readonly<Record<string, MachineDefinition>>;
}

export function definitionOf(machine: AnyStateMachine): MachineDefinition {
  const children = Object.entries(machine.implementations.actors as Record<string, unknown>)
    .filter((entry): entry is [string, AnyStateMachine] => entry[1] instanceof StateMachine)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    config: plain(machine.config, []),
    machines: Object.fromEntries(children.map(([name, child]) => [name, definitionOf(child)])),
  };
}

/** 16 hex digits. */
export function hashOfDefinition(definition: MachineDefinition): string {
  return createHash('sha256').update(JSON.stringify(definition)).digest('hex').slice(0, 16);
}

function plain(value: unknown, above: readonly unknown[]): unknown {
  if (typeof value === 'function') return '[function]';
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof StateMachine) return definitionOf(value as AnyStateMachine); // inline logic of an invoke
  if (above.includes(value)) return '[circular]';
  const path = [...above, value];
  if (Array.isArray(value)) return value.map((item) => plain(item, path));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item, path)]));
}
