/** Which types of events a machine may take in any of its states. An event of another type would be kept in vain. */
import type { AnyStateMachine } from 'xstate';
import { stateNodes } from './state-nodes.js';

/** @returns whether some state of the machine may take an event of this type. */
export function acceptedEvents(machine: AnyStateMachine): (type: string) => boolean {
  // A guard of an eventless transition may read the event, whatever its type.
  if (stateNodes(machine).some((node) => node.always?.some(({ guard }) => guard !== undefined) === true)) {
    return () => true;
  }
  const descriptors: readonly string[] = machine.events;
  return (type) => descriptors.some((descriptor) => matches(type, descriptor));
}

/** As XState matches: `*` is any type, `payment.*` is `payment` and every type that begins with `payment.`. */
function matches(type: string, descriptor: string): boolean {
  if (descriptor === '*' || descriptor === type) return true;
  if (!descriptor.endsWith('.*')) return false;
  const prefix = descriptor.slice(0, -2);
  return type === prefix || type.startsWith(`${prefix}.`);
}
