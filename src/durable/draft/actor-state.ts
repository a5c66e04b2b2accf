/**
 * An actor between two messages of a draft. A state is immutable: each step takes one and returns the next. A step that is
 * refused leaves the state as it was.
 */
import { readBookkeeping, emptyBookkeeping, type Bookkeeping } from '../model/bookkeeping.js';
import type { ActorRecord, EventRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';
import { type EventInbox, inboxOf } from './event-inbox.js';
import { type OpenIncidents, openIncidentsOf } from './incident-log.js';

export interface ActorState {
  /** Null before its first turn. */
  readonly record: ActorRecord | null;
  readonly bookkeeping: Bookkeeping;
  readonly inbox: EventInbox;
  readonly incidents: OpenIncidents;
  /** Facts of a migration. They go before the facts of the next revision. */
  readonly firstFacts: readonly TurnFact[];
  /** The actor in memory after the last computed turn. A turn uses it only if it stands at this state's snapshot. */
  readonly hydrated: HydratedActor | null;
}

export interface StoredState {
  readonly record: ActorRecord | null;
  /** Read from the record; null: not read yet. */
  readonly bookkeeping: Bookkeeping | null;
  readonly kept: readonly EventRecord[];
  readonly firstFacts: readonly TurnFact[];
  readonly hydrated: HydratedActor | null;
}

export function stateOf({ record, kept, firstFacts, hydrated, ...stored }: StoredState): ActorState {
  const bookkeeping = stored.bookkeeping ?? (record === null ? emptyBookkeeping : readBookkeeping(record));
  return {
    record,
    bookkeeping,
    inbox: inboxOf(kept, record?.historySeq ?? 0),
    incidents: openIncidentsOf(bookkeeping),
    firstFacts,
    hydrated,
  };
}
