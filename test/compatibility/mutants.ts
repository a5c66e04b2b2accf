import { createMachine, StateMachine, type AnyStateMachine } from 'xstate';
import type { OrderMachine } from '../../src/orders/machine/order/order-machine.js';

type Json = Record<string, unknown>;

/** The machine with another config: what somebody's edit would make of it. */
function withConfig<T extends AnyStateMachine>(machine: T, change: (config: Json) => Json, actors?: Json): T {
  const { actors: own, delays, ...rest } = machine.implementations as unknown as Record<string, Json>; // maps by name
  const changed: AnyStateMachine = createMachine(change(machine.config as Json) as never) // a config that was changed
    .provide({ ...rest, actors: actors ?? own ?? {}, delays: change({ delays })['delays'] } as never); // as above
  return changed as T; // but for the change
}

/** A state or a delay gets another name, wherever it is used, in child machines too. */
export function renamed<T extends AnyStateMachine>(machine: T, from: string, to: string): T {
  const rename = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value === from || /^[#.]/.test(value)
        ? value
            .split('.')
            .map((part) => (part === from ? to : part))
            .join('.')
        : value;
    }
    if (typeof value !== 'object' || value === null || value instanceof StateMachine) return value;
    if (Array.isArray(value)) return value.map(rename);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key === from ? to : key, rename(inner)]));
  };
  const actors = Object.entries(machine.implementations.actors as Json).map(([name, logic]) => [
    name,
    logic instanceof StateMachine ? renamed(logic as AnyStateMachine, from, to) : logic,
  ]);
  return withConfig(machine, (config) => rename(config) as Json, Object.fromEntries(actors) as Json); // a config stays one
}

/** An activity's implementation is gone. */
export function withoutActivity(machine: OrderMachine, name: string): OrderMachine {
  const actors = Object.entries(machine.implementations.actors as Json).filter(([key]) => key !== name);
  return withConfig(machine, (config) => config, Object.fromEntries(actors));
}

/** One key of one state is gone, or another value takes its place: `['CalculatingShipping', 'running'], 'invoke'`. */
export function edited(machine: OrderMachine, path: readonly string[], key: string, value?: unknown): OrderMachine {
  const edit = (node: Json, [next, ...rest]: readonly string[]): Json => {
    if (next === undefined) return { ...node, [key]: value };
    const states = node['states'] as Json; // the path leads through states
    return { ...node, states: { ...states, [next]: edit(states[next] as Json, rest) } };
  };
  return withConfig(machine, (config) => ('delays' in config ? config : edit(config, path)));
}
