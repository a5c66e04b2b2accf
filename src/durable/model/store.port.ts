/**
 * What the runtime asks of a database. One implementation per database lives outside this folder; one contract suite
 * holds them all to this text. Nothing here is specific to one process: several nodes may share a store.
 *
 * All times are epoch milliseconds. All JSON travels as text that the store neither reads nor changes.
 *
 * Invariants (the store's share of docs/ARCHITECTURE.md):
 *  2. `commit` writes what one turn or several decided in ONE transaction; each actor's part only if its revision is
 *     still the expected one. An actor's part is written whole or not at all.
 *  6. `events` of a commit are stored in that same transaction, and so are the messages of its `outbox`.
 *  8. History rows are only ever inserted.
 */

import { DurableError } from './durable-errors.js';

export type RuntimeStatus = 'running' | 'suspended' | 'completed' | 'failed' | 'terminated';

/** What lists and status calls show without opening the snapshot. */
export interface ActorHead {
  readonly actorId: string;
  readonly machineId: string;
  readonly machineVersion: string;
  /** Hash of the machine's definition, to notice a change under the same version. */
  readonly definitionHash: string;
  /** 1 after the first turn, plus one for each turn. */
  readonly revision: number;
  readonly runtimeStatus: RuntimeStatus;
  /** The machine's own word for where it stands, e.g. `AwaitingPayment`. */
  readonly status: string;
  readonly outcome: string | null;
  /** True while a state tagged `incident` is active. */
  readonly incident: boolean;
  /** JSON: `WaitingFor[]`, what the actor is waiting for. */
  readonly waitingFor: string;
  /** JSON object of search attributes the registration chose. */
  readonly attributes: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly completedAt: number | null;
}

export interface ActorRecord extends ActorHead {
  /** JSON: the machine's persisted snapshot. */
  readonly snapshot: string;
  /** JSON: the runtime's own notes (timers, try counts), opaque to the store. */
  readonly bookkeeping: string;
  /** Sequence of the last history row; rows are numbered 1..n without a gap. */
  readonly historySeq: number;
  /** How many events are kept for later. */
  readonly keptEvents: number;
  /** Of the actors of a machine that have not ended, only one may have it. Null: none, or given up. */
  readonly uniqueKey: string | null;
}

export type TaskKind = 'activity' | 'timer';

/** One row per running activity and per timer: how another node, or the next start, takes over. */
export interface TaskRecord {
  /** Unique within its actor; never used again for another task. */
  readonly taskId: string;
  readonly actorId: string;
  readonly kind: TaskKind;
  /** Not before this time. An activity is due at once. */
  readonly dueAt: number;
  /** The node that holds it, or null when nobody does. */
  readonly ownerNode: string | null;
  /** How often it was handed to a node. */
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

/** `applied`: taken by the machine. `kept`: not yet. `refused`: never can be, `reason` says why. */
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

/** What a person can do about an incident: the first thing to think of. `none`: nothing here, it is about the world outside. */
export type IncidentAction = 'retry' | 'edit-and-retry' | 'skip' | 'terminate' | 'deploy-fix' | 'none';

/** A person is needed. Open while `resolvedAt` is null; a row that is resolved never changes again. */
export interface IncidentRecord {
  readonly incidentId: string;
  /** Null when there is no such actor. It takes its incidents with it. */
  readonly actorId: string | null;
  /** Id of the actor it is about, whether there is one or not. */
  readonly subjectId: string;
  readonly machineId: string;
  /** One of the runtime's kinds (incident-kinds.ts), or one that the machine's own states name. */
  readonly kind: string;
  /** Where the actor stood, in its machine's words. */
  readonly status: string;
  /** JSON, redacted: `{code, message, type, data}`, the last two being the fact that led to it, as in the history. */
  readonly cause: string;
  readonly suggestedAction: IncidentAction;
  /** For the person: what to do, in one sentence. */
  readonly advice: string;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
  /** What ended it, e.g. `retried`, `edited`, `skipped`, `terminated`, `acknowledged`, `timer`, `order.cancel`. */
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
  readonly reason: string | null;
}

/** Something the outside is to be told. Written with the turn that it tells of, so that no crash comes between the two. */
export interface OutboxRecord {
  /** The same however often the message is delivered; never given to another one. */
  readonly messageId: string;
  readonly actorId: string;
  /** E.g. `order.completed`. */
  readonly type: string;
  /** Of the actor when it happened: a later message has a higher one. */
  readonly revision: number;
  readonly at: number;
  /** JSON object, free of secrets. */
  readonly data: string;
}

/** A value by which an actor is found. */
export interface ActorAttribute {
  readonly name: string;
  readonly value: string;
}

/** What one actor's turn, or several turns in a row, decided. */
export interface ActorCommit {
  /** Revision the stored actor must have; 0 means it must not exist yet. */
  readonly expectedRevision: number;
  readonly actor: ActorRecord;
  readonly addTasks: readonly TaskRecord[];
  /** Tasks that are done with, of this actor; unknown ones are ignored. Applied before `addTasks`. */
  readonly removeTaskIds: readonly string[];
  readonly history: readonly HistoryRecord[];
  /** Inserted, or updated (state, reason, settledAt) when the key is known already. */
  readonly events: readonly EventRecord[];
  /** Inserted, or updated (resolvedAt, resolution, resolvedBy, reason) when the id is known and still open. Absent: none. */
  readonly incidents?: readonly IncidentRecord[];
  /** Inserted where somebody is to be told, else left out: with no receiver registered a store may drop them. Absent: none. */
  readonly outbox?: readonly OutboxRecord[];
  /** By what the actor is found from now on, and by what no more. Absent: no change. */
  readonly addAttributes?: readonly ActorAttribute[];
  readonly removeAttributes?: readonly ActorAttribute[];
}

/**
 * `conflict`: the revision was not the expected one (or the actor exists already). `taken`: a new actor's live key is another
 * one's. Nothing of that actor was written then, and the others of the batch were.
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
  /** The id, or the value of one of the named attributes, begins with it. */
  readonly search?: { readonly prefix: string; readonly attributes: readonly string[] } | undefined;
}

