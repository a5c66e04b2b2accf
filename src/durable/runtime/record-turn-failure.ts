/**
 * Records that a message's turn failed as a defect. The actor keeps its last snapshot, and gets one incident for each such
 * failure. An actor that fits no machine can still be terminated, because that needs no turn.
 *
 * Leaves to others: committing the draft and answering the sender (actor-host.ts).
 */
import { ActorDraft } from '../draft/actor-draft.js';
import type { MessageOutcome } from '../draft/message-outcome.js';
import { isIncompatible } from '../draft/blocked-turn.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { MachineRegistry } from '../machine/machine-registry.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord, DurableStore } from '../model/store.port.js';

export interface FailedTurn {
  readonly actorId: string;
  readonly message: ActorMessage;
  readonly error: unknown;
}

export interface FailureDraft {
  readonly draft: ActorDraft;
  readonly registration: RegisteredMachine;
  readonly stored: ActorRecord;
  /** Null: the sender gets the error. */
  readonly outcome: MessageOutcome | null;
}

/**
 * @returns null when the actor does not exist, or when no version of its machine is registered here.
 * @throws StoreUnavailableError
 */
export async function recordTurnFailure(
  { actorId, message, error }: FailedTurn,
  { store, registry, nodeId }: { readonly store: DurableStore; readonly registry: MachineRegistry; nodeId: string },
  now: number,
): Promise<FailureDraft | null> {
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
  const outcome: MessageOutcome =
    seen === null
      ? draft.apply(message, now)
      : { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
  return { draft, registration, stored, outcome };
}
