import type { ActorCommit } from '../model/store.port.js';

/** An actor in memory takes some ten times its text; a record, a row or a task some thousand bytes beside its texts. */
export const ACTOR_PER_BYTE = 10;
export const RECORD_BYTES = 1_000;

/** Bytes that a commit and the actor it was made from take in memory until it is durable, roughly. */
export function sizeOfCommit({ actor, addTasks, history, events, incidents = [], outbox = [] }: ActorCommit): number {
  const { snapshot, bookkeeping, attributes } = actor;
  const rows = 1 + addTasks.length + history.length + events.length + incidents.length + outbox.length;
  let written = bookkeeping.length + attributes.length;
  for (const { data } of history) written += data.length;
  for (const { event } of events) written += event.length;
  for (const { data } of outbox) written += data.length;
  return RECORD_BYTES * rows + written + (1 + ACTOR_PER_BYTE) * snapshot.length;
}
