/** Signals that are meant for an actor as somebody has seen it. */
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord } from '../model/store.port.js';

/** Why a message was refused that was meant for another revision. */
export const MOVED = 'moved';

/**
 * Whether the actor is another one than the message is meant for. To be asked after the look for a duplicate: a message that
 * moved the actor itself is no stranger to it when it comes again. Of one that has ended, that is the better answer.
 */
export function hasMoved(
  message: ActorMessage,
  actor: Pick<ActorRecord, 'revision' | 'runtimeStatus'> | null,
): boolean {
  if (actor === null || !('ifRevision' in message) || message.ifRevision === undefined) return false;
  if (actor.runtimeStatus === 'completed' || actor.runtimeStatus === 'terminated') return false;
  return !message.ifRevision.includes(actor.revision);
}
