import type {
  ActorCommit,
  ActorFilter,
  ActorHead,
  ActorPageRequest,
  ActorRecord,
  ClaimRequest,
  CommitResult,
  DurableStore,
  EndedRequest,
  EventRecord,
  HistoryRecord,
  HistoryRequest,
  IncidentPageRequest,
  IncidentRecord,
  OutboxRecord,
  TaskKey,
  TaskRecord,
} from '../model/store.port.js';
import { LostRaceError, StoreUnavailableError } from '../model/durable-errors.js';

/** What a test makes the next commits do. `lostAnswer`: it is written, and the caller is told that it was not. */
export type CommitFault = 'unavailable' | 'lostAnswer' | 'conflict' | 'lostRace' | 'defect' | 'none';

/** The store's contract in memory, for tests with a virtual clock; held to the same contract suite as the real ones. */
export class MemoryStore implements DurableStore {
  readonly actors = new Map<string, ActorRecord>();
  readonly tasks = new Map<string, TaskRecord>();
  readonly events = new Map<string, EventRecord>();
  readonly incidents = new Map<string, IncidentRecord>();
  readonly rows: HistoryRecord[] = [];
  /** Nobody takes messages out of it, and a purge leaves them. */
  readonly outbox: OutboxRecord[] = [];
  /** Called with the ids of the actors that a purge deleted, so that what refers to them can go too. */
  onPurged: (actorIds: readonly string[]) => void = () => undefined;
  readonly nodes = new Map<string, number>();
  readonly faults: CommitFault[] = [];
  commits = 0;

  loadActor(actorId: string): Promise<ActorRecord | null> {
    return Promise.resolve(this.actors.get(actorId) ?? null);
  }

  loadHead(actorId: string): Promise<ActorHead | null> {
    return this.loadActor(actorId);
  }

  findEvent(actorId: string, key: string): Promise<EventRecord | null> {
    return Promise.resolve(this.events.get(`${actorId} ${key}`) ?? null);
  }

  findByUniqueKey(machineId: string, uniqueKey: string): Promise<ActorHead | null> {
    return Promise.resolve(this.liveActor(machineId, uniqueKey) ?? null);
  }

  loadKeptEvents(actorId: string): Promise<EventRecord[]> {
    const kept = [...this.events.values()].filter((event) => event.actorId === actorId && event.state === 'kept');
    return Promise.resolve(kept.sort((a, b) => a.position - b.position));
  }

  async commit(batch: readonly ActorCommit[]): Promise<CommitResult[]> {
    await Promise.resolve();
    const fault = this.faults.shift();
    if (fault === 'unavailable') throw new StoreUnavailableError('The store is away.');
    if (fault === 'lostRace') throw new LostRaceError('A race was lost.');
    if (fault === 'defect') throw new Error('The store refuses it.');
    if (fault === 'conflict') return batch.map(() => 'conflict');
    this.commits += 1;
    const results = batch.map((commit) => this.write(commit));
    if (fault === 'lostAnswer') throw new StoreUnavailableError('The answer was lost.');
    return results;
  }

