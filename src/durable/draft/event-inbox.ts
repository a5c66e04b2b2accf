/** The events of one actor in a draft: which are kept, and what becomes of each (invariant 6). */
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { EventRecord } from '../model/store.port.js';
import type { CommitBuilder } from './commit-builder.js';

/** A result that arrives while the actor is suspended is kept as an event of this type. */
const DEFERRED_RESULT = 'durable.activity.result';

export interface EventInbox {
  /** In order of arrival. */
  readonly kept: readonly EventRecord[];
  /** At least the position of the last event that arrived. */
  readonly lastPosition: number;
}

type Arrival = Pick<EventRecord, 'type' | 'state' | 'reason'> & {
  readonly event: unknown;
  readonly key: string | null;
};

export interface Added {
  readonly inbox: EventInbox;
  readonly record: EventRecord;
}

export function inboxOf(kept: readonly EventRecord[], lastPosition: number): EventInbox {
  return { kept, lastPosition };
}

/** The kept events that the machine may take. */
export function offeredEvents({ kept }: EventInbox): readonly EventRecord[] {
  return kept.filter(({ type }) => type !== DEFERRED_RESULT);
}

export function deferredResults({ kept }: EventInbox): readonly EventRecord[] {
  return kept.filter(({ type }) => type === DEFERRED_RESULT);
}

/**
 * What becomes of an event that is to be kept. `once`: one of its type is kept and does for both; the event is recorded,
 * and not offered.
 */
export function keeping(
  { kept }: EventInbox,
  type: string,
  { maxKeptEvents, keptOnce }: Pick<RegisteredMachine, 'maxKeptEvents' | 'keptOnce'>,
): 'kept' | 'once' | 'full' {
  const events = kept.filter((each) => each.type !== DEFERRED_RESULT);
  if (keptOnce.has(type) && events.some((each) => each.type === type)) return 'once';
  return events.length >= maxKeptEvents ? 'full' : 'kept';
}

export function isKept({ kept }: EventInbox, key: string): boolean {
  return kept.some((each) => each.key === key);
}

export function addEvent(
  { kept, lastPosition }: EventInbox,
  arrival: Arrival,
  commit: CommitBuilder,
  now: number,
): Added {
  const position = lastPosition + 1;
  const record: EventRecord = {
    actorId: commit.actorId,
    key: arrival.key ?? `unkeyed:${position}`,
    position,
    type: arrival.type,
    event: JSON.stringify(arrival.event),
    state: arrival.state,
    reason: arrival.reason,
    receivedAt: now,
    settledAt: arrival.state === 'kept' ? null : now,
  };
  commit.putEvent(record);
  return { inbox: { kept: arrival.state === 'kept' ? [...kept, record] : kept, lastPosition: position }, record };
}

export function deferResult(
  inbox: EventInbox,
  key: string,
  result: object,
  commit: CommitBuilder,
  now: number,
): EventInbox {
  return addEvent(inbox, { type: DEFERRED_RESULT, event: result, key, state: 'kept', reason: null }, commit, now).inbox;
}

/** The machine took a kept event. */
export function takeKept(inbox: EventInbox, record: EventRecord, commit: CommitBuilder, now: number): EventInbox {
  commit.settleEvent(record, 'applied', null, now);
  return { ...inbox, kept: inbox.kept.filter(({ key }) => key !== record.key) };
}

/** The actor has ended: it will never take its kept events. */
export function refuseKept(inbox: EventInbox, commit: CommitBuilder, now: number): EventInbox {
  for (const record of inbox.kept) commit.settleEvent(record, 'refused', 'actor_ended', now);
  return { ...inbox, kept: [] };
}
