/**
 * What a draft will write beside the actor's row: history, tasks, events, messages. A task that both began and ended in one draft
 * never reaches the database, and an event has its last state only.
 */
import type { DurableTimer } from '../model/bookkeeping.js';
import type {
  EventRecord,
  EventState,
  HistoryRecord,
  IncidentRecord,
  OutboxRecord,
  TaskRecord,
} from '../model/store.port.js';
import type { ScheduledActivity } from '../model/scheduled-activity.js';
import type { TurnFact } from '../model/turn-fact.js';

export class CommitBuilder {
  readonly history: HistoryRecord[] = [];
  readonly outbox: OutboxRecord[] = [];
  private readonly incidents = new Map<string, IncidentRecord>();
  private readonly events = new Map<string, EventRecord>();
  private readonly addTasks = new Map<string, TaskRecord>();
  private readonly removeTasks = new Set<string>();
  private readonly activities = new Map<string, ScheduledActivity>();

  constructor(
    readonly actorId: string,
    private readonly nodeId: string,
  ) {}

  /** @returns the sequence of the last row. */
  write(facts: readonly TurnFact[], after: { readonly seq: number; readonly revision: number }, at: number): number {
    let { seq } = after;
    for (const { type, data } of facts) {
      seq += 1;
      this.history.push({ actorId: this.actorId, seq, revision: after.revision, at, type, data: JSON.stringify(data) });
    }
    return seq;
  }

  publish(messages: readonly OutboxRecord[]): void {
    this.outbox.push(...messages);
  }

  putIncident(record: IncidentRecord): void {
    this.incidents.set(record.incidentId, record);
  }

  eventOf(key: string): EventRecord | undefined {
    return this.events.get(key);
  }

  putEvent(record: EventRecord): void {
    this.events.set(record.key, record);
  }

  settleEvent(record: EventRecord, state: EventState, reason: string | null, settledAt: number): void {
    this.events.set(record.key, { ...record, state, reason, settledAt });
  }

  startActivity(activity: ScheduledActivity): void {
    this.activities.set(activity.taskId, activity);
    // The node that commits it runs it. All about it is in the actor's snapshot and notes.
    this.addTask({ taskId: activity.taskId, kind: 'activity', dueAt: activity.scheduledAt }, this.nodeId, 1);
  }

  setTimer(timer: DurableTimer): void {
    this.addTask({ taskId: timer.taskId, kind: 'timer', dueAt: timer.dueAt }, null, 0);
  }

  /** Its task was taken away while the actor was suspended. Where it still runs, it goes on. */
  restartActivity(activity: ScheduledActivity, now: number): void {
    this.removeTasks.add(activity.taskId);
    this.startActivity({ ...activity, scheduledAt: now });
  }

  /** Whoever looks first runs it: the node that holds it does not any more. */
  freeActivity(taskId: string, now: number): void {
    this.removeTasks.add(taskId);
    this.addTask({ taskId, kind: 'activity', dueAt: now }, null, 0);
  }

  freeTimer(timer: DurableTimer): void {
    this.removeTasks.add(timer.taskId);
    this.setTimer(timer);
  }

  endTask(taskId: string): void {
    this.activities.delete(taskId);
    // A task of this very draft was never written.
    if (!this.addTasks.delete(taskId)) this.removeTasks.add(taskId);
  }

  get startActivities(): readonly ScheduledActivity[] {
    return [...this.activities.values()];
  }

  /** Those that nobody is to work at any more. */
  get endedTasks(): readonly string[] {
    return this.removedTasks.filter((taskId) => !this.addTasks.has(taskId));
  }

  /** Also those that are written anew. */
  get removedTasks(): readonly string[] {
    return [...this.removeTasks];
  }

  get newTasks(): readonly TaskRecord[] {
    return [...this.addTasks.values()];
  }

  get changedIncidents(): readonly IncidentRecord[] {
    return [...this.incidents.values()];
  }

  get changedEvents(): readonly EventRecord[] {
    return [...this.events.values()];
  }

  private addTask(
    task: Pick<TaskRecord, 'taskId' | 'kind' | 'dueAt'>,
    ownerNode: string | null,
    deliveries: number,
  ): void {
    this.addTasks.set(task.taskId, { ...task, actorId: this.actorId, ownerNode, deliveries });
  }
}
