/**
 * Makes the next revision of an actor: its row, bookkeeping, history, incidents and outbox messages.
 *
 * Invariants: 7 (a machine that waits for a person has an open incident), 8 (all facts are redacted).
 */
import { type Bookkeeping, waitingFor, writeBookkeeping } from '../model/bookkeeping.js';
import type { ActorMessage } from '../model/actor-message.js';
import { INCIDENTS } from '../model/incident-kinds.js';
import { messagesOf } from '../model/outbox.js';
import type { ActorRecord, EventRecord, RuntimeStatus } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { IncidentTag } from '../xstate/incident-tag.js';
import type { ActorState } from './actor-state.js';
import { blockedTurnIsOver } from './blocked-turn.js';
import type { CommitBuilder } from './commit-builder.js';
import { refuseKept } from './event-inbox.js';
import { firstIncident, openOwn, type OpenIncidents, resolveBlockedTurns, resolveOwn } from './incident-log.js';
import { causeOf, openedByMachine, openIncident, type Position, resolverOf } from './incident-record.js';
import { uniqueKeyOf } from './unique-key.js';

/** What a step of a draft needs beside the actor's state. */
export interface StepContext {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  /** The machine cannot take a turn: the actor keeps its definition hash. */
  readonly frozen: boolean;
  /** Gets the rows of a step once nothing can refuse the step. */
  readonly commit: CommitBuilder;
  /** The message that caused the step. */
  readonly cause: ActorMessage;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Revision {
  readonly snapshot: string;
  readonly bookkeeping: Bookkeeping;
  readonly runtimeStatus: RuntimeStatus;
  readonly status: string;
  readonly outcome: string | null;
  readonly attributes: Readonly<Record<string, string>>;
  /** Null when the machine waits for no person. */
  readonly incident: IncidentTag | null;
  /** Redacted. */
  readonly facts: readonly TurnFact[];
}

export function revise(context: StepContext, state: ActorState, next: Revision): ActorState {
  const { registration, actorId, commit, frozen, cause, now } = context;
  const { record: before } = state;
  const { runtimeStatus } = next;
  const revision = (before?.revision ?? 0) + 1;
  const ended = runtimeStatus !== 'running' && runtimeStatus !== 'suspended';
  const late = ended ? state.inbox.kept.map((record) => lateEvent(context, record)) : [];
  const inbox = ended ? refuseKept(state.inbox, commit, now) : state.inbox;
  const facts = [...state.firstFacts, ...next.facts, ...late.map(({ fact }) => fact)];
  const incidents = settleIncidents(context, state, next);
  const bookkeeping = { ...withoutIncidents(next.bookkeeping), ...incidents };
  const record: ActorRecord = {
    actorId,
    machineId: before?.machineId ?? registration.machineId,
    machineVersion: before?.machineVersion ?? registration.version,
    // An actor that has ended may be of a version that is no longer registered.
    definitionHash: (ended || frozen ? before?.definitionHash : undefined) ?? registration.definitionHash,
    revision,
    runtimeStatus,
    status: next.status,
    outcome: next.outcome,
    incident: firstIncident(incidents) !== undefined,
    waitingFor: JSON.stringify(waitingFor(bookkeeping)),
    attributes: JSON.stringify(next.attributes),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    completedAt: ended ? (before?.completedAt ?? now) : null,
    snapshot: next.snapshot,
    bookkeeping: writeBookkeeping(bookkeeping),
    historySeq: commit.write(facts, { seq: before?.historySeq ?? 0, revision }, now),
    keptEvents: inbox.kept.length,
    uniqueKey: uniqueKeyOf(registration, before, cause, runtimeStatus),
  };
  const after: ActorState = { ...state, record, bookkeeping, inbox, incidents, firstFacts: [] };
  for (const each of late) recordDeadLetter(context, after, each.record, each.fact, true);
  const openBefore = firstIncident(state.incidents);
  commit.publish(
    messagesOf(registration.publish, { before, after: record, openBefore, openAfter: firstIncident(incidents) }),
  );
  return after;
}

/** Makes a revision of which the machine does not learn. */
export function reviseUnmoved(
  context: StepContext,
  state: ActorState,
  { runtimeStatus, bookkeeping, facts }: Pick<Revision, 'runtimeStatus' | 'bookkeeping' | 'facts'>,
): ActorState {
  const { record } = state;
  if (record === null) return state;
  const { snapshot, status, outcome } = record;
  const attributes = JSON.parse(record.attributes) as Record<string, string>; // written by revise
  const incident = state.incidents.incident === undefined || runtimeStatus === 'terminated' ? null : {};
  const next = { snapshot, status, outcome, incident, attributes, runtimeStatus, bookkeeping, facts };
  return revise(context, state, next);
}

/** The machine will never take this event; its policy says whether a person must see that (invariant 6). */
export function recordDeadLetter(
  context: StepContext,
  { record: actor }: ActorState,
  event: EventRecord,
  fact: TurnFact,
  wasKept: boolean,
): void {
  if (actor === null) return;
  const { registration, commit } = context;
  const { context: stored } = JSON.parse(actor.snapshot) as { readonly context?: unknown }; // persisted by XState
  const { status, outcome, runtimeStatus, revision } = actor;
  const sent = JSON.parse(event.event) as { type: string }; // written by the inbox
  if (registration.onDeadLetter(sent, { status, outcome, runtimeStatus, wasKept, context: stored }) === 'record')
    return;
  const position = { ...positionOf(context, actor, status), revision, name: `event-${event.position}` };
  commit.putIncident(openIncident('event_untakeable', INCIDENTS.event_untakeable, position, causeOf(fact)));
}

export function positionOf(
  { actorId, registration, now }: StepContext,
  record: ActorRecord | null,
  status: string,
): Position {
  const machineId = record?.machineId ?? registration.machineId;
  return { actorId, machineId, status, revision: (record?.revision ?? 0) + 1, now };
}

export function redacted({ registration }: StepContext, { type, data }: TurnFact): TurnFact {
  return { type, data: registration.redact(data) as TurnFact['data'] }; // a redactor keeps the shape
}

function lateEvent(context: StepContext, record: EventRecord) {
  const event: unknown = JSON.parse(record.event);
  const { key, receivedAt: keptSince } = record;
  const data = { event, key, reason: 'actor_ended', keptSince };
  return { record, fact: redacted(context, { type: 'event.refused', data }) };
}

/** Opens the machine's incident when it waits for a person, and resolves it when it does not (invariant 7). */
function settleIncidents(
  context: StepContext,
  { record, incidents: open }: ActorState,
  { incident, runtimeStatus, status, facts, bookkeeping }: Revision,
): OpenIncidents {
  const { commit, cause, now } = context;
  const resolver = resolverOf(cause);
  const opened = (tag: IncidentTag | null) => () =>
    openedByMachine(tag, positionOf(context, record, status), facts, context.registration.incidents);
  const own =
    runtimeStatus === 'failed'
      ? openOwn(open, opened(null), commit)
      : incident !== null && runtimeStatus !== 'terminated'
        ? openOwn(open, opened(incident), commit)
        : resolveOwn(open, resolver, commit, now);
  if (context.frozen && runtimeStatus !== 'terminated') return own;
  const isOver = blockedTurnIsOver({ cause, runtimeStatus, bookkeeping });
  return resolveBlockedTurns(own, isOver, resolver, commit, now);
}

function withoutIncidents({
  timers,
  activities,
  running,
  lastTask,
  suspendedAt,
  stateBeforeFailure,
}: Bookkeeping): Bookkeeping {
  return {
    timers,
    activities,
    running,
    lastTask,
    ...(suspendedAt === undefined ? {} : { suspendedAt }),
    ...(stateBeforeFailure === undefined ? {} : { stateBeforeFailure }),
  };
}
