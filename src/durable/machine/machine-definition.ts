/**
 * The part of a machine that decides whether a stored snapshot fits it: states, transitions, invokes, delays, the names of
 * its actors, and the same of its child machines. Bodies of functions do not count.
 */
import { createHash } from 'node:crypto';
import { StateMachine, type AnyStateMachine } from 'xstate';

export interface MachineDefinition {
  /** The machine's config as plain JSON. A function becomes `[function]`. */
  readonly config: unknown;
  /** Names of its activities and child machines. */
  readonly actors: readonly string[];
  /** Child machines, by the name of their logic. */
  readonly machines: Readonly<Record<string, MachineDefinition>>;
}

export function definitionOf(machine: AnyStateMachine): MachineDefinition {
  const actors = machine.implementations.actors as Record<string, unknown>; // any logic at all
  const names = Object.keys(actors).sort();
  return {
    config: plain(machine.config, []),
    actors: names,
    machines: Object.fromEntries(
      names.flatMap((name) => {
        const logic = actors[name];
        return logic instanceof StateMachine ? [[name, definitionOf(logic as AnyStateMachine)]] : [];
      }),
    ),
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
