import type { AnyStateMachine } from 'xstate';

/**
 * A machine's config as Stately's tools read it: functions by their names, as `@statelyai/inspect` writes them. Opens in
 * Stately Studio.
 */
export function machineJson(machine: AnyStateMachine): Readonly<Record<string, unknown>> {
  const text = JSON.stringify(machine.config, (_, value: unknown) =>
    typeof value === 'function' ? { type: value.name } : value,
  );
  return JSON.parse(text) as Record<string, unknown>; // a config is an object
}
