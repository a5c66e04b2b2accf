/** Messages that are meant for one revision of an actor. */
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord } from '../model/store.port.js';

/** Reason of the refusal. */
export const MOVED = 'moved';

/**
 * Whether the actor has another revision than the message expects. Check duplicates first: a repeated message has itself
 * advanced the revision. False when the actor has ended: `actor_ended` is the better reason then.
 */
export function hasMoved(
  message: ActorMessage,
  actor: Pick<ActorRecord, 'revision' | 'runtimeStatus'> | null,
): boolean {
  if (actor === null || !('ifRevision' in message) || message.ifRevision === undefined) return false;
  if (actor.runtimeStatus === 'completed' || actor.runtimeStatus === 'terminated') return false;
  return !message.ifRevision.includes(actor.revision);
}
