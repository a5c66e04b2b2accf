/** The tasks of a simulated database: claims cost O(log n), however many timers are parked. */
import type { ActorCommit, ClaimRequest, TaskRecord } from '../../src/durable/index.js';
import { MinHeap } from './min-heap.js';

interface Row {
  task: TaskRecord;
  present: boolean;
}

export interface TaskTableOptions {
  /** False is a mutant: a node claims though it is not registered and alive. */
  readonly checksClaimer: boolean;
  /** A task was taken from the node that owned it. */
  readonly onTaken: (task: TaskRecord, from: string) => void;
}

export class TaskTable {
  private readonly byActor = new Map<string, Map<string, Row>>();
  /** Tasks nobody holds; those that were claimed or removed since are skipped when they come up. */
  private readonly free = new MinHeap<Row>((one, other) => one.task.dueAt < other.task.dueAt);
  private readonly held = new Map<string, Set<Row>>();
  private readonly nodes = new Map<string, number>();

  constructor(private readonly options: TaskTableOptions) {}

  countOf(actorId: string): number {
    return this.byActor.get(actorId)?.size ?? 0;
  }

  of(actorId: string): TaskRecord[] {
    const tasks = [...(this.byActor.get(actorId)?.values() ?? [])].map((row) => row.task);
    return tasks.sort((one, other) => one.dueAt - other.dueAt || (one.taskId < other.taskId ? -1 : 1));
  }

  ownerOf(actorId: string, taskId: string): string | null | undefined {
    return this.byActor.get(actorId)?.get(taskId)?.task.ownerNode;
  }

  apply(commit: ActorCommit): void {
    const { actorId } = commit.actor;
    const rows = this.byActor.get(actorId) ?? new Map<string, Row>();
    for (const taskId of commit.removeTaskIds) {
      const row = rows.get(taskId);
      if (row === undefined) continue;
      row.present = false;
      if (row.task.ownerNode !== null) this.held.get(row.task.ownerNode)?.delete(row);
      rows.delete(taskId);
    }
    for (const task of commit.addTasks) {
      const row = { task, present: true };
      rows.set(task.taskId, row);
      this.place(row);
    }
    if (rows.size === 0) this.byActor.delete(actorId);
    else this.byActor.set(actorId, rows);
  }

  claim({ nodeId, now, limit, fromLostNodes, running = [] }: ClaimRequest): TaskRecord[] {
    if (this.options.checksClaimer && !this.isAlive(nodeId, now)) return [];
    const due: Row[] = [];
    if (fromLostNodes) for (const node of this.nodes.keys()) if (!this.isAlive(node, now)) this.nodes.delete(node);
    for (const rows of this.orphans()) for (const row of rows) if (row.task.dueAt <= now) due.push(row);
    const runs = new Set(running.map(({ actorId, taskId }) => `${actorId} ${taskId}`));
    due.sort((one, other) => one.task.dueAt - other.task.dueAt);
    due.length = Math.min(due.length, limit);
    while (due.length < limit) {
      const first = this.nextFree();
      if (first === undefined || first.task.dueAt > now) break;
      this.free.pop();
      due.push(first);
    }
    return due.map((row) => {
      if (row.task.ownerNode !== null) this.held.get(row.task.ownerNode)?.delete(row);
      const { actorId, taskId, ownerNode, deliveries } = row.task;
      if (ownerNode !== null) this.options.onTaken(row.task, ownerNode);
      const isDelivery = !runs.has(`${actorId} ${taskId}`);
      row.task = { ...row.task, ownerNode: nodeId, deliveries: isDelivery ? deliveries + 1 : deliveries };
      this.place(row);
      return row.task;
    });
  }

  heldBy(nodeId: string): TaskRecord[] {
    return [...(this.held.get(nodeId) ?? [])].map((row) => row.task);
  }

  nextDueAt(): number | null {
    let next = this.nextFree()?.task.dueAt ?? Infinity;
    for (const rows of this.orphans()) for (const row of rows) next = Math.min(next, row.task.dueAt);
    return next === Infinity ? null : next;
  }

  register(nodeId: string, aliveUntil: number, alone: boolean): void {
    if (alone) this.nodes.clear();
    this.nodes.set(nodeId, aliveUntil);
  }

  renew(nodeId: string, aliveUntil: number): boolean {
    if (!this.nodes.has(nodeId)) return false;
    this.nodes.set(nodeId, aliveUntil);
    return true;
  }

  remove(nodeId: string): void {
    this.nodes.delete(nodeId);
    const rows = this.held.get(nodeId) ?? [];
    this.held.delete(nodeId);
    for (const row of rows) {
      row.task = { ...row.task, ownerNode: null, deliveries: Math.max(row.task.deliveries - 1, 0) };
      this.place(row);
    }
  }

  /** A mutant: gives every timer that nobody holds its delay anew. */
  restartTimers(delayOf: (task: TaskRecord) => number, now: number): void {
    for (const rows of this.byActor.values()) {
      for (const [taskId, row] of rows) {
        if (row.task.kind !== 'timer' || row.task.ownerNode !== null) continue;
        row.present = false;
        const moved = { task: { ...row.task, dueAt: now + delayOf(row.task) }, present: true };
        rows.set(taskId, moved);
        this.place(moved);
      }
    }
  }

  private place(row: Row): void {
    const { ownerNode } = row.task;
    if (ownerNode === null) {
      this.free.push(row);
      return;
    }
    const rows = this.held.get(ownerNode);
    if (rows === undefined) this.held.set(ownerNode, new Set([row]));
    else rows.add(row);
  }

  /** Of owners that are no registered nodes. */
  private *orphans(): Iterable<ReadonlySet<Row>> {
    for (const [holder, rows] of this.held) {
      if (this.nodes.has(holder)) continue;
      if (rows.size === 0) this.held.delete(holder);
      else yield rows;
    }
  }

  private nextFree(): Row | undefined {
    for (;;) {
      const first = this.free.peek();
      if (first === undefined || (first.present && first.task.ownerNode === null)) return first;
      this.free.pop();
    }
  }

  private isAlive(nodeId: string, now: number): boolean {
    return (this.nodes.get(nodeId) ?? -1) >= now;
  }
}
