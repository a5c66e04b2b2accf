/**
 * Gathers the rows that a draft writes beside the actor's own: history, tasks, events, incidents, outbox.
 *
 * A task that begins and ends in one draft is never written. Of an event or an incident only the last state is written.
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

  /** Adds history rows. @returns the sequence of the last one. */
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
    // The node that commits the task runs it.
    this.addTask({ taskId: activity.taskId, kind: 'activity', dueAt: activity.scheduledAt }, this.nodeId, 1);
  }

  setTimer(timer: DurableTimer): void {
    this.addTask({ taskId: timer.taskId, kind: 'timer', dueAt: timer.dueAt }, null, 0);
  }

  /** Adds the task that a suspend removed. An activity that still runs goes on. */
  restartActivity(activity: ScheduledActivity, now: number): void {
    this.removeTasks.add(activity.taskId);
    this.startActivity({ ...activity, scheduledAt: now });
  }

  /** Any node may claim the activity: the node that owned its task runs it no longer. */
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
    // A task of this draft was not written yet.
    if (!this.addTasks.delete(taskId)) this.removeTasks.add(taskId);
  }

  get startActivities(): readonly ScheduledActivity[] {
    return [...this.activities.values()];
  }

  /** Tasks that must not run any more. */
  get endedTasks(): readonly string[] {
    return this.removedTasks.filter((taskId) => !this.addTasks.has(taskId));
  }

  /** Tasks to delete, among them those that are added again. */
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