  claimDueTasks({ nodeId, now, limit, fromLostNodes, running = [] }: ClaimRequest): Promise<TaskRecord[]> {
    if (!this.isAlive(nodeId, now)) return Promise.resolve([]);
    if (fromLostNodes) for (const each of this.nodes.keys()) if (!this.isAlive(each, now)) this.nodes.delete(each);
    const runs = new Set(running.map(keyOf));
    const due = [...this.tasks.values()]
      .filter((task) => task.dueAt <= now && !this.isHeld(task))
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit)
      .map((task) => ({
        ...task,
        ownerNode: nodeId,
        deliveries: task.deliveries + (runs.has(keyOf(task)) ? 0 : 1),
      }));
    for (const task of due) this.tasks.set(keyOf(task), task);
    return Promise.resolve(due);
  }

  nextDueAt(): Promise<number | null> {
    const free = [...this.tasks.values()].filter((task) => !this.isHeld(task));
    return Promise.resolve(free.length === 0 ? null : Math.min(...free.map((task) => task.dueAt)));
  }

  tasksOf(actorId: string): Promise<TaskRecord[]> {
    return Promise.resolve([...this.tasks.values()].filter((task) => task.actorId === actorId).sort(byDueTime));
  }

  tasksHeldBy(nodeId: string): Promise<TaskRecord[]> {
    return Promise.resolve([...this.tasks.values()].filter((task) => task.ownerNode === nodeId));
  }

  registerNode(nodeId: string, aliveUntil: number): Promise<void> {
    this.nodes.set(nodeId, aliveUntil);
    return Promise.resolve();
  }

  renewNode(nodeId: string, aliveUntil: number): Promise<boolean> {
    if (!this.nodes.has(nodeId)) return Promise.resolve(false);
    this.nodes.set(nodeId, aliveUntil);
    return Promise.resolve(true);
  }

  removeNode(nodeId: string): Promise<void> {
    this.nodes.delete(nodeId);
    for (const [key, task] of this.tasks) {
      if (task.ownerNode === nodeId) this.tasks.set(key, givenBack(task));
    }
    return Promise.resolve();
  }

  listActors({ filter, limit, before }: ActorPageRequest): Promise<ActorHead[]> {
    const includes = <T>(list: readonly T[] | undefined, value: T): boolean => list?.includes(value) ?? true;
    const found = [...this.actors.values()]
      .filter(
        (actor) =>
          (filter.machineId === undefined || filter.machineId === actor.machineId) &&
          includes(filter.status, actor.status) &&
          includes(filter.runtimeStatus, actor.runtimeStatus) &&
          (filter.outcome === undefined || (actor.outcome !== null && filter.outcome.includes(actor.outcome))) &&
          (filter.incident === undefined || filter.incident === actor.incident) &&
          (filter.createdFrom === undefined || actor.createdAt >= filter.createdFrom) &&
          (filter.createdTo === undefined || actor.createdAt < filter.createdTo) &&
          isFound(actor, filter),
      )
      .sort((a, b) => b.createdAt - a.createdAt || (a.actorId < b.actorId ? 1 : -1))
      .filter(
        (actor) =>
          before === undefined ||
          actor.createdAt < before.createdAt ||
          (actor.createdAt === before.createdAt && actor.actorId < before.actorId),
      );
    return Promise.resolve(found.slice(0, limit));
  }

  history({ actorId, afterSeq, types, limit }: HistoryRequest): Promise<HistoryRecord[]> {
    const isAsked = (row: HistoryRecord): boolean => types?.includes(row.type) ?? true;
    const found = this.rows.filter((row) => row.actorId === actorId && row.seq > afterSeq && isAsked(row));
    return Promise.resolve(found.sort((a, b) => a.seq - b.seq).slice(0, limit));
  }

  listEnded({ machineId, endedBefore, outcomes, exceptOutcomes, limit }: EndedRequest): Promise<string[]> {
    const found = [...this.actors.values()]
      .filter(
        (actor) =>
          mayBePurged(actor) &&
          actor.machineId === machineId &&
          (actor.completedAt ?? Infinity) < endedBefore &&
          (outcomes?.includes(actor.outcome) ?? true) &&
          !(actor.outcome !== null && exceptOutcomes?.includes(actor.outcome)),
      )
      .sort((a, b) => (a.completedAt ?? 0) - (b.completedAt ?? 0) || (a.actorId < b.actorId ? -1 : 1));
    return Promise.resolve(found.slice(0, limit).map(({ actorId }) => actorId));
  }

  purge(actorIds: readonly string[]): Promise<string[]> {
    const purged = actorIds.filter((actorId) => {
      const actor = this.actors.get(actorId);
      return actor !== undefined && mayBePurged(actor);
    });
    const isGone = (row: { readonly actorId: string | null }): boolean => purged.includes(row.actorId ?? '');
    for (const table of [this.actors, this.tasks, this.events, this.incidents])
      for (const [key, row] of table) if (isGone(row)) table.delete(key);
    this.rows.splice(0, this.rows.length, ...this.rows.filter((row) => !isGone(row)));
    this.onPurged(purged);
    return Promise.resolve(purged);
  }

  listIncidents({ machineId, subjectId, kind, open, limit, before }: IncidentPageRequest): Promise<IncidentRecord[]> {
    const found = [...this.incidents.values()]
      .filter(
        (incident) =>
          (machineId === undefined || incident.machineId === machineId) &&
          (subjectId === undefined || incident.subjectId === subjectId) &&
          (kind?.includes(incident.kind) ?? true) &&
          (open === undefined || open === (incident.resolvedAt === null)) &&
          (before === undefined ||
            incident.openedAt < before.openedAt ||
            (incident.openedAt === before.openedAt && incident.incidentId < before.incidentId)),
      )
      .sort((a, b) => b.openedAt - a.openedAt || (a.incidentId < b.incidentId ? 1 : -1));
    return Promise.resolve(found.slice(0, limit));
  }

  findIncident(incidentId: string): Promise<IncidentRecord | null> {
    return Promise.resolve(this.incidents.get(incidentId) ?? null);
  }

  putIncident(incident: IncidentRecord): Promise<void> {
    if ((this.incidents.get(incident.incidentId)?.resolvedAt ?? null) === null) {
      this.incidents.set(incident.incidentId, incident);
    }
    return Promise.resolve();
  }

  databaseTime(): Promise<null> {
    return Promise.resolve(null);
  }

  ping(): Promise<void> {
    return Promise.resolve();
  }

  private write(commit: ActorCommit): CommitResult {
    const { actor } = commit;
    if ((this.actors.get(actor.actorId)?.revision ?? 0) !== commit.expectedRevision) return 'conflict';
    const holder = actor.uniqueKey === null ? undefined : this.liveActor(actor.machineId, actor.uniqueKey);
    if (holder !== undefined && holder.actorId !== actor.actorId) return 'taken';
    this.actors.set(actor.actorId, actor);
    for (const taskId of commit.removeTaskIds) this.tasks.delete(`${actor.actorId} ${taskId}`);
    for (const task of commit.addTasks) this.tasks.set(keyOf(task), task);
    for (const event of commit.events) this.events.set(`${event.actorId} ${event.key}`, event);
    for (const incident of commit.incidents ?? []) void this.putIncident(incident);
    this.rows.push(...commit.history);
    this.outbox.push(...(commit.outbox ?? []));
    return 'committed';
  }

  private liveActor(machineId: string, uniqueKey: string): ActorRecord | undefined {
    return [...this.actors.values()].find((actor) => actor.machineId === machineId && actor.uniqueKey === uniqueKey);
  }

  private isHeld({ ownerNode }: TaskRecord): boolean {
    return ownerNode !== null && this.nodes.has(ownerNode);
  }

  private isAlive(nodeId: string, now: number): boolean {
    return (this.nodes.get(nodeId) ?? -1) >= now;
  }
}

/** A failed one waits for a person. */
function mayBePurged({ runtimeStatus }: ActorRecord): boolean {
  return runtimeStatus === 'completed' || runtimeStatus === 'terminated';
}

function isFound({ actorId, attributes }: ActorRecord, { attributes: wanted = [], search }: ActorFilter): boolean {
  const own = JSON.parse(attributes) as Readonly<Record<string, string>>; // written by the draft
  if (!wanted.every(({ name, value }) => own[name] === value)) return false;
  if (search === undefined) return true;
  const values = [actorId, ...search.attributes.flatMap((name) => own[name] ?? [])];
  return values.some((value) => value.startsWith(search.prefix));
}

function byDueTime(a: TaskRecord, b: TaskRecord): number {
  return a.dueAt - b.dueAt || (a.taskId < b.taskId ? -1 : 1);
}

function keyOf(task: TaskKey): string {
  return `${task.actorId} ${task.taskId}`;
}

function givenBack(task: TaskRecord): TaskRecord {
  return { ...task, ownerNode: null, deliveries: Math.max(task.deliveries - 1, 0) };
}
