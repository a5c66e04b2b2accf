/**
 * What the outside is to be told of an actor, derived from each of its revisions and written in the same transaction
 * (invariant 2): a message is there exactly when its change is. Delivering it is the application's.
 */
import type { ActorHead, IncidentRecord, OutboxRecord } from './store.port.js';

/** One revision of an actor, beside the one before. */
export interface ActorChange {
  /** Null when it was started by this one. */
  readonly before: ActorHead | null;
  readonly after: ActorHead;
  /** The incident that was open before, and the one that is open now. */
  readonly openBefore: IncidentRecord | undefined;
  readonly openAfter: IncidentRecord | undefined;
}

export interface Publication {
  /** Each one once for a change, e.g. `order.completed`. */
  readonly type: string;
  /** Free of secrets: it leaves the service. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type Publisher = (change: ActorChange) => readonly Publication[];

export function messagesOf(announce: Publisher | null, change: ActorChange): OutboxRecord[] {
  if (announce === null) return [];
  const { actorId, revision, updatedAt } = change.after;
  return announce(change).map(({ type, data }) => ({
    messageId: `${actorId}_${revision}_${type.replaceAll('.', '_')}`,
    actorId,
    type,
    revision,
    at: updatedAt,
    data: JSON.stringify(data),
  }));
}
