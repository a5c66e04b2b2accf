/**
 * Runs the turns of one actor in a draft. Each begins at the state that the previous one ended with.
 *
 * Leaves to others: computing a turn (turn.ts), making a revision of it (revise.ts).
 */
import type { Disposition, ResultMessage, TurnMessage } from '../model/actor-message.js';
import type { StateBeforeFailure } from '../model/bookkeeping.js';
import type { EventRecord, EventState } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { TurnDecided, TurnRequest, TurnResult } from '../turn/turn-decision.js';
import { computeTurn } from '../turn/turn.js';
import type { ActorState } from './actor-state.js';
import { addEvent, deferredResults, type EventInbox, isKept, keeping, offeredEvents, takeKept } from './event-inbox.js';
import { recordDeadLetter, revise, type StepContext } from './revise.js';

export interface TurnTaken {
  readonly state: ActorState;
  /** When `decided` is null the machine did not take the message, and the actor has not changed. */
  readonly result: TurnResult;
}

/** @param facts they go before the turn's own. */
export function runTurn(
  context: StepContext,
  state: ActorState,
  message: TurnMessage,
  facts: readonly TurnFact[] = [],
): TurnTaken {
  const { record, bookkeeping } = state;
  const result = turnFrom(context, state, message, { snapshot: record?.snapshot ?? null, bookkeeping });
  if (result.decided === null) return { state: { ...state, hydrated: result.hydrated }, result };
  if (result.disposition === 'kept' && message.kind === 'event') {
    const how = keeping(state.inbox, message.event.type, context.registration);
    if (how === 'full') return { state, result: { ...result, ...TOO_MANY_KEPT, decided: null } };
    // Recorded as what its turn took: it needs no turn of its own.
    const taken = how === 'once' ? { ...result, disposition: 'applied' as const } : result;
    return { state: takeTurn(context, state, message, taken, result.decided, facts), result };
  }
  return { state: takeTurn(context, state, message, result, result.decided, facts), result };
}

/** The outcome of an event for which there is no room: it changes nothing. */
export const TOO_MANY_KEPT = { disposition: 'refused', reason: 'too_many_kept' } as const;

/** Computes a turn and adds nothing to the commit. */
export function turnFrom(
  { registration, actorId, now }: StepContext,
  { inbox, hydrated }: Pick<ActorState, 'inbox' | 'hydrated'>,
  message: TurnMessage,
  from: Pick<TurnRequest, 'snapshot' | 'bookkeeping'>,
): TurnResult {
  const offered = offeredEvents(inbox);
  const kept = message.kind === 'kept' ? offered.filter((each) => each !== message.record) : offered;
  return computeTurn({ registration, actorId, ...from, message, kept, now, hydrated });
}

export function takeTurn(
  context: StepContext,
  before: ActorState,
  message: TurnMessage,
  { disposition, reason, hydrated }: TurnResult,
  decided: TurnDecided,
  facts: readonly TurnFact[] = [],
): ActorState {
  const { commit } = context;
  const { inbox, refused } = recordEvent(context, before.inbox, message, disposition, reason);
  for (const taskId of decided.endedTasks) commit.endTask(taskId);
  for (const activity of decided.startActivities) commit.startActivity(activity);
  for (const timer of decided.setTimers) commit.setTimer(timer);
  const stateBeforeFailure = stateBeforeFailureOf(before, decided);
  const bookkeeping =
    stateBeforeFailure === undefined ? decided.bookkeeping : { ...decided.bookkeeping, stateBeforeFailure };
  const revision = { ...decided, bookkeeping, facts: [...facts, ...decided.facts] };
  const after = revise(context, { ...before, inbox, hydrated }, revision);
  const fact = decided.facts.findLast(({ type }) => type === 'event.refused');
  if (refused !== null && fact !== undefined) recordDeadLetter(context, after, refused, fact, false);
  return after;
}

/** Runs a turn for each kept event that the machine can take now. */
export function offerKept(context: StepContext, { state, result }: TurnTaken): ActorState {
  let current = state;
  let { nextKept } = result;
  while (nextKept !== null) {
    const next = runTurn(context, current, { kind: 'kept', record: nextKept });
    current = next.state;
    nextKept = next.result.disposition === 'applied' ? next.result.nextKept : null;
  }
  return current;
}

/** Runs the turns of results that arrived while the actor was suspended, in order of arrival. */
export function takeDeferred(context: StepContext, first: TurnTaken): TurnTaken {
  let last = first;
  for (const record of deferredResults(first.state.inbox)) {
    const { state } = last;
    // An earlier result has ended the actor, which refused everything that was kept.
    if (!isKept(state.inbox, record.key)) continue;
    const inbox = takeKept(state.inbox, record, context.commit, context.now);
    const message = JSON.parse(record.event) as ResultMessage; // written by deferResult
    const next = runTurn(context, { ...state, inbox }, message);
    last = next.result.decided === null ? { state: next.state, result: last.result } : next;
  }
  return last;
}

/** Stored in the turn in which the machine fails, and until a retry. */
function stateBeforeFailureOf(
  { record, bookkeeping }: ActorState,
  { runtimeStatus }: TurnDecided,
): StateBeforeFailure | undefined {
  if (runtimeStatus !== 'failed') return undefined;
  if (record === null || record.runtimeStatus === 'failed') return bookkeeping.stateBeforeFailure;
  return { snapshot: record.snapshot, timers: bookkeeping.timers };
}

interface EventRecorded {
  readonly inbox: EventInbox;
  /** Null unless the event was refused. */
  readonly refused: EventRecord | null;
}

function recordEvent(
  { commit, now }: StepContext,
  inbox: EventInbox,
  message: TurnMessage,
  disposition: Disposition,
  reason: string | null,
): EventRecorded {
  if (message.kind === 'kept') return { inbox: takeKept(inbox, message.record, commit, now), refused: null };
  if (message.kind !== 'event') return { inbox, refused: null };
  const { event, key } = message;
  const state = eventStateOf(disposition);
  // An event without a key that the machine took needs no row: nothing is deduplicated or kept.
  if (key === null && state === 'applied') return { inbox, refused: null };
  const added = addEvent(inbox, { type: event.type, event, key, state, reason }, commit, now);
  return { inbox: added.inbox, refused: state === 'refused' ? added.record : null };
}

function eventStateOf(disposition: Disposition): EventState {
  return disposition === 'kept' || disposition === 'refused' ? disposition : 'applied';
}
