/**
 * What several signals in a row decide about one actor, before it is written: their turns collapse to the last snapshot,
 * all their history rows stay.
 *
 * A draft is thrown away when its commit fails; nothing outside of it has changed by then (invariant 3).
 * Modes of the actor: running (signals go to its machine); suspended (events and results are kept, tasks are off);
 * ended (completed, failed or terminated: what comes is refused and recorded); frozen (its machine cannot take a turn:
 * only what needs none is done).
 * Leaves to others: its turns (draft.turns.ts), commands (draft.obedience.ts), its next revision (draft.actor.ts), its
 * events (draft.events.ts) and incidents (draft.incidents.ts), the other rows (draft.ledger.ts).
 */
import { attributeChanges } from './attribute-changes.js';
import { type Bookkeeping, bookOf, emptyBookkeeping } from '../model/bookkeeping.js';
import { ActorState } from './actor-state.js';
import { type DraftAnswer, answer } from './draft-answer.js';
import { EventInbox } from './event-inbox.js';
import { CommitBuilder } from './commit-builder.js';
import { CommandHandler } from './command-handler.js';
import { blockedTurnOf, hasIncompatible, refusalFact } from './blocked-turn.js';
import { TurnSequence, type TurnSignal } from './turn-sequence.js';
import { MOVED, hasMoved } from './expected-revision.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';
import type { AppliedMigration } from '../machine/machine-migration.js';
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { ActorMessage } from '../model/actor-message.js';
import type { ActorCommit, ActorRecord, EventRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';

export interface DraftOptions {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  readonly nodeId: string;
  /** The stored actor, or null when there is none; already migrated, if `migration` is given. */
  readonly stored: ActorRecord | null;
  /** The notes of `stored`, when they are at hand. */
  readonly book?: Bookkeeping | null;
  /** Written with the first turn that changes anything. */
  readonly migration?: AppliedMigration | null;
  readonly kept: readonly EventRecord[];
  /** As its last committed turn left it. */
  readonly hydrated?: HydratedActor | null;
  /** Its machine cannot take a turn; `registration` is then only asked what it hides and announces. */
  readonly frozen?: boolean;
}

/** Most waits before a try are shorter. */
const SOON_MS = 10_000;

/** That it fits its machine again is to be seen, though nothing else happened. */
const RECOVERED: TurnFact = { type: 'actor.recovered', data: {} };

export class ActorDraft {
  private readonly actor: ActorState;
  private readonly events: EventInbox;
  private readonly ledger: CommitBuilder;
  private readonly turns: TurnSequence;
  private readonly obedience: CommandHandler;

  constructor(private readonly options: DraftOptions) {
    const { registration, actorId, nodeId, stored, migration, kept, hydrated = null, frozen = false } = options;
    const book = options.book ?? (stored === null ? emptyBookkeeping : bookOf(stored));
    const ledger = new CommitBuilder(actorId, nodeId);
    const events = new EventInbox(actorId, kept, stored?.historySeq ?? 0, ledger);
    const firstFacts = migration?.facts ?? [];
    const actor = new ActorState({ registration, actorId, stored, book, frozen, ledger, events, firstFacts });
    const turns = new TurnSequence({ registration, actorId, actor, events, ledger, hydrated });
    this.ledger = ledger;
    this.events = events;
    this.actor = actor;
    this.turns = turns;
    this.obedience = new CommandHandler({ registration, actor, events, ledger, turns });
    for (const taskId of migration?.endTasks ?? []) ledger.endTask(taskId);
    for (const timer of migration?.setTimers ?? []) ledger.setTimer(timer);
  }

  get exists(): boolean {
    return this.actor.record !== null;
  }

  get changed(): boolean {
    return this.ledger.history.length > 0;
  }

  get current(): ActorRecord | null {
    return this.actor.record;
  }

  /** The notes of {@link current}. */
  get book(): Bookkeeping {
    return this.actor.book;
  }

  /** For the draft that goes on where this one ends; null when nothing is to be expected soon, for it takes memory. */
  get hydrated(): HydratedActor | null {
    const { book, record } = this.actor;
    const soon = (record?.updatedAt ?? 0) + SOON_MS;
    const isExpected = Object.keys(book.running).length > 0 || book.timers.some(({ dueAt }) => dueAt <= soon);
    return isExpected ? this.turns.standing : null;
  }

  /** What the commit will have started and ended, to be acted upon once it is durable. */
  get tasks(): Pick<CommitBuilder, 'startActivities' | 'endedTasks' | 'newTasks'> {
    return this.ledger;
  }

  /** Runs the signal's turn, then a turn for every kept event that can be taken after it. */
  apply(signal: ActorMessage, now: number): DraftAnswer {
    const { record } = this.actor;
    this.actor.signal = signal;
    if (signal.kind === 'start' && record !== null) return answer('exists');
    if ((signal.kind === 'event' || signal.kind === 'command') && signal.key !== null) {
      const seen = this.ledger.eventOf(signal.key);
      if (seen !== undefined) return { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
    }
    if (hasMoved(signal, record)) return answer('refused', MOVED);
    if (signal.kind === 'command') return this.obedience.command(signal, now);
    switch (record?.runtimeStatus) {
      case 'suspended':
        return this.defer(signal, now);
      case 'completed':
      case 'terminated':
        return signal.kind === 'event' ? this.refuse(signal, now) : answer('stale');
      case undefined:
      case 'running':
      case 'failed':
        return this.runTurns(signal, now);
    }
  }

  /** The signal's turn was refused as a defect: that goes on record, and is an open incident until it can be taken. */
  refuseTurn(error: unknown, signal: ActorMessage, now: number): void {
    const { record, book, incidents } = this.actor;
    if (record === null) return;
    const fact = this.actor.redacted(refusalFact(error, signal));
    const trouble = blockedTurnOf(error, signal, incidents.blockedTurns, this.actor.stand(record.status, now), fact);
    if (trouble === null) return;
    incidents.openBlockedTurn(trouble);
    this.actor.putUnmoved(record.runtimeStatus, book, [fact], now);
  }

  /** The commit of all signals so far. @throws Error when nothing was decided. */
  toCommit(): ActorCommit {
    const { record } = this.actor;
    if (record === null || !this.changed) throw new Error('Nothing was decided.');
    return {
      expectedRevision: this.options.stored?.revision ?? 0,
      actor: record,
      addTasks: this.ledger.newTasks,
      removeTaskIds: this.ledger.removedTasks,
      history: this.ledger.history,
      events: this.ledger.changedEvents,
      incidents: this.ledger.changedIncidents,
      outbox: this.ledger.outbox,
      ...attributeChanges(this.options.stored?.attributes ?? null, record.attributes),
    };
  }

  private runTurns(signal: TurnSignal, now: number): DraftAnswer {
    const isNews = signal.kind === 'settle' && hasIncompatible(this.actor.incidents.blockedTurns);
    const result = this.turns.run(signal, now, isNews ? [RECOVERED] : []);
    this.turns.offerKept(result, now);
    return answer(result.disposition, result.reason);
  }

  /** Nothing reaches the machine of a suspended actor; what must not be lost is kept. */
  private defer(signal: TurnSignal, now: number): DraftAnswer {
    switch (signal.kind) {
      case 'event': {
        const { event, key } = signal;
        this.events.add({ type: event.type, event, key, state: 'kept', reason: null }, now);
        this.note({ type: 'event.kept', data: { event, key, reason: 'suspended' } }, now);
        return answer('kept', 'suspended');
      }
      case 'activity.completed':
      case 'activity.failed': {
        const { taskId } = signal;
        const key = `result:${taskId}`;
        if (this.events.isKept(key) || !(taskId in this.actor.book.running)) return answer('stale');
        this.events.deferResult(key, signal, now);
        // The result is safe; nobody needs to run the activity again.
        this.ledger.endTask(taskId);
        this.note({ type: 'activity.result_kept', data: { taskId, reason: 'suspended' } }, now);
        return answer('kept', 'suspended');
      }
      case 'settle':
        if (hasIncompatible(this.actor.incidents.blockedTurns)) this.note(RECOVERED, now);
        return answer('stale');
      case 'start':
      case 'kept':
      case 'timer':
        // Its timers are off; they are set again when it resumes.
        return answer('stale');
    }
  }

  private refuse({ event, key }: Extract<ActorMessage, { kind: 'event' }>, now: number): DraftAnswer {
    const reason = 'actor_ended';
    const record = this.events.add({ type: event.type, event, key, state: 'refused', reason }, now);
    const fact = this.note({ type: 'event.refused', data: { event, key, reason } }, now);
    this.actor.recordDeadLetter(record, fact, false, now);
    return answer('refused', reason);
  }

  /** @returns the fact as it is written. */
  private note(fact: TurnFact, now: number): TurnFact {
    const { record, book } = this.actor;
    const redacted = this.actor.redacted(fact);
    if (record !== null) this.actor.putUnmoved(record.runtimeStatus, book, [redacted], now);
    return redacted;
  }
}
