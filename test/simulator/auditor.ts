/**
 * Watches every commit as it is written, every answer as it leaves and every call as it goes out, and holds them against
 * the promises of docs/GUARANTEES.md. It keeps a record of its own and never asks the runtime.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ActorCommit, ActorRecord, HistoryRecord } from '../../src/durable/index.js';
import { MinHeap } from './min-heap.js';
import type { FaultPlan } from './fault-plan.js';
import { HOUR, type WorldTime } from './world-time.js';

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
  | 'no living process is taken for dead'
  | 'a failure counts from its owner alone'
  | 'no order without something to come'
  | 'no task of an ended order'
  | 'nothing moves while suspended'
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
  /** From when on it can fire: a timer that is set again by a resume may have been due before. */
  readonly from: number;
}

interface HistoryData {
  readonly taskId?: string;
  readonly key?: string | null;
  readonly keptSince?: number;
  readonly dueAt?: number;
}

/** What the history of a suspended order may tell before it is resumed. */
const WHILE_SUSPENDED: ReadonlySet<string> = new Set([
  'event.kept',
  'event.refused',
  'activity.result_kept',
  'actor.terminated',
]);

/** More than every clock step, partner timeout and lease together. */
const LONGEST_DELAY_MS = HOUR;
/** The same when processes or the database failed meanwhile. */
const LONGEST_FAULTY_DELAY_MS = 12 * HOUR;

/** What an order may ask before it is written that it asks: nothing comes of it at the partner. */
const READS: ReadonlySet<string> = new Set(['getProducts', 'getAddress', 'calculateShipping', 'calculateFinalPrice']);

const TRACED_AT_ONCE = 1_000_000;
const WHOLLY_TRACED_EACH = 16;

export class Auditor {
  readonly violations: Violation[] = [];
  commits = 0;
  rows = 0;
  timersFired = 0;
  ended = 0;
  private readonly trace: Hash = createHash('sha256');
  private untraced = '';
  private readonly timers = new Map<string, Deadline>();
  private readonly deadlines = new MinHeap<Deadline>((one, other) => one.from < other.from);
  /** Running activities by when they were committed (true time): the first is the oldest. */
  private readonly activities = new Map<string, number>();
  private readonly firedTimers = new Set<string>();
  private readonly everScheduled = new Set<string>();
  private readonly taken = new Set<string>();

  constructor(
    private readonly time: Pick<WorldTime, 'now'>,
    private readonly faults: Pick<FaultPlan, 'lastFaultAt'>,
    private readonly tasksOf: (actorId: string) => number,
  ) {}

  get traceHash(): string {
    return this.trace.copy().update(this.untraced).digest('hex');
  }

  fail(invariant: Invariant, orderId: string, detail: string): void {
    this.violations.push({ invariant, orderId, detail, at: iso(this.time.now) });
  }

  written(commit: ActorCommit, before: ActorRecord | undefined): void {
    const { actor, history } = commit;
    const { actorId, revision } = actor;
    this.commits += 1;
    this.rows += history.length;
    this.traceOf(commit);

    if (history[0]?.revision !== (before?.revision ?? 0) + 1 || history.at(-1)?.revision !== revision) {
      this.fail('revision without a gap', actorId, `${before?.revision ?? 0} is followed by ${revision}`);
    }
    let seq = before?.historySeq ?? 0;
    for (const row of history) {
      seq += 1;
      if (row.seq !== seq) this.fail('history without a gap', actorId, `row ${seq} has the number ${row.seq}`);
      this.readRow(row, commit);
    }
    if (actor.historySeq !== seq) this.fail('history without a gap', actorId, `${seq} rows, ${actor.historySeq} noted`);
    if (before?.runtimeStatus === 'suspended') this.checkSuspended(commit, before);
    this.noteTasks(commit);
    this.checkRest(actor, before);
  }

  /**
   * Tells a run that took other steps: who was moved when, where to, and what comes next when. All that was written goes in
   * with some commits only, for it takes time: what differs in each of them differs in those.
   */
  private traceOf({ actor, history }: ActorCommit): void {
    const { actorId, revision, status, snapshot, waitingFor, bookkeeping } = actor;
    this.untraced += `${this.time.now} ${actorId} ${revision} ${history.length} ${status} ${snapshot.length} ${waitingFor}`;
    if (this.commits % WHOLLY_TRACED_EACH === 0) {
      const facts = history.map((row) => `${row.seq} ${row.at} ${row.type} ${row.data}`);
      this.untraced += `${snapshot} ${bookkeeping} ${facts.join()}`;
    }
    if (this.untraced.length < TRACED_AT_ONCE) return;
    this.trace.update(this.untraced);
    this.untraced = '';
  }

