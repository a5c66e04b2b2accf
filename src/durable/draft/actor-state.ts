/**
 * The actor as a draft has it so far, and how its next revision is made: its row, its notes, its history, its incidents,
 * and what the outside is told of it, all of one revision.
 */
import { type Bookkeeping, waitingFor } from '../model/bookkeeping.js';
import type { EventInbox } from './event-inbox.js';
import { type Position, causeOf, openIncident, resolverOf } from './incident-record.js';
import { IncidentLog } from './incident-log.js';
import type { CommitBuilder } from './commit-builder.js';
import { isOver } from './blocked-turn.js';
import { uniqueKeyOf } from './unique-key.js';
import { INCIDENTS } from '../model/incident-kinds.js';
import type { IncidentTag } from '../xstate/incident-tag.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import { messagesOf } from '../model/outbox.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorRecord, EventRecord, RuntimeStatus } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';

export interface ActorStateOptions {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  readonly stored: ActorRecord | null;
  readonly book: Bookkeeping;
  /** Its machine cannot take a turn: it stays with the definition it has. */
  readonly frozen: boolean;
  readonly ledger: CommitBuilder;
  readonly events: EventInbox;
  /** Go before the facts of the first revision. */
  readonly firstFacts: readonly TurnFact[];
}

export interface Revision {
  readonly snapshot: string;
  readonly book: Bookkeeping;
  readonly runtimeStatus: RuntimeStatus;
  readonly status: string;
  readonly outcome: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** How the machine says that it waits for a person; null when it does not. */
  readonly incident: IncidentTag | null;
  /** Redacted. */
  readonly facts: readonly TurnFact[];
}

export class ActorState {
  record: ActorRecord | null;
  book: Bookkeeping;
  /** What the draft is about now: who or what moves the actor. */
  signal: ActorMessage = { kind: 'settle' };
  readonly incidents: IncidentLog;
  private firstFacts: readonly TurnFact[];

  constructor(private readonly options: ActorStateOptions) {
    this.record = options.stored;
    this.book = options.book;
    this.incidents = new IncidentLog(this.book, options.ledger);
    this.firstFacts = options.firstFacts;
  }

  get nextRevision(): number {
    return (this.record?.revision ?? 0) + 1;
  }

  /** A revision of which the machine knows nothing. */
  putUnmoved(runtimeStatus: RuntimeStatus, book: Bookkeeping, facts: readonly TurnFact[], now: number): void {
    const { record } = this;
    if (record === null) return;
    const { snapshot, status, outcome } = record;
    const attributes = JSON.parse(record.attributes) as Record<string, string>; // written by put
    const incident = this.incidents.ofMachine === undefined || runtimeStatus === 'terminated' ? null : {};
    this.put({ snapshot, status, outcome, incident, attributes, runtimeStatus, book, facts }, now);
  }

  put(next: Revision, now: number): void {
    const { registration, actorId, ledger, events, frozen } = this.options;
    const { record: before, nextRevision: revision } = this;
    const openBefore = this.incidents.first;
    const { runtimeStatus } = next;
    const ended = runtimeStatus !== 'running' && runtimeStatus !== 'suspended';
    const position = this.stand(next.status, now);
    const late = ended ? events.refuseKept(now).map((record) => this.keptInVain(record)) : [];
    const facts = [...this.firstFacts, ...next.facts, ...late.map(({ fact }) => fact)];
    this.firstFacts = [];
    this.settleIncidents(next, position);
    this.book = { ...withoutIncidents(next.book), ...this.incidents.notes };
    const after: ActorRecord = {
      actorId,
      machineId: before?.machineId ?? registration.machineId,
      machineVersion: before?.machineVersion ?? registration.version,
      // One that has ended may have been of a version that is registered no longer.
      definitionHash: (ended || frozen ? before?.definitionHash : undefined) ?? registration.definitionHash,
      revision,
      runtimeStatus,
      status: next.status,
      outcome: next.outcome,
      incident: this.incidents.any,
      waitingFor: JSON.stringify(waitingFor(this.book)),
      attributes: JSON.stringify(next.attributes),
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
      completedAt: ended ? (before?.completedAt ?? now) : null,
      snapshot: next.snapshot,
      bookkeeping: JSON.stringify(this.book),
      historySeq: ledger.write(facts, { seq: before?.historySeq ?? 0, revision }, now),
      keptEvents: events.keptCount,
      uniqueKey: uniqueKeyOf(registration, before, this.signal, runtimeStatus),
    };
    this.record = after;
    for (const { record, fact } of late) this.recordDeadLetter(record, fact, true, now);
    ledger.publish(messagesOf(registration.publish, { before, after, openBefore, openAfter: this.incidents.first }));
  }

  /** An event that nothing will ever take: its machine's policy says whether a person must see it (invariant 6). */
  recordDeadLetter(record: EventRecord, fact: TurnFact, wasKept: boolean, now: number): void {
    const { registration } = this.options;
    const actor = this.record;
    if (actor === null) return;
    const { context } = JSON.parse(actor.snapshot) as { readonly context?: unknown }; // persisted by XState
    const { status, outcome, runtimeStatus } = actor;
    const event = JSON.parse(record.event) as { type: string }; // written by the draft
    if (registration.onDeadLetter(event, { status, outcome, runtimeStatus, wasKept, context }) === 'record') return;
    const named = { ...this.stand(status, now), revision: actor.revision, name: `event-${record.position}` };
    this.incidents.record(openIncident('event_untakeable', INCIDENTS.event_untakeable, named, causeOf(fact)));
  }

  stand(status: string, now: number): Position {
    const { actorId, registration } = this.options;
    return {
      actorId,
      machineId: this.record?.machineId ?? registration.machineId,
      status,
      revision: this.nextRevision,
      now,
    };
  }

  redacted({ type, data }: TurnFact): TurnFact {
    return { type, data: this.options.registration.redact(data) as TurnFact['data'] }; // a redactor keeps the shape
  }

  private keptInVain(record: EventRecord): { readonly record: EventRecord; readonly fact: TurnFact } {
    const event: unknown = JSON.parse(record.event);
    const { key, receivedAt: keptSince } = record;
    const data = { event, key, reason: 'actor_ended', keptSince };
    return { record, fact: this.redacted({ type: 'event.refused', data }) };
  }

  /** Opens the machine's incident when a person is needed, resolves it when none is any more (invariant 7). */
  private settleIncidents({ incident, runtimeStatus, facts, book }: Revision, stand: Position): void {
    const mover = resolverOf(this.signal);
    const { now } = stand;
    if (runtimeStatus === 'failed') this.incidents.openOwn(null, stand, facts);
    else if (incident !== null && runtimeStatus !== 'terminated') this.incidents.openOwn(incident, stand, facts);
    else this.incidents.resolveOwn(mover, now);
    if (this.options.frozen && runtimeStatus !== 'terminated') return;
    const revised = { signal: this.signal, runtimeStatus, book };
    this.incidents.resolveBlockedTurns(isOver(revised), mover, now);
  }
}

function withoutIncidents(book: Bookkeeping): Bookkeeping {
  const { timers, activities, running, lastTask, suspendedAt, failedFrom } = book;
  return {
    timers,
    activities,
    running,
    lastTask,
    ...(suspendedAt === undefined ? {} : { suspendedAt }),
    ...(failedFrom === undefined ? {} : { failedFrom }),
  };
}
