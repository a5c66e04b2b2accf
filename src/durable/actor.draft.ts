/**
 * What several signals in a row decide about one actor, before it is written: their turns collapse to the last snapshot,
 * all their history rows stay.
 *
 * A draft is thrown away when its commit fails; nothing outside of it has changed by then (invariant 3).
 * Modes of the actor: running (signals go to its machine); suspended (events and results are kept, timers are off);
 * ended (completed, failed or terminated: what comes is refused and recorded).
 * Leaves to others: what a turn decides (turn.ts), what commands mean (draft.commands.ts), the rows (draft.ledger.ts).
 */
import type { ActorCommand } from './actor.command.js';
import { emptyBookkeeping, waitingFor, type Bookkeeping } from './bookkeeping.js';
import { decideCommand, type CommandApplied } from './draft.commands.js';
import { moverOf, openIncident, resolveIncident, type Mover } from './draft.incident.js';
import { DraftLedger } from './draft.ledger.js';
import type { HydratedActor } from './hydrated.actor.js';
import type { AppliedMigration } from './machine.migration.js';
import { messagesOf } from './outbox.js';
import type { RegisteredMachine } from './machine.registration.js';
import type { Disposition, ResultSignal, Signal } from './signal.js';
import type { ActorCommit, ActorRecord, EventRecord, EventState, IncidentRecord, RuntimeStatus } from './store.port.js';
import { computeTurn, type TurnDecided, type TurnFact, type TurnRequest, type TurnResult } from './turn.js';

export interface DraftOptions {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  readonly nodeId: string;
  /** The stored actor, or null when there is none; already migrated, if `migration` is given. */
  readonly stored: ActorRecord | null;
  /** Written with the first turn that changes anything. */
  readonly migration?: AppliedMigration | null;
  readonly kept: readonly EventRecord[];
  /** As its last committed turn left it. */
  readonly hydrated?: HydratedActor | null;
}

export interface DraftAnswer {
  readonly disposition: Disposition;
  readonly reason: string | null;
  /** For a duplicate: what became of the first one. */
  readonly firstState: EventState | null;
}

/** A result that came while the actor was suspended is kept like an event, under this type. */
const DEFERRED_RESULT = 'durable.activity.result';

export class ActorDraft {
  private actor: ActorRecord | null;
  private book: Bookkeeping;
  private kept: EventRecord[];
  private lastPosition: number;
  private readonly ledger: DraftLedger;
  private migrated: readonly TurnFact[];
  private incident: IncidentRecord | undefined;
  private mover: Mover = moverOf({ kind: 'settle' });
  private standing: HydratedActor | null;

  constructor(private readonly options: DraftOptions) {
    const { stored } = options;
    this.actor = stored;
    this.book = stored === null ? emptyBookkeeping : (JSON.parse(stored.bookkeeping) as Bookkeeping); // written by put
    this.incident = this.book.incident;
    this.kept = [...options.kept];
    this.standing = options.hydrated ?? null;
    this.lastPosition = stored?.historySeq ?? 0;
    this.ledger = new DraftLedger(options.actorId, options.nodeId);
    this.migrated = options.migration?.facts ?? [];
    for (const taskId of options.migration?.endTasks ?? []) this.ledger.endTask(taskId);
    for (const timer of options.migration?.setTimers ?? []) this.ledger.setTimer(timer);
  }

  get exists(): boolean {
    return this.actor !== null;
  }

  get changed(): boolean {
    return this.ledger.history.length > 0;
  }

  get current(): ActorRecord | null {
    return this.actor;
  }

  /** For the draft that goes on where this one ends; null when nothing is to be expected soon, for it takes memory. */
  get hydrated(): HydratedActor | null {
    return Object.keys(this.book.running).length > 0 ? this.standing : null;
  }

  /** What the commit will have started and ended, to be acted upon once it is durable. */
  get tasks(): Pick<DraftLedger, 'startActivities' | 'endedTasks' | 'newTasks'> {
    return this.ledger;
  }

