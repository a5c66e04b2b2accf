/** Signals that are meant for an actor as somebody has seen it. */
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord } from '../model/store.port.js';

/** Why a signal was refused that was meant for another revision. */
export const MOVED = 'moved';

/**
 * Whether the actor is another one than the signal is meant for. To be asked after the look for a duplicate: a signal that
 * moved the actor itself is no stranger to it when it comes again. Of one that has ended, that is the better answer.
 */
export function hasMoved(signal: ActorMessage, actor: Pick<ActorRecord, 'revision' | 'runtimeStatus'> | null): boolean {
  if (actor === null || !('ifRevision' in signal) || signal.ifRevision === undefined) return false;
  if (actor.runtimeStatus === 'completed' || actor.runtimeStatus === 'terminated') return false;
  return !signal.ifRevision.includes(actor.revision);
}
