/**
 * What is done when a signal's turn failed as a defect: the actor stands where it stood, and what happened goes on record
 * as an incident of its own, once. An actor that fits no machine can still be terminated: that needs no turn.
 */
import { ActorDraft } from '../draft/actor-draft.js';
import type { MessageOutcome } from '../draft/message-outcome.js';
import { isIncompatible } from '../draft/blocked-turn.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord, DurableStore } from '../model/store.port.js';

export interface Refused {
  readonly actorId: string;
  readonly message: ActorMessage;
  readonly error: unknown;
}

export interface RefusalDraft {
  readonly draft: ActorDraft;
  readonly registration: RegisteredMachine;
  readonly stored: ActorRecord;
  /** Null when the sender is to get the error. */
  readonly outcome: MessageOutcome | null;
}

/**
 * Null when there is nothing to write to: no such actor, or one of a machine that is none of this process's.
 * @throws StoreUnavailableError
 */
export async function recordTurnFailure(
  { actorId, message, error }: Refused,
  { store, registry, nodeId }: { readonly store: DurableStore; readonly registry: MachineRegistry; nodeId: string },
  now: number,
): Promise<RefusalDraft | null> {
  const stored = await store.loadActor(actorId);
  if (stored === null) return null;
  const { machineId, machineVersion } = stored;
  const registration = registry.has(machineId, machineVersion)
    ? registry.find(machineId, machineVersion)
    : registry.all().findLast((each) => each.machineId === machineId);
  if (registration === undefined) return null;
  const kept = stored.keptEvents > 0 ? await store.loadKeptEvents(actorId) : [];
  const draft = new ActorDraft({ registration, actorId, nodeId, stored, kept, frozen: true });
  if (!isIncompatible(error) || message.kind !== 'command' || message.command.type !== 'terminate') {
    draft.refuseTurn(error, message, now);
    return { draft, registration, stored, outcome: null };
  }
  const seen = message.key === null ? null : await store.findEvent(actorId, message.key);
  const answer: MessageOutcome =
    seen === null
      ? draft.apply(message, now)
      : { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
  return { draft, registration, stored, outcome: answer };
}
