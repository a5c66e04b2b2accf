/**
 * The runtime's contract with a database. Its implementations are outside `src/durable`, and one contract suite tests them
 * all. Several nodes may share a store.
 *
 * All times are epoch milliseconds. All JSON is text that the store neither reads nor changes.
 *
 * Invariants:
 *  2. `commit` writes the turns of all its actors in ONE transaction. The store writes an actor's part whole if the actor's
 *     revision is still the expected one, and else not at all.
 *  6. `commit` stores `events` and `outbox` in that same transaction.
 *  8. History rows are only inserted.
 */

export type RuntimeStatus = 'running' | 'suspended' | 'completed' | 'failed' | 'terminated';

/** The part of an actor that lists and status calls show. */
export interface ActorHead {
  readonly actorId: string;
  readonly machineId: string;
  readonly machineVersion: string;
  /** Hash of the machine's definition. It shows a change under the same version. */
  readonly definitionHash: string;
  /** 1 after the first turn, plus 1 with each turn. */
  readonly revision: number;
  readonly runtimeStatus: RuntimeStatus;
  /** The machine's own word for its state, e.g. `AwaitingPayment`. */
  readonly status: string;
  readonly outcome: string | null;
  /** True while an incident of the actor is open: one of its machine, or a turn that the machine could not take. */
  readonly incident: boolean;
  /** JSON: `WaitingFor[]`. */
  readonly waitingFor: string;
  /** JSON object of texts: the search attributes of the registration. */
  readonly attributes: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly completedAt: number | null;
}

export interface ActorRecord extends ActorHead {
  /** JSON: the machine's persisted snapshot. */
  readonly snapshot: string;
  /** JSON: the runtime's own record of timers, running activities and attempts. */
  readonly bookkeeping: string;
  /** Sequence of the last history row. Rows are numbered 1..n without a gap. */
  readonly historySeq: number;
  /** Number of kept events. */
  readonly keptEvents: number;
  /** Only one actor of a machine may have it at a time. Null: the actor has none, or has completed or was terminated. */
  readonly uniqueKey: string | null;
}

export type TaskKind = 'activity' | 'timer';

/** One row per running activity and per timer. With it another node, or the next start, takes over. */
export interface TaskRecord {
  /** Unique within its actor, and never used for another task. */
  readonly taskId: string;
  readonly actorId: string;
  readonly kind: TaskKind;
  /** The task does not run before this time. An activity is due at once. */
  readonly dueAt: number;
  /** Null when no node owns the task. */
  readonly ownerNode: string | null;
  /** How often the task was handed to a node. */
  readonly deliveries: number;
}

export interface HistoryRecord {
  readonly actorId: string;
  readonly seq: number;
  readonly revision: number;
  readonly at: number;
  /** Past tense, e.g. `activity.completed`. */
  readonly type: string;
  /** JSON object, redacted. */
  readonly data: string;
}

/** `applied`: the machine took it. `kept`: it cannot take it yet. `refused`: it never can, and `reason` says why. */
export type EventState = 'applied' | 'kept' | 'refused';

export interface EventRecord {
  readonly actorId: string;
  /** The sender's deduplication key, unique within the actor. */
  readonly key: string;
  /** Order of arrival within the actor, 1..n. */
  readonly position: number;
  readonly type: string;
  /** JSON: the event. */
  readonly event: string;
  readonly state: EventState;
  readonly reason: string | null;
  readonly receivedAt: number;
  readonly settledAt: number | null;
}

/** The first thing to consider about an incident. `none`: the runtime has no action for it; a note resolves it. */
export type IncidentAction = 'retry' | 'edit-and-retry' | 'skip' | 'terminate' | 'deploy-fix' | 'none';

