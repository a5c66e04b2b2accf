/** The turns of one actor in a draft: each computed from where the one before ended, and taken into the draft. */
import type { Bookkeeping } from '../model/bookkeeping.js';
import type { ActorState } from './actor-state.js';
import type { EventInbox } from './event-inbox.js';
import type { CommitBuilder } from './commit-builder.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { Disposition, ResultMessage } from '../model/actor-message.js';
import type { EventRecord, EventState } from '../model/store.port.js';
import { type TurnDecided, type TurnRequest, type TurnResult, computeTurn } from '../turn/turn.js';
import type { TurnFact } from '../model/turn-fact.js';

export type TurnSignal = TurnRequest['message'];

export interface TurnSequenceOptions {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  readonly actor: ActorState;
  readonly events: EventInbox;
  readonly ledger: CommitBuilder;
  readonly hydrated: HydratedActor | null;
}

export class TurnSequence {
  /** Where the last computed turn ended; null when that is not where the actor stands. */
  standing: HydratedActor | null;

  constructor(private readonly options: TurnSequenceOptions) {
    this.standing = options.hydrated;
  }

  /** @param facts go before the turn's own. */
  run(signal: TurnSignal, now: number, facts: readonly TurnFact[] = []): TurnResult {
    const { record, book } = this.options.actor;
    const result = this.compute(signal, { snapshot: record?.snapshot ?? null, book }, now);
    if (result.decided !== null) this.take(signal, result, result.decided, now, facts);
    return result;
  }

  /** Changes nothing but where {@link standing} is. */
  compute(signal: TurnSignal, from: Pick<TurnRequest, 'snapshot' | 'book'>, now: number): TurnResult {
    const { registration, actorId, events } = this.options;
    const offered = events.toBeOffered;
    const kept = signal.kind === 'kept' ? offered.filter((each) => each !== signal.record) : offered;
    const result = computeTurn({ registration, actorId, ...from, message: signal, kept, now, hydrated: this.standing });
    this.standing = result.hydrated;
    return result;
  }

  take(
    signal: TurnSignal,
    { disposition, reason }: TurnResult,
    decided: TurnDecided,
    now: number,
    before: readonly TurnFact[] = [],
  ): void {
    const { actor, ledger } = this.options;
    const refused = this.recordEvent(signal, disposition, reason, now);
    const failedFrom = this.failedFrom(decided);
    for (const taskId of decided.endedTasks) ledger.endTask(taskId);
    for (const activity of decided.startActivities) ledger.startActivity(activity);
    for (const timer of decided.setTimers) ledger.setTimer(timer);
    const book = failedFrom === undefined ? decided.book : { ...decided.book, failedFrom };
    actor.put({ ...decided, book, facts: [...before, ...decided.facts] }, now);
    const fact = decided.facts.findLast(({ type }) => type === 'event.refused');
    if (refused !== null && fact !== undefined) actor.recordDeadLetter(refused, fact, false, now);
  }

  /** Every kept event that can be taken now, each in a turn of its own. */
  offerKept(after: TurnResult, now: number): void {
    let { takeable } = after;
    while (takeable !== null) {
      const next = this.run({ kind: 'kept', record: takeable }, now);
      takeable = next.disposition === 'applied' ? next.takeable : null;
    }
  }

  /** Results that came while the actor was suspended, in order of arrival. @returns the last turn's. */
  takeDeferred(first: TurnResult, now: number): TurnResult {
    const { events } = this.options;
    let last = first;
    for (const record of events.deferredResults) {
      // The result before it ended the actor, and all that was kept is refused already.
      if (!events.isKept(record.key)) continue;
      events.applied(record, now);
      const result = this.run(JSON.parse(record.event) as ResultMessage, now); // written by deferResult
      if (result.decided !== null) last = result;
    }
    return last;
  }

  /** Where a retry goes back to: noted in the very turn in which the machine fails, and kept as long as it stays failed. */
  private failedFrom(decided: TurnDecided): Bookkeeping['failedFrom'] {
    if (decided.runtimeStatus !== 'failed') return undefined;
    const { record, book } = this.options.actor;
    if (record === null || record.runtimeStatus === 'failed') return book.failedFrom;
    return { snapshot: record.snapshot, timers: book.timers };
  }

  /** @returns the event, if it was refused. */
  private recordEvent(
    signal: TurnSignal,
    disposition: Disposition,
    reason: string | null,
    now: number,
  ): EventRecord | null {
    const { events } = this.options;
    if (signal.kind === 'kept') events.applied(signal.record, now);
    if (signal.kind !== 'event') return null;
    const state = stateOf(disposition);
    // An event without a key that was taken at once needs no row: there is nothing to deduplicate or to keep.
    if (signal.key === null && state === 'applied') return null;
    const { event, key } = signal;
    const record = events.add({ type: event.type, event, key, state, reason }, now);
    return state === 'refused' ? record : null;
  }
}

function stateOf(disposition: Disposition): EventState {
  return disposition === 'kept' || disposition === 'refused' ? disposition : 'applied';
}
