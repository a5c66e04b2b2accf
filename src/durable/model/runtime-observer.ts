/**
 * The runtime calls an observer at the moment something happens, for metrics, traces and logs. The arguments exist anyway:
 * a runtime without an observer pays for empty calls only.
 *
 * An observer must not throw, wait or change its arguments. It must limit its labels itself: actor ids, task ids and event
 * types are unbounded.
 */
import type { ActivityContext } from './activity-context.js';
import type { ActorMessage, Disposition } from './actor-message.js';
import type { ActorRecord } from './store.port.js';

export type BatchFailure = 'store_unavailable' | 'lost_race' | 'defect';

export interface RuntimeObserver {
  /** Reads a stopwatch, in milliseconds. The reading comes back as `since`. */
  now(): number;

  /** The turn of a message is computed, and those of the kept events that the actor could take after it. Nothing is written. */
  turnComputed(
    actorId: string,
    machineId: string,
    message: ActorMessage,
    disposition: Disposition,
    since: number,
  ): void;
  /** All turns of this actor since the last call about its draft are durable. `before` is null when the actor is new. */
  draftCommitted(before: ActorRecord | null, after: ActorRecord): void;
  /** `conflict`: another node was faster, and the turns are computed again. `unchanged`: there was nothing to write. */
  draftDropped(actorId: string, reason: 'conflict' | 'failed' | 'unchanged'): void;

  /** One transaction with the turns of `size` actors is durable. */
  batchWritten(size: number, since: number): void;
  /** `store_unavailable`: the transaction may have been written. `lost_race`, `defect`: it was not, and each turn is tried alone. */
  batchFailed(size: number, reason: BatchFailure): void;

  /** An outside caller was refused: too many bytes are under way, or commits wait for too long. */
  callerRefused(reason: 'bytes' | 'wait'): void;

  /** An activity got its place in its group, `limit` (null: it has none). `since` is the reading when it asked. */
  activityAdmitted(limit: string | null, since: number): void;
  /** @param sources names of the logic from the root machine down to the activity. */
  activityStarted(context: ActivityContext, machineId: string, sources: readonly string[], limit: string | null): void;
  /** `cancelled`: the machine no longer waits for the result, or the node shuts down. @param code of the failure. */
  activityEnded(context: ActivityContext, outcome: 'completed' | 'failed' | 'cancelled', code: string | null): void;

  /** A timer's turn is durable. @param latenessMs time since its deadline. */
  timerFired(latenessMs: number): void;
  /** This node runs an activity that another process began, or whose start was lost here. */
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
  callerRefused: nothing,
  activityAdmitted: nothing,
  activityStarted: nothing,
  activityEnded: nothing,
  timerFired: nothing,
  activityTakenOver: nothing,
};
