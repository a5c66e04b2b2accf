/**
 * What several turns in a row decide about one actor, before it is written: the turns collapse to the last snapshot, all
 * their history rows stay, and a task that both began and ended here never reaches the database.
 *
 * A draft is thrown away when its commit fails; nothing outside of it has changed by then (invariant 3).
 */
import type { ActorCommit, ActorRecord, EventRecord, EventState, HistoryRecord, TaskRecord } from './store.port.js';
import { emptyBookkeeping, waitingFor, type Bookkeeping } from './bookkeeping.js';
import type { RegisteredMachine } from './machine.registration.js';
import type { Disposition, Signal } from './signal.js';
import { computeTurn, type ScheduledActivity, type TurnDecided, type TurnResult } from './turn.js';

export interface DraftOptions {
  readonly registration: RegisteredMachine;
  readonly actorId: string;
  readonly nodeId: string;
  /** The stored actor, or null when there is none. */
  readonly stored: ActorRecord | null;
  readonly kept: readonly EventRecord[];
}

export interface DraftAnswer {
  readonly disposition: Disposition;
  readonly reason: string | null;
  /** For a duplicate: what became of the first one. */
  readonly firstState: EventState | null;
}

export class ActorDraft {
  private actor: ActorRecord | null;
  private book: Bookkeeping;
  private kept: EventRecord[];
  private lastPosition: number;
  private readonly events = new Map<string, EventRecord>();
  private readonly history: HistoryRecord[] = [];
  private readonly addTasks = new Map<string, TaskRecord>();
  private readonly removeTasks = new Set<string>();
  private readonly activities = new Map<string, ScheduledActivity>();

  constructor(private readonly options: DraftOptions) {
    const { stored } = options;
    this.actor = stored;
    this.book = stored === null ? emptyBookkeeping : (JSON.parse(stored.bookkeeping) as Bookkeeping); // written by toCommit
    this.kept = [...options.kept];
    this.lastPosition = stored?.historySeq ?? 0;
  }

  get exists(): boolean {
    return this.actor !== null;
  }

  get changed(): boolean {
    return this.history.length > 0;
  }

  get current(): ActorRecord | null {
    return this.actor;
  }

  /** Runs the signal's turn, then a turn for every kept event that can be taken after it. */
  apply(signal: Signal, now: number): DraftAnswer {
    if (signal.kind === 'start' && this.actor !== null) return answer('exists');
    if (signal.kind === 'event' && signal.key !== null) {
      const seen = this.events.get(signal.key);
      if (seen !== undefined) return { disposition: 'duplicate', reason: seen.reason, firstState: seen.state };
    }
    let result = this.turn(signal, now);
    const first = answer(result.disposition, result.reason);
    while (result.takeable !== null) {
      const kept = result.takeable;
      result = this.turn({ kind: 'kept', record: kept }, now);
      if (result.disposition !== 'applied') break;
    }
    return first;
  }

  /** The commit of all turns so far. @throws Error when nothing was decided. */
  toCommit(): ActorCommit {
    if (this.actor === null || !this.changed) throw new Error('Nothing was decided.');
    return {
      expectedRevision: this.options.stored?.revision ?? 0,
      actor: this.actor,
      addTasks: [...this.addTasks.values()],
      removeTaskIds: [...this.removeTasks],
      history: this.history,
      events: [...this.events.values()],
    };
  }

  /** To be started once the commit is durable. */
  get startActivities(): readonly ScheduledActivity[] {
    return [...this.activities.values()];
  }

  get endedTasks(): readonly string[] {
    return [...this.removeTasks];
  }

  get timersDueAt(): readonly number[] {
    return [...this.addTasks.values()].filter((task) => task.kind === 'timer').map((task) => task.dueAt);
  }

  private turn(signal: Signal, now: number): TurnResult {
    const { registration, actorId } = this.options;
    const result = computeTurn({
      registration,
      actorId,
      snapshot: this.actor?.snapshot ?? null,
      book: this.book,
      signal,
      kept: signal.kind === 'kept' ? this.kept.filter((each) => each !== signal.record) : this.kept,
      now,
    });
    if (result.decided !== null) this.take(signal, result, result.decided, now);
    return result;
  }