/** Newest first by (createdAt, actorId); `before` is the last row of the page before. */
export interface ActorPageRequest {
  readonly filter: ActorFilter;
  readonly limit: number;
  readonly before?: { readonly createdAt: number; readonly actorId: string } | undefined;
}

/** Newest first by (openedAt, incidentId). */
export interface IncidentPageRequest {
  readonly machineId?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly kind?: readonly string[] | undefined;
  /** True: only those that wait for a person; false: only those that do not any more. */
  readonly open?: boolean | undefined;
  readonly limit: number;
  readonly before?: { readonly openedAt: number; readonly incidentId: string } | undefined;
}

export interface HistoryRequest {
  readonly actorId: string;
  /** Rows with a greater sequence. 0 for all. */
  readonly afterSeq: number;
  /** Only of these types. */
  readonly types?: readonly string[] | undefined;
  readonly limit: number;
}

/** Actors that may be purged: completed or terminated, before a time. A failed one waits for a person. */
export interface EndedRequest {
  readonly machineId: string;
  /** Exclusive. */
  readonly endedBefore: number;
  /** Only these outcomes; null is that of an actor without one. */
  readonly outcomes?: readonly (string | null)[] | undefined;
  /** Not these. */
  readonly exceptOutcomes?: readonly string[] | undefined;
  readonly limit: number;
}

export interface ClaimRequest {
  readonly nodeId: string;
  readonly now: number;
  readonly limit: number;
}

/**
 * Failures: a method rejects with {@link StoreUnavailableError} when the database cannot answer now (busy, full, away);
 * the outcome of a `commit` is then unknown and the caller reloads. Anything else that is thrown is a defect.
 */
export interface DurableStore {
  loadActor(actorId: string): Promise<ActorRecord | null>;
  loadHead(actorId: string): Promise<ActorHead | null>;
  findEvent(actorId: string, key: string): Promise<EventRecord | null>;
  /** The actor that has not ended and has this live key. */
  findByUniqueKey(machineId: string, uniqueKey: string): Promise<ActorHead | null>;
  /** Kept events of one actor in order of arrival. */
  loadKeptEvents(actorId: string): Promise<EventRecord[]>;
  /** Results in the order of the batch. At most one commit per actor in a batch. */
  commit(batch: readonly ActorCommit[]): Promise<CommitResult[]>;

  /**
   * Hands out tasks that are due and that no LIVE node holds (owner null, unknown, or with `aliveUntil` in the past):
   * sets the owner, adds one to `deliveries`, oldest due first. Two callers never get the same task.
   */
  claimDueTasks(request: ClaimRequest): Promise<TaskRecord[]>;
  /** The earliest `dueAt` of the tasks nobody holds, or null. */
  nextDueAt(): Promise<number | null>;
  tasksOf(actorId: string): Promise<TaskRecord[]>;
  /** Every task the node holds: what it took or was given and has not finished. */
  tasksHeldBy(nodeId: string): Promise<TaskRecord[]>;

  /**
   * Announces a node, alive until the given time. A store that knows it is used by one process only (SQLite) forgets all
   * other nodes here, so that their tasks are free at once.
   */
  registerNode(nodeId: string, aliveUntil: number): Promise<void>;
  /** False when the node was declared dead and forgotten meanwhile: it must stop and start anew. */
  renewNode(nodeId: string, aliveUntil: number): Promise<boolean>;
  /**
   * The node stops as it should: gives all its tasks back, takes one off their `deliveries` (nothing died of them, so this
   * one does not count), and forgets it.
   */
  removeNode(nodeId: string): Promise<void>;

  listActors(request: ActorPageRequest): Promise<ActorHead[]>;
  history(request: HistoryRequest): Promise<HistoryRecord[]>;
  /** Ids of actors that may be purged, the longest ended first. */
  listEnded(request: EndedRequest): Promise<string[]>;
  /**
   * Deletes actors with all their rows (tasks, history, events, incidents, attributes, the answers that name them), in one
   * transaction. One that is not completed or terminated, or not there, is left alone. @returns the ids of those deleted.
   */
  purge(actorIds: readonly string[]): Promise<string[]>;
  listIncidents(request: IncidentPageRequest): Promise<IncidentRecord[]>;
  findIncident(incidentId: string): Promise<IncidentRecord | null>;
  /** Outside of any turn, by the rule for `incidents` of a commit. */
  putIncident(incident: IncidentRecord): Promise<void>;
  /** Resolves when the database answers a trivial question. */
  ping(): Promise<void>;
}

/** The database cannot answer now; trying again later may help. */
export class StoreUnavailableError extends DurableError {
  override readonly name = 'StoreUnavailableError';
  readonly kind = 'unavailable';
  readonly code = 'store_unavailable';
  override readonly title = 'Database unavailable';
  readonly retryable = true;
}
