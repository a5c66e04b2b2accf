/**
 * Messages to other systems about an actor. Each revision's messages are written in its transaction (invariant 2), so a
 * message exists exactly when its change does.
 *
 * Leaves to others: delivery, which is the application's.
 */
import type { ActorHead, IncidentRecord, OutboxRecord } from './store.port.js';

/** Two revisions of an actor in a row. */
export interface ActorChange {
  /** Null when `after` is the first revision. */
  readonly before: ActorHead | null;
  readonly after: ActorHead;
  /** The first open incident of `before`, and of `after`. */
  readonly openBefore: IncidentRecord | undefined;
  readonly openAfter: IncidentRecord | undefined;
}

export interface Publication {
  /** E.g. `order.completed`. One change may publish each type once. */
  readonly type: string;
  /** Leaves the service: without secrets. */
  readonly data: Readonly<Record<string, unknown>>;
}

export type Publisher = (change: ActorChange) => readonly Publication[];

export function messagesOf(publish: Publisher | null, change: ActorChange): OutboxRecord[] {
  if (publish === null) return [];
  const { actorId, revision, updatedAt } = change.after;
  return publish(change).map(({ type, data }) => ({
    messageId: `${actorId}_${revision}_${type.replaceAll('.', '_')}`,
    actorId,
    type,
    revision,
    at: updatedAt,
    data: JSON.stringify(data),
  }));
}
