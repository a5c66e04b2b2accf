/** The unique key of an actor: made of its input, and given up when the actor completes or is terminated. */
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord, RuntimeStatus } from '../model/store.port.js';

/** @param before null for the first turn. */
export function uniqueKeyOf(
  { uniqueKey }: Pick<RegisteredMachine, 'uniqueKey'>,
  before: Pick<ActorRecord, 'uniqueKey'> | null,
  message: ActorMessage,
  runtimeStatus: RuntimeStatus,
): string | null {
  // A failed actor keeps its key: it may be retried.
  if (runtimeStatus === 'completed' || runtimeStatus === 'terminated') return null;
  if (before !== null) return before.uniqueKey;
  return message.kind === 'start' ? uniqueKey(message.input) : null;
}