  /** Runs the signal's turn, then a turn for every kept event that can be taken after it. */
  apply(signal: Signal, now: number): DraftAnswer {
    this.mover = moverOf(signal);
    if (signal.kind === 'start' && this.actor !== null) return answer('exists');
    if ((signal.kind === 'event' || signal.kind === 'command') && signal.key !== null) {
      const seen = this.ledger.eventOf(signal.key);
      if (seen !== undefined) return { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
    }
    if (signal.kind === 'command') return this.command(signal, now);
    switch (this.actor?.runtimeStatus) {
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

  /** The commit of all signals so far. @throws Error when nothing was decided. */
  toCommit(): ActorCommit {
    if (this.actor === null || !this.changed) throw new Error('Nothing was decided.');
    return {
      expectedRevision: this.options.stored?.revision ?? 0,
      actor: this.actor,
      addTasks: this.ledger.newTasks,
      removeTaskIds: this.ledger.endedTasks,
      history: this.ledger.history,
      events: this.ledger.changedEvents,
      incidents: this.ledger.changedIncidents,
      outbox: this.ledger.outbox,
    };
  }

  private runTurns(signal: TurnRequest['signal'], now: number): DraftAnswer {
    const result = this.turn(signal, now);
    this.offerKept(result, now);
    return answer(result.disposition, result.reason);
  }

  private offerKept(after: TurnResult, now: number): void {
    let { takeable } = after;
    while (takeable !== null) {
      const next = this.turn({ kind: 'kept', record: takeable }, now);
      takeable = next.disposition === 'applied' ? next.takeable : null;
    }
  }

  private turn(signal: TurnRequest['signal'], now: number, facts: readonly TurnFact[] = []): TurnResult {
    const { registration, actorId } = this.options;
    const offered = this.kept.filter((each) => each.type !== DEFERRED_RESULT);
    const result = computeTurn({
      registration,
      actorId,
      snapshot: this.actor?.snapshot ?? null,
      book: this.book,
      signal,
      kept: signal.kind === 'kept' ? offered.filter((each) => each !== signal.record) : offered,
      now,
      hydrated: this.standing,
    });
    this.standing = result.hydrated;
    if (result.decided !== null) this.take(signal, result, result.decided, now, facts);
    return result;
  }

  private take(
    signal: TurnRequest['signal'],
    result: TurnResult,
    decided: TurnDecided,
    now: number,
    before: readonly TurnFact[],
  ): void {
    this.recordEvent(signal, result, now);
    const failedFrom = this.failedFrom(decided);
    for (const taskId of decided.endedTasks) this.ledger.endTask(taskId);
    for (const activity of decided.startActivities) this.ledger.startActivity(activity);
    for (const timer of decided.setTimers) this.ledger.setTimer(timer);
    this.put({
      ...decided,
      book: failedFrom === undefined ? decided.book : { ...decided.book, failedFrom },
      facts: [...before, ...decided.facts],
      now,
    });
  }

  /** Where a retry goes back to: noted in the very turn in which the machine fails, and kept as long as it stays failed. */
  private failedFrom(decided: TurnDecided): Bookkeeping['failedFrom'] {
    if (decided.runtimeStatus !== 'failed') return undefined;
    const { actor, book } = this;
    if (actor === null || actor.runtimeStatus === 'failed') return book.failedFrom;
    return { snapshot: actor.snapshot, timers: book.timers };
  }

  /** Makes the next revision of the actor's row. */
  private put(
    next: Omit<TurnDecided, PartsOfTasks | 'runtimeStatus'> & { runtimeStatus: RuntimeStatus; now: number },
  ): void {
    const { registration, actorId } = this.options;
    const { now, runtimeStatus } = next;
    const { actor: before, incident: openBefore } = this;
    const ended = runtimeStatus !== 'running' && runtimeStatus !== 'suspended';
    const revision = (this.actor?.revision ?? 0) + 1;
    const facts = [...this.migrated, ...next.facts, ...(ended ? this.refuseKept(now) : [])];
    this.migrated = [];
    const incident = next.incident || runtimeStatus === 'failed';
    const book = this.withIncident(next, incident && runtimeStatus !== 'terminated', revision);
    this.book = book;
    this.actor = {
      actorId,
      machineId: registration.machineId,
      machineVersion: this.actor?.machineVersion ?? registration.version,
      // One that has ended may have been of a version that is registered no longer.
      definitionHash: ended ? (this.actor?.definitionHash ?? registration.definitionHash) : registration.definitionHash,
      revision,
      runtimeStatus,
      status: next.status,
      outcome: next.outcome,
      incident: book.incident !== undefined,
      waitingFor: JSON.stringify(waitingFor(book)),
      attributes: JSON.stringify(next.attributes),
      createdAt: this.actor?.createdAt ?? now,
      updatedAt: now,
      completedAt: ended ? (this.actor?.completedAt ?? now) : null,
      snapshot: next.snapshot,
      bookkeeping: JSON.stringify(book),
      historySeq: this.ledger.write(facts, { seq: this.actor?.historySeq ?? 0, revision }, now),
      keptEvents: this.kept.length,
    };
    this.ledger.announce(
      messagesOf(registration.announce, { before, after: this.actor, openBefore, openAfter: this.incident }),
    );
  }

  /** Opens an incident when a person is needed, resolves it when none is any more (invariant 7). */
  private withIncident(
    next: Pick<TurnDecided, 'book' | 'facts' | 'status'> & Moment,
    needed: boolean,
    revision: number,
  ): Bookkeeping {
    const { registration, actorId } = this.options;
    const { now, status, facts, runtimeStatus } = next;
    const open = this.incident;
    if (needed && open === undefined) {
      const kind = runtimeStatus === 'failed' ? 'machine_failed' : 'machine_waits';
      const stand = { actorId, machineId: registration.machineId, status, revision, now };
      this.incident = openIncident(kind, stand, facts);
      this.ledger.putIncident(this.incident);
    } else if (!needed && open !== undefined) {
      this.ledger.putIncident(resolveIncident(open, this.mover, now));
      this.incident = undefined;
    }
    const book: Bookkeeping & { incident?: IncidentRecord } = { ...next.book };
    delete book.incident;
    return this.incident === undefined ? book : { ...book, incident: this.incident };
  }

  private recordEvent(signal: TurnRequest['signal'], result: TurnResult, now: number): void {
    if (signal.kind === 'kept') {
      this.kept = this.kept.filter((each) => each.key !== signal.record.key);
      this.ledger.settleEvent(signal.record, 'applied', null, now);
      return;
    }
    if (signal.kind !== 'event') return;
    const state = stateOf(result.disposition);
    // An event without a key that was taken at once needs no row: there is nothing to deduplicate or to keep.
    if (signal.key === null && state === 'applied') return;
    this.addEvent({ type: signal.event.type, event: signal.event, key: signal.key, state, reason: result.reason }, now);
  }

  private addEvent(
    event: Pick<EventRecord, 'type' | 'state' | 'reason'> & { event: unknown; key: string | null },
    now: number,
  ): void {
    this.lastPosition += 1;
    const record: EventRecord = {
      actorId: this.options.actorId,
      key: event.key ?? `unkeyed:${this.lastPosition}`,
      position: this.lastPosition,
      type: event.type,
      event: JSON.stringify(event.event),
      state: event.state,
      reason: event.reason,
      receivedAt: now,
      settledAt: event.state === 'kept' ? null : now,
    };
    this.ledger.putEvent(record);
    if (event.state === 'kept') this.kept.push(record);
  }

  /** The actor has ended: what is still kept can never be taken, and that is recorded, not dropped (invariant 6). */
  private refuseKept(now: number): TurnFact[] {
    const facts = this.kept.map((record) => {
      this.ledger.settleEvent(record, 'refused', 'actor_ended', now);
      const event = this.options.registration.redact(JSON.parse(record.event));
      return {
        type: 'event.refused',
        data: { event, key: record.key, reason: 'actor_ended', keptSince: record.receivedAt },
      };
    });
    this.kept = [];
    return facts;
  }

  /** Nothing reaches the machine of a suspended actor; what must not be lost is kept. */
  private defer(signal: TurnRequest['signal'], now: number): DraftAnswer {
    switch (signal.kind) {
      case 'event':
        this.addEvent({ ...signal, type: signal.event.type, state: 'kept', reason: null }, now);
        this.note('event.kept', { event: signal.event, key: signal.key, reason: 'suspended' }, now);
        return answer('kept', 'suspended');
      case 'activity.completed':
      case 'activity.failed': {
        const key = `result:${signal.taskId}`;
        const known = this.kept.some((each) => each.key === key);
        if (known || !(signal.taskId in this.book.running)) return answer('stale');
        this.addEvent({ type: DEFERRED_RESULT, event: signal, key, state: 'kept', reason: null }, now);
        // The result is safe; nobody needs to run the activity again.
        this.ledger.endTask(signal.taskId);
        this.note('activity.result_kept', { taskId: signal.taskId, reason: 'suspended' }, now);
        return answer('kept', 'suspended');
      }
      case 'start':
      case 'kept':
      case 'settle':
      case 'timer':
        // Its timers are off; they are set again when it resumes.
        return answer('stale');
    }
  }

  private refuse(signal: Extract<Signal, { kind: 'event' }>, now: number): DraftAnswer {
    this.addEvent({ ...signal, type: signal.event.type, state: 'refused', reason: 'actor_ended' }, now);
    this.note('event.refused', { event: signal.event, key: signal.key, reason: 'actor_ended' }, now);
    return answer('refused', 'actor_ended');
  }

  private command({ command, key }: Extract<Signal, { kind: 'command' }>, now: number): DraftAnswer {
    const result = this.obey(command, now);
    if (result.disposition === 'applied' && key !== null) {
      const { type } = command;
      this.addEvent({ type: `durable.${type}`, event: command, key, state: 'applied', reason: null }, now);
    }
    return result;
  }

  private obey(command: ActorCommand, now: number): DraftAnswer {
    const { actor, book } = this;
    if (actor === null) return answer('stale');
    const { registration } = this.options;
    const decision = decideCommand({ command, actor, book, registration, now });
    if (decision.kind === 'refused') return answer('refused', decision.reason);
    const fact = redacted(registration, decision.fact);
    if (decision.turn === null) {
      this.moveTasks(decision);
      this.putUnmoved(decision.runtimeStatus, decision.book, [fact], now);
      return answer('applied');
    }
    this.actor = { ...actor, snapshot: decision.snapshot, runtimeStatus: 'running' };
    this.book = decision.book;
    const result = this.turn(decision.turn, now, [fact]);
    if (result.decided === null) {
      // The machine does not take what the command would have it take.
      this.actor = actor;
      this.book = book;
      return answer('refused', 'not_now');
    }
    this.moveTasks(decision);
    this.offerKept(this.takeDeferred(result, now), now);
    return answer('applied');
  }

  private moveTasks({ endTasks, setTimers }: Pick<CommandApplied, 'endTasks' | 'setTimers'>): void {
    for (const taskId of endTasks) this.ledger.endTask(taskId);
    // What the command's own turn has cancelled meanwhile stays so.
    const alive = new Set(this.book.timers.map((timer) => timer.taskId));
    for (const timer of setTimers) if (alive.has(timer.taskId)) this.ledger.setTimer(timer);
  }

  /** Results that came while the actor was suspended, in order of arrival. @returns the last turn's. */
  private takeDeferred(first: TurnResult, now: number): TurnResult {
    let last = first;
    for (const record of this.kept.filter((each) => each.type === DEFERRED_RESULT)) {
      // The result before it ended the actor, and all that was kept is refused already.
      if (!this.kept.includes(record)) continue;
      this.kept = this.kept.filter((each) => each !== record);
      this.ledger.settleEvent(record, 'applied', null, now);
      const result = this.turn(JSON.parse(record.event) as ResultSignal, now); // written by defer
      if (result.decided !== null) last = result;
    }
    return last;
  }

  private note(type: string, data: TurnFact['data'], now: number): void {
    const { actor, book } = this;
    if (actor !== null)
      this.putUnmoved(actor.runtimeStatus, book, [redacted(this.options.registration, { type, data })], now);
  }

  /** A new revision of which the machine knows nothing. */
  private putUnmoved(runtimeStatus: RuntimeStatus, book: Bookkeeping, facts: readonly TurnFact[], now: number): void {
    const { actor } = this;
    if (actor === null) return;
    const { snapshot, status, outcome, incident } = actor;
    const attributes = JSON.parse(actor.attributes) as Record<string, string>; // written by put
    this.put({ snapshot, status, outcome, incident, attributes, runtimeStatus, book, facts, now });
  }
}

interface Moment {
  readonly runtimeStatus: RuntimeStatus;
  readonly now: number;
}

type PartsOfTasks = 'startActivities' | 'endedTasks' | 'setTimers';

function redacted({ redact }: RegisteredMachine, { type, data }: TurnFact): TurnFact {
  return { type, data: redact(data) as TurnFact['data'] }; // a redactor keeps the shape
}

function answer(disposition: Disposition, reason: string | null = null): DraftAnswer {
  return { disposition, reason, firstState: null };
}

function stateOf(disposition: Disposition): EventState {
  return disposition === 'kept' || disposition === 'refused' ? disposition : 'applied';
}