/** An incident asks a person to act. It is open while `resolvedAt` is null. A resolved row never changes. */
export interface IncidentRecord {
  readonly incidentId: string;
  /** Null when no such actor exists. A purge of the actor deletes its incidents. */
  readonly actorId: string | null;
  /** Id of the actor that the incident is about, whether it exists or not. */
  readonly subjectId: string;
  readonly machineId: string;
  /** One of the runtime's kinds (incident-kinds.ts), or one that the machine's states name. */
  readonly kind: string;
  /** Status of the actor when the incident opened. */
  readonly status: string;
  /** JSON, redacted: `{code, message, type, data}`. `type` and `data` are the fact in the history that led to it. */
  readonly cause: string;
  readonly suggestedAction: IncidentAction;
  /** What to do, in one sentence. */
  readonly advice: string;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  /** What ended the incident, e.g. `retried`, `edited`, `skipped`, `terminated`, `acknowledged`, `timer`, `order.cancel`. */
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
  readonly reason: string | null;
}

/** A message to other systems, written in the transaction of its turn: a crash cannot separate the two. */
export interface OutboxRecord {
  /** The same in every delivery of the message, and never used for another message. */
  readonly messageId: string;
  readonly actorId: string;
  /** E.g. `order.completed`. */
  readonly type: string;
  /** The actor's revision. A later message has a higher one. */
  readonly revision: number;
  readonly at: number;
  /** JSON object without secrets. */
  readonly data: string;
}

/** A value that finds an actor. */
export interface ActorAttribute {
  readonly name: string;
  readonly value: string;
}

/** What one turn of an actor decided, or several turns in a row. */
export interface ActorCommit {
  /** The stored actor must have this revision. 0: it must not exist. */
  readonly expectedRevision: number;
  readonly actor: ActorRecord;
  readonly addTasks: readonly TaskRecord[];
  /** Tasks of this actor to delete. Unknown ids are ignored. Applied before `addTasks`. */
  readonly removeTaskIds: readonly string[];
  readonly history: readonly HistoryRecord[];
  /** Inserted; when the key exists, `state`, `reason` and `settledAt` are updated. */
  readonly events: readonly EventRecord[];
  /**
   * Inserted; when the id exists and is open, `resolvedAt`, `resolution`, `resolvedBy` and `reason` are updated. Absent: none.
   */
  readonly incidents?: readonly IncidentRecord[];
  /** Inserted if the store has a receiver for them; without one it may drop them. Absent: none. */
  readonly outbox?: readonly OutboxRecord[];
  /** The difference to the attributes of the previous revision. Absent: no change. */
  readonly addAttributes?: readonly ActorAttribute[];
  readonly removeAttributes?: readonly ActorAttribute[];
}

/**
 * `conflict`: the revision was not the expected one, or the actor exists already. `taken`: another actor has the new actor's
 * `uniqueKey`. In both cases nothing of this actor was written, and the other actors of the batch were.
 */
export type CommitResult = 'committed' | 'conflict' | 'taken';

export interface ActorFilter {
  readonly machineId?: string | undefined;
  readonly status?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly runtimeStatus?: readonly RuntimeStatus[] | undefined;
  readonly incident?: boolean | undefined;
  /** Inclusive. */
  readonly createdFrom?: number | undefined;
  /** Exclusive. */
  readonly createdTo?: number | undefined;
  /** All of these. */
  readonly attributes?: readonly ActorAttribute[] | undefined;
  /** The id, or the value of one of the named attributes, begins with `prefix`. */
  readonly search?: { readonly prefix: string; readonly attributes: readonly string[] } | undefined;
}

/** Newest first by (createdAt, actorId). `before` is the last row of the previous page. */
export interface ActorPageRequest {
  readonly filter: ActorFilter;
  readonly limit: number;
  readonly before?: { readonly createdAt: number; readonly actorId: string } | undefined;
}

/** Newest first by (openedAt, incidentId). `before` is the last row of the previous page. */
export interface IncidentPageRequest {
  readonly machineId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  /** True: only open incidents. False: only resolved ones. */
  readonly open?: boolean | undefined;
  readonly limit: number;
  readonly before?: { readonly openedAt: number; readonly incidentId: string } | undefined;
}

export interface HistoryRequest {
  readonly actorId: string;
  /** Only rows with a greater sequence. 0 for all. */
  readonly afterSeq: number;
  /** Only of these types. */
  readonly types?: readonly string[] | undefined;
  readonly limit: number;
}

