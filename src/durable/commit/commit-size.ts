import type { ActorCommit } from '../model/store.port.js';

/** An actor in memory takes some ten times its text; a record, a row or a task some thousand bytes beside its texts. */
export const ACTOR_PER_BYTE = 10;
export const RECORD_BYTES = 1_000;

/** Bytes that a commit and the actor it was made from take in memory until it is durable, roughly. */
export function sizeOfCommit({ actor, addTasks, history, events, incidents = [], outbox = [] }: ActorCommit): number {
  const { snapshot, bookkeeping, attributes } = actor;
  const texts = [
    ...history.map(({ data }) => data),
    ...events.map(({ event }) => event),
    ...outbox.map(({ data }) => data),
  ];
  const rows = 1 + addTasks.length + texts.length + incidents.length;
  const written = texts.reduce((bytes, text) => bytes + text.length, bookkeeping.length + attributes.length);
  return RECORD_BYTES * rows + written + (1 + ACTOR_PER_BYTE) * snapshot.length;
}
