/**
 * Collects what several messages in a row decide about one actor into one commit. Their turns collapse to the last snapshot;
 * all their history rows stay.
 *
 * Each message takes an immutable state and gives the next one; its rows go into the commit. Nothing outside of the draft
 * changes before the commit (invariant 3; safe activities change nothing): when the commit fails, the host drops the draft.
 * Modes of the actor: running or failed (messages go to its machine); suspended (events and results are kept, and its tasks
 * are removed); ended (completed or terminated: events are refused and recorded); frozen (its machine cannot take a turn, and
 * only what needs no turn is done).
 * Leaves to others: turns (turn-sequence.ts), commands (command-handler.ts), the next revision (revise.ts), events
 * (event-inbox.ts), incidents (incident-log.ts), rows (commit-builder.ts).
 */
import type { RegisteredMachine } from '../machine/machine-registration.js';
import type { AppliedMigration } from '../machine/machine-migration.js';
import type { ActorMessage, TurnMessage } from '../model/actor-message.js';
import type { Bookkeeping } from '../model/bookkeeping.js';
import type { ActorCommit, ActorRecord, EventRecord } from '../model/store.port.js';
import type { TurnFact } from '../model/turn-fact.js';
import type { HydratedActor } from '../turn/hydrated-actor.js';
import { type ActorState, stateOf } from './actor-state.js';
import { attributeChanges } from './attribute-changes.js';
import { blockedTurnOf, hasIncompatible, refusalFact } from './blocked-turn.js';
import { handleCommand } from './command-handler.js';
import { CommitBuilder } from './commit-builder.js';
import { addEvent, deferResult, isKept, keeping } from './event-inbox.js';
import { hasMoved, MOVED } from './expected-revision.js';
import { openBlockedTurn } from './incident-log.js';
import { type MessageOutcome, outcomeOf } from './message-outcome.js';
import { positionOf, recordDeadLetter, redacted, reviseUnmoved, type StepContext } from './revise.js';
import { offerKept, runTurn, TOO_MANY_KEPT } from './turn-sequence.js';

export interface DraftOptions {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  readonly nodeId: string;
  /** Null when the actor does not exist. Migrated already, if `migration` is given. */
  readonly stored: ActorRecord | null;
  /** Read from `stored`. Absent: the draft reads it. */
  readonly bookkeeping?: Bookkeeping | null;
  /** Its rows are written with the first turn that changes anything. */
  readonly migration?: AppliedMigration | null;
  readonly kept: readonly EventRecord[];
  /** The actor in memory after its last committed turn. */
  readonly hydrated?: HydratedActor | null;
  /** The machine cannot take a turn: `registration` only redacts and publishes. */
  readonly frozen?: boolean;
}

/** Most retry delays are shorter. */
const SOON_MS = 10_000;

const RECOVERED: TurnFact = { type: 'actor.recovered', data: {} };

export class ActorDraft {
  private state: ActorState;
  private readonly commit: CommitBuilder;

  constructor(private readonly options: DraftOptions) {
    const { actorId, nodeId, stored, bookkeeping = null, migration, kept, hydrated = null } = options;
    this.commit = new CommitBuilder(actorId, nodeId);
    this.state = stateOf({ record: stored, bookkeeping, kept, firstFacts: migration?.facts ?? [], hydrated });
    for (const taskId of migration?.endTasks ?? []) this.commit.endTask(taskId);
    for (const timer of migration?.setTimers ?? []) this.commit.setTimer(timer);
  }

  get actorId(): string {
    return this.options.actorId;
  }

  get exists(): boolean {
    return this.state.record !== null;
  }

  get changed(): boolean {
    return this.commit.history.length > 0;
  }

  get current(): ActorRecord | null {
    return this.state.record;
  }

  /** The bookkeeping of {@link current}. */
  get bookkeeping(): Bookkeeping {
    return this.state.bookkeeping;
  }

  /** For the next draft of the actor. Null when nothing is expected soon: an actor in memory is large. */
  get hydrated(): HydratedActor | null {
    const { bookkeeping, record, hydrated } = this.state;
    const soon = (record?.updatedAt ?? 0) + SOON_MS;
    const isExpected =
      Object.keys(bookkeeping.running).length > 0 || bookkeeping.timers.some(({ dueAt }) => dueAt <= soon);
    return isExpected ? hydrated : null;
  }

  /** Act upon them once the commit is durable; safe activities may start before. */
  get tasks(): Pick<CommitBuilder, 'startActivities' | 'endedTasks' | 'changedEvents' | 'changedIncidents'> {
    return this.commit;
  }