  private take(signal: Signal, result: TurnResult, decided: TurnDecided, now: number): void {
    const { registration, actorId } = this.options;
    const revision = (this.actor?.revision ?? 0) + 1;
    const ended = decided.runtimeStatus !== 'running';
    this.recordEvent(signal, result, now);
    const facts = ended ? [...decided.facts, ...this.refuseKept(now)] : decided.facts;
    let seq = this.actor?.historySeq ?? 0;
    for (const fact of facts) {
      seq += 1;
      this.history.push({ actorId, seq, revision, at: now, type: fact.type, data: JSON.stringify(fact.data) });
    }
    this.book = decided.book;
    this.actor = {
      actorId,
      machineId: registration.machineId,
      machineVersion: this.actor?.machineVersion ?? registration.version,
      definitionHash: registration.definitionHash,
      revision,
      runtimeStatus: decided.runtimeStatus,
      status: decided.status,
      outcome: decided.outcome,
      incident: decided.incident,
      waitingFor: JSON.stringify(waitingFor(decided.book)),
      attributes: JSON.stringify(decided.attributes),
      createdAt: this.actor?.createdAt ?? now,
      updatedAt: now,
      completedAt: ended ? (this.actor?.completedAt ?? now) : null,
      snapshot: decided.snapshot,
      bookkeeping: JSON.stringify(decided.book),
      historySeq: seq,
      keptEvents: this.kept.length,
    };
    this.recordTasks(decided);
  }

  private recordEvent(signal: Signal, result: TurnResult, now: number): void {
    if (signal.kind === 'kept') {
      this.kept = this.kept.filter((each) => each.key !== signal.record.key);
      this.events.set(signal.record.key, { ...signal.record, state: 'applied', settledAt: now });
      return;
    }
    if (signal.kind !== 'event') return;
    const state = stateOf(result.disposition);
    // An event without a key that was taken at once needs no row: there is nothing to deduplicate or to keep.
    if (signal.key === null && state === 'applied') return;
    this.lastPosition += 1;
    const record: EventRecord = {
      actorId: this.options.actorId,
      key: signal.key ?? `unkeyed:${this.lastPosition}`,
      position: this.lastPosition,
      type: signal.event.type,
      event: JSON.stringify(signal.event),
      state,
      reason: result.reason,
      receivedAt: now,
      settledAt: state === 'kept' ? null : now,
    };
    this.events.set(record.key, record);
    if (state === 'kept') this.kept.push(record);
  }

  /** The actor has ended: what is still kept can never be taken, and that is recorded, not dropped (invariant 6). */
  private refuseKept(now: number): TurnDecided['facts'] {
    const facts = this.kept.map((record) => {
      this.events.set(record.key, { ...record, state: 'refused', reason: 'actor_ended', settledAt: now });
      const event = this.options.registration.redact(JSON.parse(record.event));
      return {
        type: 'event.refused',
        data: { event, key: record.key, reason: 'actor_ended', keptSince: record.receivedAt },
      };
    });
    this.kept = [];
    return facts;
  }

  private recordTasks(decided: TurnDecided): void {
    const { actorId, nodeId } = this.options;
    for (const taskId of decided.endedTasks) {
      this.activities.delete(taskId);
      // A task of this very draft was never written.
      if (!this.addTasks.delete(taskId)) this.removeTasks.add(taskId);
    }
    for (const activity of decided.startActivities) {
      this.activities.set(activity.taskId, activity);
      this.addTasks.set(activity.taskId, {
        taskId: activity.taskId,
        actorId,
        kind: 'activity',
        dueAt: activity.scheduledAt,
        payload: '{}', // all about it is in the actor's snapshot and notes
        ownerNode: nodeId, // the node that commits it runs it
        deliveries: 1,
      });
    }
    for (const timer of decided.setTimers) {
      this.addTasks.set(timer.taskId, {
        taskId: timer.taskId,
        actorId,
        kind: 'timer',
        dueAt: timer.dueAt,
        payload: '{}',
        ownerNode: null,
        deliveries: 0,
      });
    }
  }
}

function answer(disposition: Disposition, reason: string | null = null): DraftAnswer {
  return { disposition, reason, firstState: null };
}

function stateOf(disposition: Disposition): EventState {
  return disposition === 'kept' || disposition === 'refused' ? disposition : 'applied';
}
