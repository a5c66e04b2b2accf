import type { AnyStateMachine } from 'xstate';

/**
 * Writes a machine's config for Stately's tools, with names in place of functions, as `@statelyai/inspect` does. Stately
 * Studio opens it.
 */
export function machineJson(machine: AnyStateMachine): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(machine.config, (_, value: unknown) =>
    typeof value === 'function' ? { type: value.name } : value,
  );
  return JSON.parse(text) as Record<string, unknown>; // a config is an object
}
