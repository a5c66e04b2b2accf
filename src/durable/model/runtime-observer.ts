/**
 * What the runtime tells whoever measures, traces or logs it, at the moment it knows: numbers, words, and records that exist
 * anyway. Nothing is made for an observer, so that a runtime without one pays for empty calls only.
 *
 * An observer changes nothing: it must neither throw nor wait, and what it is handed is not its own to change. Labels are
 * its business too: actor ids, task ids and event types have no end.
 */
import type { ActivityContext } from './activity-context.js';
import type { ActorMessage, Disposition } from './actor-message.js';
import type { ActorRecord } from './store.port.js';

export interface RuntimeObserver {
  /** A stopwatch's reading in milliseconds, which comes back as `since`; 0 when nobody looks at it. */
  now(): number;

  /** A signal was put to its actor, with whatever kept events it made takeable. Nothing of it is written yet. */
  turnComputed(actorId: string, machineId: string, signal: ActorMessage, disposition: Disposition, since: number): void;
  /** The turns of this actor since the last call about its draft are durable. `before` is null when it was started. */
  draftCommitted(before: ActorRecord | null, after: ActorRecord): void;
  /** They are not: another node was faster (they are computed again), something failed, or there was nothing to write. */
  draftDropped(actorId: string, reason: 'conflict' | 'failed' | 'unchanged'): void;

  /** One transaction of `size` actors' turns is durable. */
  batchWritten(size: number, since: number): void;
  /** `store_unavailable`: whether it was written is not known. `defect`: the store refused it. */
  batchFailed(size: number, reason: 'store_unavailable' | 'defect'): void;

  /** An activity got its place in the group that limits it (null: none does); `since` is when it asked. */
  activityAdmitted(limit: string | null, since: number): void;
  /** `sources` name it from the top machine down; `limit` is its group. */
  activityStarted(context: ActivityContext, machineId: string, sources: readonly string[], limit: string | null): void;
  /** `cancelled`: nobody waits for the result, or the node goes down. `code` is the failure's. */
  activityEnded(context: ActivityContext, outcome: 'completed' | 'failed' | 'cancelled', code: string | null): void;

  /** A timer's turn is durable, so long after its deadline. */
  timerFired(latenessMs: number): void;
  /** An activity that another process began, or whose start here was lost, is run here. */
  activityTakenOver(actor: ActorRecord): void;
}

const nothing = (): void => undefined;

export const silentObserver: RuntimeObserver = {
  now: () => 0,
  turnComputed: nothing,
  draftCommitted: nothing,
  draftDropped: nothing,
  batchWritten: nothing,
  batchFailed: nothing,
  activityAdmitted: nothing,
  activityStarted: nothing,
  activityEnded: nothing,
  timerFired: nothing,
  activityTakenOver: nothing,
};
