/** The events of one actor in a draft: which are kept for later, and what becomes of each (invariant 6). */
import type { CommitBuilder } from './commit-builder.js';
import type { EventRecord } from '../model/store.port.js';

/** A result that came while the actor was suspended is kept like an event, under this type. */
const DEFERRED_RESULT = 'durable.activity.result';

type Arrival = Pick<EventRecord, 'type' | 'state' | 'reason'> & {
  readonly event: unknown;
  readonly key: string | null;
};

export class EventInbox {
  private kept: readonly EventRecord[];

  /** @param lastPosition at least that of the last event that arrived. */
  constructor(
    private readonly actorId: string,
    kept: readonly EventRecord[],
    private lastPosition: number,
    private readonly ledger: CommitBuilder,
  ) {
    this.kept = [...kept];
  }

  get keptCount(): number {
    return this.kept.length;
  }

  /** In order of arrival. */
  get toBeOffered(): readonly EventRecord[] {
    return this.kept.filter((each) => each.type !== DEFERRED_RESULT);
  }

  get deferredResults(): readonly EventRecord[] {
    return this.kept.filter((each) => each.type === DEFERRED_RESULT);
  }

  isKept(key: string): boolean {
    return this.kept.some((each) => each.key === key);
  }

  add(arrival: Arrival, now: number): EventRecord {
    this.lastPosition += 1;
    const record: EventRecord = {
      actorId: this.actorId,
      key: arrival.key ?? `unkeyed:${this.lastPosition}`,
      position: this.lastPosition,
      type: arrival.type,
      event: JSON.stringify(arrival.event),
      state: arrival.state,
      reason: arrival.reason,
      receivedAt: now,
      settledAt: arrival.state === 'kept' ? null : now,
    };
    this.ledger.putEvent(record);
    if (arrival.state === 'kept') this.kept = [...this.kept, record];
    return record;
  }

  deferResult(key: string, signal: object, now: number): void {
    this.add({ type: DEFERRED_RESULT, event: signal, key, state: 'kept', reason: null }, now);
  }

  /** A kept one was taken. */
  applied(record: EventRecord, now: number): void {
    this.kept = this.kept.filter((each) => each.key !== record.key);
    this.ledger.settleEvent(record, 'applied', null, now);
  }

  /** The actor has ended: what is still kept can never be taken, and that is recorded, not dropped. */
  refuseKept(now: number): readonly EventRecord[] {
    const refused = this.kept;
    for (const record of refused) this.ledger.settleEvent(record, 'refused', 'actor_ended', now);
    this.kept = [];
    return refused;
  }
}