/** Actors that may be purged: completed or terminated before a time. A failed actor waits for a person. */
export interface EndedRequest {
  readonly machineId: string;
  /** Exclusive. */
  readonly endedBefore: number;
  /** Only these outcomes. Null matches an actor without an outcome. */
  readonly outcomes?: readonly (string | null)[] | undefined;
  /** Not these outcomes. */
  readonly exceptOutcomes?: readonly string[] | undefined;
  readonly limit: number;
}

export type TaskKey = Pick<TaskRecord, 'actorId' | 'taskId'>;

export interface ClaimRequest {
  readonly nodeId: string;
  readonly now: number;
  readonly limit: number;
  /** Also tasks of nodes whose lease has run out. False: the node cannot tell yet whether those had a chance to renew it. */
  readonly fromLostNodes: boolean;
  /** What the node's process runs now. It has not died of that, so to claim it again is no delivery. Absent: nothing. */
  readonly running?: readonly TaskKey[];
}

/**
 * A method rejects with StoreUnavailableError when the database cannot answer now (busy, full, away). The outcome of
 * a `commit` is unknown then, and the caller loads the actor again. Any other error is a defect.
 */
export interface DurableStore {
  loadActor(actorId: string): Promise<ActorRecord | null>;
  loadHead(actorId: string): Promise<ActorHead | null>;
  findEvent(actorId: string, key: string): Promise<EventRecord | null>;
  /** The actor that has this `uniqueKey` now. */
  findByUniqueKey(machineId: string, uniqueKey: string): Promise<ActorHead | null>;
  /** In order of arrival. */
  loadKeptEvents(actorId: string): Promise<EventRecord[]>;
  /** A batch has at most one commit per actor. @returns results in the order of the batch. */
  commit(batch: readonly ActorCommit[]): Promise<CommitResult[]>;

  /**
   * Claims due tasks that no LIVE node owns (owner null, unknown, or, if asked for, with `aliveUntil` in the past): sets the
   * owner, and adds 1 to `deliveries` unless the task is among `running`. Earliest `dueAt` first. Two callers never get the
   * same task. A node that is not registered and alive itself, by the database's clock where there is one, gets nothing.
   */
  claimDueTasks(request: ClaimRequest): Promise<TaskRecord[]>;
  /** The earliest `dueAt` of the tasks that no node owns, or null. */
  nextDueAt(): Promise<number | null>;
  tasksOf(actorId: string): Promise<TaskRecord[]>;
  /** Every task that the node owns: it claimed or created the task, and the task has not ended. */
  tasksHeldBy(nodeId: string): Promise<TaskRecord[]>;

  /**
   * Registers a node that is alive until the given time. A store for one process only (SQLite) forgets all other nodes here,
   * so that their tasks can be claimed at once.
   */
  registerNode(nodeId: string, aliveUntil: number): Promise<void>;
  /** @returns false when the store has forgotten the node: the node must register again. */
  renewNode(nodeId: string, aliveUntil: number): Promise<boolean>;
  /**
   * The node stops in good order: its tasks lose their owner, and 1 of their `deliveries`, because no process died of them.
   * The store forgets the node.
   */
  removeNode(nodeId: string): Promise<void>;

  listActors(request: ActorPageRequest): Promise<ActorHead[]>;
  history(request: HistoryRequest): Promise<HistoryRecord[]>;
  /** Ids of actors that may be purged. The one that ended first comes first. */
  listEnded(request: EndedRequest): Promise<string[]>;
  /**
   * Deletes actors with all their rows (tasks, history, events, incidents, attributes, stored responses) in one transaction.
   * Leaves an actor alone that has not completed and was not terminated. @returns the ids of the deleted actors.
   */
  purge(actorIds: readonly string[]): Promise<string[]>;
  listIncidents(request: IncidentPageRequest): Promise<IncidentRecord[]>;
  findIncident(incidentId: string): Promise<IncidentRecord | null>;
  /** Writes an incident outside of any turn, by the rule for `incidents` of a commit. */
  putIncident(incident: IncidentRecord): Promise<void>;
  /** The database's time, in epoch milliseconds. Null: it has none but that of this process, the only one on it. */
  databaseTime(): Promise<number | null>;
  /** Resolves when the database answers a trivial query. */
  ping(): Promise<void>;
}
