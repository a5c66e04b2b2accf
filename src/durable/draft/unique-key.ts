/** Which live key an actor has: decided by its input, kept while it is open, given up when it completes or is terminated. */
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord, RuntimeStatus } from '../model/store.port.js';

/** @param before null for the first turn, which `signal` starts. */
export function uniqueKeyOf(
  { uniqueKey }: Pick<RegisteredMachine, 'uniqueKey'>,
  before: Pick<ActorRecord, 'uniqueKey'> | null,
  message: ActorMessage,
  runtimeStatus: RuntimeStatus,
): string | null {
  // One that failed may yet be retried: it has not given its place up.
  if (runtimeStatus === 'completed' || runtimeStatus === 'terminated') return null;
  if (before !== null) return before.uniqueKey;
  return message.kind === 'start' ? uniqueKey(message.input) : null;
}
