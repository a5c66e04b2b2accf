/**
 * Watches every commit as it is written, every answer as it leaves and every call as it goes out, and holds them against
 * the promises of docs/GUARANTEES.md. It keeps books of its own and never asks the runtime.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ActorCommit, ActorRecord, HistoryRecord } from '../../src/durable/index.js';
import { MinHeap } from './min.heap.js';
import type { FaultPlan } from './fault.plan.js';
import { HOUR, type WorldTime } from './world.time.js';

export type Invariant =
  | 'revision without a gap'
  | 'history without a gap'
  | 'no effect before its commit'
  | 'nothing acknowledged is lost'
  | 'an event takes effect once'
  | 'a result is accepted once'
  | 'no timer early'
  | 'no timer twice'
  | 'no timer late'
  | 'no activity forgotten'
  | 'no order without something to come'
  | 'no task of an ended order'
  | 'one charge for an order'
  | 'one reservation for an order'
  | 'captured is shipped or refunded'
  | 'goods are consumed or released'
  | 'nothing is left to be paid'
  | 'every order ends'
  | 'no error without a fault';

export interface Violation {
  readonly invariant: Invariant;
  readonly orderId: string;
  readonly detail: string;
  readonly at: string;
}

interface Deadline {
  readonly task: string;
  readonly dueAt: number;
}

interface HistoryData {
  readonly taskId?: string;
  readonly key?: string | null;
  readonly keptSince?: number;
}

/** More than every clock step, partner timeout and lease together. */
const LONGEST_DELAY_MS = HOUR;
/** The same when processes or the database failed meanwhile. */
const LONGEST_TROUBLED_DELAY_MS = 12 * HOUR;

export class Auditor {
  readonly violations: Violation[] = [];
  commits = 0;
  rows = 0;
  timersFired = 0;
  ended = 0;
  private readonly trace: Hash = createHash('sha256');
  private readonly timers = new Map<string, number>();
  private readonly deadlines = new MinHeap<Deadline>((one, other) => one.dueAt < other.dueAt);
  /** Running activities by when they were committed (true time): the first is the oldest. */
  private readonly activities = new Map<string, number>();
  private readonly everScheduled = new Set<string>();
  private readonly taken = new Set<string>();

  constructor(
    private readonly time: WorldTime,
    private readonly faults: FaultPlan,
    private readonly tasksOf: (actorId: string) => number,
  ) {}

  get traceHash(): string {
    return this.trace.copy().digest('hex');
  }

  fail(invariant: Invariant, orderId: string, detail: string): void {
    this.violations.push({ invariant, orderId, detail, at: iso(this.time.now) });
  }

  written(commit: ActorCommit, before: ActorRecord | undefined): void {
    const { actor, history } = commit;
    const { actorId, revision } = actor;
    this.commits += 1;
    this.rows += history.length;
    this.trace.update(`${this.time.now} ${actorId} ${revision} ${actor.snapshot} ${actor.bookkeeping}`);
    for (const row of history) this.trace.update(`${row.seq} ${row.at} ${row.type} ${row.data}`);

    if (history[0]?.revision !== (before?.revision ?? 0) + 1 || history.at(-1)?.revision !== revision) {
      this.fail('revision without a gap', actorId, `${before?.revision ?? 0} is followed by ${revision}`);
    }
    let seq = before?.historySeq ?? 0;
    for (const row of history) {
      seq += 1;
      if (row.seq !== seq) this.fail('history without a gap', actorId, `row ${seq} has the number ${row.seq}`);
      this.readRow(row);
    }
    if (actor.historySeq !== seq) this.fail('history without a gap', actorId, `${seq} rows, ${actor.historySeq} noted`);
    this.noteTasks(commit);
    this.checkRest(actor, before);
  }

  /** A call to a partner goes out. */
  called(actorId: string, taskId: string): void {
    if (!this.everScheduled.has(`${actorId} ${taskId}`)) {
      this.fail('no effect before its commit', actorId, `${taskId} runs, and no commit has decided it`);
    }
  }

  /** Cheap checks over what is due; to be called now and then. */
  look(): void {
    const { now } = this.time;
    const troubled = this.faults.lastTroubleAt > now - LONGEST_DELAY_MS;
    const latest = now - (troubled ? LONGEST_TROUBLED_DELAY_MS : LONGEST_DELAY_MS);
    for (;;) {
      const first = this.deadlines.peek();
      if (first === undefined || first.dueAt >= latest) break;
      this.deadlines.pop();
      if (this.timers.get(first.task) !== first.dueAt) continue;
      this.fail('no timer late', orderOf(first.task), `${first.task} was due at ${iso(first.dueAt)}`);
    }
    for (const [task, since] of this.activities) {
      if (since >= latest) break;
      this.fail('no activity forgotten', orderOf(task), `${task} began at ${iso(since)}`);
    }
  }

  private readRow(row: HistoryRecord): void {
    switch (row.type) {
      case 'timer.fired':
        this.fired(row);
        return;
      case 'activity.completed':
        this.once('a result is accepted once', row, dataOf(row).taskId ?? '');
        return;
      case 'event.received':
      case 'event.kept':
      case 'event.refused': {
        const { key, keptSince } = dataOf(row);
        if (typeof key !== 'string' || key.startsWith('unkeyed:')) return;
        // A kept event is told of twice: when it came, and when it was taken or turned away.
        this.once('an event takes effect once', row, keptSince === undefined ? key : `${key} settled`);
        return;
      }
      default:
        return;
    }
  }

  private fired(row: HistoryRecord): void {
    const { taskId } = dataOf(row);
    const task = `${row.actorId} ${taskId ?? ''}`;
    const dueAt = this.timers.get(task);
    this.timersFired += 1;
    if (dueAt === undefined) this.fail('no timer twice', row.actorId, `${task} fired and is not set`);
    else if (row.at < dueAt) this.fail('no timer early', row.actorId, `${task} fired ${dueAt - row.at} ms early`);
    this.timers.delete(task);
  }

  private once(invariant: Invariant, row: HistoryRecord, what: string): void {
    const entry = `${row.actorId} ${what}`;
    if (this.taken.has(entry)) this.fail(invariant, row.actorId, `${row.type} of ${what} for the second time`);
    this.taken.add(entry);
  }

  private noteTasks({ actor, addTasks, removeTaskIds }: ActorCommit): void {
    for (const taskId of removeTaskIds) {
      this.timers.delete(`${actor.actorId} ${taskId}`);
      this.activities.delete(`${actor.actorId} ${taskId}`);
    }
    for (const { taskId, kind, dueAt } of addTasks) {
      const task = `${actor.actorId} ${taskId}`;
      if (kind === 'timer') {
        this.timers.set(task, dueAt);
        this.deadlines.push({ task, dueAt });
      } else {
        this.activities.set(task, this.time.now);
        this.everScheduled.add(task);
      }
    }
  }

  private checkRest(actor: ActorRecord, before: ActorRecord | undefined): void {
    const tasks = this.tasksOf(actor.actorId);
    if (actor.runtimeStatus === 'running') {
      if (tasks === 0 && !actor.incident) {
        this.fail('no order without something to come', actor.actorId, `in ${actor.status} with nothing to come`);
      }
      return;
    }
    if (tasks > 0) this.fail('no task of an ended order', actor.actorId, `${tasks} left`);
    if (before?.runtimeStatus !== actor.runtimeStatus) this.ended += 1;
  }
}

function dataOf(row: HistoryRecord): HistoryData {
  return JSON.parse(row.data) as HistoryData; // written by the turn
}

function orderOf(task: string): string {
  return task.slice(0, task.indexOf(' '));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
