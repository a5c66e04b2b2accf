/** What is on the simulated disk: survives every crash, and answers at once. Faults and delays are the link's business. */
import type {
  ActorCommit,
  ActorHead,
  ActorPageRequest,
  ActorRecord,
  CommitResult,
  EventRecord,
} from '../../src/durable/index.js';
import { TaskTable, type TaskTableOptions } from './task-table.js';

export interface DatabaseOptions extends TaskTableOptions {
  /** False is a mutant: the last writer wins. */
  readonly comparesRevision: boolean;
  /** Used by one process only: whoever registers is alone (the SQLite store's habit). */
  readonly alone: boolean;
  /** Called with every commit before it is written, with the node that sent it. */
  readonly onAccepted: (commit: ActorCommit, nodeId: string) => void;
  /** Called with every commit as it is written. */
  readonly onWritten: (commit: ActorCommit, before: ActorRecord | undefined) => void;
}

export class SimulatedDatabase {
  readonly actors = new Map<string, ActorRecord>();
  readonly tasks: TaskTable;
  /** Orders that have not ended: all a start reads of them. */
  private readonly open = new Set<string>();
  /** Who had a unique key last; given up when that actor has it no more. */
  private readonly live = new Map<string, string>();
  private readonly events = new Map<string, Map<string, EventRecord>>();
  conflicts = 0;

  constructor(private readonly options: DatabaseOptions) {
    this.tasks = new TaskTable(options);
  }

  commit(batch: readonly ActorCommit[], nodeId: string): CommitResult[] {
    return batch.map((commit) => this.write(commit, nodeId));
  }

  findEvent(actorId: string, key: string): EventRecord | null {
    return this.events.get(actorId)?.get(key) ?? null;
  }

  keptEvents(actorId: string): EventRecord[] {
    return [...(this.events.get(actorId)?.values() ?? [])]
      .filter((event) => event.state === 'kept')
      .sort((one, other) => one.position - other.position);
  }

  /** Of the actors that have not ended. */
  findByUniqueKey(machineId: string, uniqueKey: string): ActorRecord | undefined {
    const holder = this.actors.get(this.live.get(`${machineId} ${uniqueKey}`) ?? '');
    return holder?.uniqueKey === uniqueKey ? holder : undefined;
  }

  /** Newest first. Only open actors are ever listed here. */
  openActors({ limit, before }: ActorPageRequest): ActorHead[] {
    const isOlder = (one: ActorHead, other: Pick<ActorHead, 'createdAt' | 'actorId'>): boolean =>
      one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.actorId < other.actorId);
    return [...this.open]
      .map((actorId) => this.actors.get(actorId)!)
      .filter((actor) => before === undefined || isOlder(actor, before))
      .sort((one, other) => (isOlder(one, other) ? 1 : -1))
      .slice(0, limit);
  }

  registerNode(nodeId: string, aliveUntil: number): void {
    this.tasks.register(nodeId, aliveUntil, this.options.alone);
  }

  private write(commit: ActorCommit, nodeId: string): CommitResult {
    const { actor } = commit;
    const before = this.actors.get(actor.actorId);
    if (this.options.comparesRevision && (before?.revision ?? 0) !== commit.expectedRevision) {
      this.conflicts += 1;
      return 'conflict';
    }
    const holder = actor.uniqueKey === null ? undefined : this.findByUniqueKey(actor.machineId, actor.uniqueKey);
    if (holder !== undefined && holder.actorId !== actor.actorId) return 'taken';
    this.options.onAccepted(commit, nodeId);
    if (actor.uniqueKey !== null) this.live.set(`${actor.machineId} ${actor.uniqueKey}`, actor.actorId);
    this.actors.set(actor.actorId, actor);
    if (actor.runtimeStatus === 'running' || actor.runtimeStatus === 'suspended') this.open.add(actor.actorId);
    else this.open.delete(actor.actorId);
    this.tasks.apply(commit);
    if (commit.events.length > 0) {
      const events = this.events.get(actor.actorId) ?? new Map<string, EventRecord>();
      for (const event of commit.events) events.set(event.key, event);
      this.events.set(actor.actorId, events);
    }
    this.options.onWritten(commit, before);
    return 'committed';
  }
}