  /** Runs the message's turn, then a turn for each kept event that the machine can take after it. */
  apply(message: ActorMessage, now: number): MessageOutcome {
    const { record } = this.state;
    if (message.kind === 'start' && record !== null) return outcomeOf('exists');
    // Check duplicates first: a repeated message has itself advanced the revision.
    if ((message.kind === 'event' || message.kind === 'command') && message.key !== null) {
      const seen = this.commit.eventOf(message.key);
      if (seen !== undefined) return { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
    }
    if (hasMoved(message, record)) return outcomeOf('refused', MOVED);
    const context = this.contextOf(message, now);
    if (message.kind === 'command') {
      const { state, outcome } = handleCommand(context, this.state, message);
      this.state = state ?? this.state;
      return outcome;
    }
    switch (record?.runtimeStatus) {
      case 'suspended':
        return this.defer(context, message);
      case 'completed':
      case 'terminated':
        return message.kind === 'event' ? this.refuse(context, message) : outcomeOf('stale');
      case undefined:
      case 'running':
      case 'failed':
        return this.runTurns(context, message);
    }
  }

  /** The message's turn failed as a defect: records it, and opens an incident until the machine can take the turn. */
  refuseTurn(error: unknown, refused: ActorMessage, now: number): void {
    const { record, bookkeeping, incidents } = this.state;
    if (record === null) return;
    const context = this.contextOf({ kind: 'reevaluate' }, now);
    const fact = redacted(context, refusalFact(error, refused));
    const position = positionOf(context, record, record.status);
    const blocked = blockedTurnOf(error, refused, incidents.blockedTurns ?? [], position, fact);
    if (blocked === null) return;
    const opened = { ...this.state, incidents: openBlockedTurn(incidents, blocked, this.commit) };
    const { runtimeStatus } = record;
    this.state = reviseUnmoved(context, opened, { runtimeStatus, bookkeeping, facts: [fact] });
  }

  /** @returns the commit of all messages so far. @throws Error when nothing was decided. */
  toCommit(): ActorCommit {
    const { record } = this.state;
    if (record === null || !this.changed) throw new Error('Nothing was decided.');
    return {
      expectedRevision: this.options.stored?.revision ?? 0,
      actor: record,
      addTasks: this.commit.newTasks,
      removeTaskIds: this.commit.removedTasks,
      history: this.commit.history,
      events: this.commit.changedEvents,
      incidents: this.commit.changedIncidents,
      outbox: this.commit.outbox,
      ...attributeChanges(this.options.stored?.attributes ?? null, record.attributes),
    };
  }

  private contextOf(cause: ActorMessage, now: number): StepContext {
    const { registration, actorId, frozen = false } = this.options;
    return { registration, actorId, frozen, commit: this.commit, cause, now };
  }

  private runTurns(context: StepContext, message: TurnMessage): MessageOutcome {
    const isCompatibleAgain = message.kind === 'reevaluate' && hasIncompatible(this.state.incidents);
    const taken = runTurn(context, this.state, message, isCompatibleAgain ? [RECOVERED] : []);
    this.state = offerKept(context, taken);
    return outcomeOf(taken.result.disposition, taken.result.reason);
  }

  /** The machine of a suspended actor gets no message. Events and results are kept. */
  private defer(context: StepContext, message: TurnMessage): MessageOutcome {
    const { inbox, bookkeeping, incidents } = this.state;
    const { commit, now } = context;
    switch (message.kind) {
      case 'event': {
        const { event, key } = message;
        const how = keeping(inbox, event.type, context.registration);
        if (how === 'full') return { ...TOO_MANY_KEPT, firstState: null };
        const arrival = {
          type: event.type,
          event,
          key,
          state: how === 'once' ? 'applied' : 'kept',
          reason: null,
        } as const;
        this.state = { ...this.state, inbox: addEvent(inbox, arrival, commit, now).inbox };
        this.recordFact(context, { type: 'event.kept', data: { event, key, reason: 'suspended' } });
        return outcomeOf('kept', 'suspended');
      }
      case 'activity.completed':
      case 'activity.failed': {
        const { taskId } = message;
        const key = `result:${taskId}`;
        if (isKept(inbox, key) || !(taskId in bookkeeping.running)) return outcomeOf('stale');
        this.state = { ...this.state, inbox: deferResult(inbox, key, message, commit, now) };
        // The result is stored, so the activity must not run again.
        commit.endTask(taskId);
        this.recordFact(context, { type: 'activity.result_kept', data: { taskId, reason: 'suspended' } });
        return outcomeOf('kept', 'suspended');
      }
      case 'reevaluate':
        if (hasIncompatible(incidents)) this.recordFact(context, RECOVERED);
        return outcomeOf('stale');
      case 'start':
      case 'kept':
      case 'timer':
        // A suspended actor has no timers; resume sets them again.
        return outcomeOf('stale');
    }
  }

  private refuse(context: StepContext, { event, key }: Extract<ActorMessage, { kind: 'event' }>): MessageOutcome {
    const reason = 'actor_ended';
    const arrival = { type: event.type, event, key, state: 'refused', reason } as const;
    const { inbox, record } = addEvent(this.state.inbox, arrival, context.commit, context.now);
    this.state = { ...this.state, inbox };
    const fact = this.recordFact(context, { type: 'event.refused', data: { event, key, reason } });
    recordDeadLetter(context, this.state, record, fact, false);
    return outcomeOf('refused', reason);
  }

  /** Records a fact of which the machine does not learn. @returns the fact as it is written. */
  private recordFact(context: StepContext, fact: TurnFact): TurnFact {
    const { record, bookkeeping } = this.state;
    const written = redacted(context, fact);
    if (record !== null) {
      const { runtimeStatus } = record;
      this.state = reviseUnmoved(context, this.state, { runtimeStatus, bookkeeping, facts: [written] });
    }
    return written;
  }
}
