import type {
  ActivityContext,
  ActorMessage,
  ActorRecord,
  BatchFailure,
  Disposition,
  RuntimeObserver,
} from '../durable/index.js';

/** Passes every notification to several observers, in their order. The first observer supplies `now`. */
export class CompositeObserver implements RuntimeObserver {
  constructor(private readonly all: readonly [RuntimeObserver, ...RuntimeObserver[]]) {}

  now(): number {
    return this.all[0].now();
  }

  turnComputed(
    actorId: string,
    machineId: string,
    message: ActorMessage,
    disposition: Disposition,
    since: number,
  ): void {
    for (const one of this.all) one.turnComputed(actorId, machineId, message, disposition, since);
  }

  draftCommitted(before: ActorRecord | null, after: ActorRecord): void {
    for (const one of this.all) one.draftCommitted(before, after);
  }

  draftDropped(actorId: string, reason: 'conflict' | 'failed' | 'unchanged'): void {
    for (const one of this.all) one.draftDropped(actorId, reason);
  }

  batchWritten(size: number, since: number): void {
    for (const one of this.all) one.batchWritten(size, since);
  }

  batchFailed(size: number, reason: BatchFailure): void {
    for (const one of this.all) one.batchFailed(size, reason);
  }

  callerRefused(reason: 'bytes' | 'wait'): void {
    for (const one of this.all) one.callerRefused(reason);
  }

  activityAdmitted(limit: string | null, since: number): void {
    for (const one of this.all) one.activityAdmitted(limit, since);
  }

  activityStarted(context: ActivityContext, machineId: string, sources: readonly string[], limit: string | null): void {
    for (const one of this.all) one.activityStarted(context, machineId, sources, limit);
  }

  activityEnded(context: ActivityContext, outcome: 'completed' | 'failed' | 'cancelled', code: string | null): void {
    for (const one of this.all) one.activityEnded(context, outcome, code);
  }

  timerFired(latenessMs: number): void {
    for (const one of this.all) one.timerFired(latenessMs);
  }

  activityTakenOver(actor: ActorRecord): void {
    for (const one of this.all) one.activityTakenOver(actor);
  }
}
