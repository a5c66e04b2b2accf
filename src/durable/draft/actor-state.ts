/**
 * An actor between two messages of a draft. It never changes: each step takes a state and returns the next one, so that a
 * step that is refused leaves nothing behind.
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
  /** Go before the facts of the next revision: how the actor was migrated. */
  readonly firstFacts: readonly TurnFact[];
  /** The actor in memory as the last computed turn left it: used only where it stands at this state's snapshot. */
  readonly hydrated: HydratedActor | null;
}

export interface StoredState {
  readonly record: ActorRecord | null;
  /** Parsed from the record, when it is at hand. */
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