  /** A commit is about to be written. @param ownerOf of a task, before the commit. */
  accepted(
    { actor: { actorId }, history }: ActorCommit,
    nodeId: string,
    ownerOf: (taskId: string) => string | null | undefined,
  ): void {
    for (const row of history) {
      if (row.type !== 'activity.failed') continue;
      const owner = ownerOf(taskOf(row));
      if (owner === undefined || owner === nodeId) continue;
      this.fail('a failure counts from its owner alone', actorId, `${taskOf(row)} failed, and was not its node's`);
    }
  }

  /** A call to a partner goes out. */
  called(actorId: string, taskId: string): void {
    if (READS.has(taskId.slice(0, taskId.indexOf('#')))) return;
    if (!this.everScheduled.has(`${actorId} ${taskId}`)) {
      this.fail('no effect before its commit', actorId, `${taskId} runs, and no commit has decided it`);
    }
  }

  /** Cheap checks over what is due; to be called now and then. */
  look(): void {
    const { now } = this.time;
    const isFaulty = this.faults.lastFaultAt > now - LONGEST_DELAY_MS;
    const latest = now - (isFaulty ? LONGEST_FAULTY_DELAY_MS : LONGEST_DELAY_MS);
    for (;;) {
      const first = this.deadlines.peek();
      if (first === undefined || first.from >= latest) break;
      this.deadlines.pop();
      if (this.timers.get(first.task) !== first) continue;
      this.fail('no timer late', orderOf(first.task), `${first.task} was due at ${iso(first.dueAt)}`);
    }
    for (const [task, since] of this.activities) {
      if (since >= latest) break;
      this.fail('no activity forgotten', orderOf(task), `${task} began at ${iso(since)}`);
    }
  }

  private readRow(row: HistoryRecord, { history }: ActorCommit): void {
    switch (row.type) {
      case 'timer.fired':
        this.fired(
          row,
          history.some(({ type }) => type === 'actor.resumed'),
        );
        return;
      case 'activity.completed':
        this.once('a result is accepted once', row, taskOf(row));
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

  private fired(row: HistoryRecord, isResumed: boolean): void {
    const { taskId, dueAt: saidDueAt } = dataOf(row);
    const task = `${row.actorId} ${taskId ?? ''}`;
    // What a resume sets again and what fires in the same commit is never written as a task.
    const isFirst = !this.firedTimers.has(task);
    this.firedTimers.add(task);
    const dueAt = this.timers.get(task)?.dueAt ?? (isResumed && isFirst ? saidDueAt : undefined);
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
        const deadline = { task, dueAt, from: Math.max(dueAt, this.time.now) };
        this.timers.set(task, deadline);
        this.deadlines.push(deadline);
      } else {
        this.activities.set(task, this.time.now);
        this.everScheduled.add(task);
      }
    }
  }

  /** A suspended order only writes down what comes, unless this very commit resumes or ends it. */
  private checkSuspended({ actor, addTasks, history }: ActorCommit, before: ActorRecord): void {
    if (history.some((row) => row.type === 'actor.resumed')) return;
    const moves = history.filter((row) => !WHILE_SUSPENDED.has(row.type)).map((row) => row.type);
    if (moves.length === 0 && addTasks.length === 0 && actor.snapshot === before.snapshot) return;
    this.fail('nothing moves while suspended', actor.actorId, `${moves.join()}, ${addTasks.length} tasks`);
  }

  private checkRest(actor: ActorRecord, before: ActorRecord | undefined): void {
    const tasks = this.tasksOf(actor.actorId);
    if (actor.runtimeStatus === 'suspended') return;
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

/** Without reading the result, which may be long. */
function taskOf(row: HistoryRecord): string {
  return /"taskId":"(?<task>[^"]*)"/.exec(row.data)?.groups?.['task'] ?? '';
}

function orderOf(task: string): string {
  return task.slice(0, task.indexOf(' '));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
