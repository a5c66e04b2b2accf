import type { ActorCommit } from '../../durable/store.js';
import type { SqlParameter } from '../database/sql-parameter.js';

/** Writes a whole batch with one statement, in the statement's own transaction. */
export interface CommitAtOnce {
  /** Null when one statement cannot write the batch. */
  statementFor(batch: readonly ActorCommit[]): string | null;
  parametersOf(batch: readonly ActorCommit[]): readonly SqlParameter[];
  /**
   * True: when one turn loses, the statement writes nothing and fails with LOST. False: it writes the turns that win, and
   * returns their `actorId`.
   */
  readonly isAllOrNothing: boolean;
}

/**
 * The writing statements, which differ between the dialects. A batch is ONE JSON parameter with an array of records, so
 * a statement has the same text for one row and for a thousand.
 */
export interface StatementSet {
  readonly commitAtOnce: CommitAtOnce;
  /** $1: ActorRecord[]. Skips actors that exist or whose unique key is taken. Returns `actorId` of the inserted ones. */
  readonly insertActors: string;
  /** $1: {actorId}[]. Returns `actorId` of those that exist. */
  readonly knownActors: string;
  /** $1: (ActorRecord & {expectedRevision})[]. Returns `actorId` of those whose revision was the expected one. */
  readonly updateActors: string;
  /** $1: {actorId, taskId}[]. */
  readonly deleteTasks: string;
  /** $1: TaskRecord[]. */
  readonly insertTasks: string;
  /** $1: HistoryBatch[]. */
  readonly insertHistory: string;
  /** $1: EventRecord[], each key once. */
  readonly upsertEvents: string;
  /** $1: IncidentRecord[], each id once. */
  readonly upsertIncidents: string;
  /** $1: OutboxRecord[]. Inserts nothing while no endpoint is enabled. */
  readonly insertOutbox: string;
  /** Ends a SELECT of rows to be changed, and makes it skip rows that another transaction has locked. */
  readonly skipLocked: string;
  /** $1: {name, value, createdAt, actorId}[]. */
  readonly insertAttributes: string;
  /** $1: {name, value, createdAt, actorId}[]. */
  readonly deleteAttributes: string;
  /** $1: {actorId}[]. Deletes the attributes of actors that may be purged. Run it before the actors are deleted. */
  readonly purgeAttributes: string;
  /**
   * $1: {actorId}[]. Deletes completed and terminated actors with all their rows. Returns `actorId` of the deleted
   * ones.
   */
  readonly purgeActors: string;
  /**
   * $1: now, $2: node, $3: limit, $4: {actorId, taskId}[], of which no claim counts as a delivery. Claims nothing when the
   * node is not alive. Returns the tasks, in any order.
   */
  readonly claimTasks: string;
  /** $1: node. */
  readonly giveBackTasksOf: string;
  /** No parameters. Gives back the tasks of nodes that are not announced. */
  readonly giveBackOrphans: string;
  /** $1: now. Returns a row when a lease has expired or a task's owner is not announced. */
  readonly lostNodes: string;
  /** $1: now, $2: node. Deletes the nodes whose lease has expired, if the node itself is alive. */
  readonly forgetDeadNodes: string;
  /** $1: node, $2: alive until. */
  readonly announceNode: string;
  /** Returns `time`, in epoch milliseconds. Null where only one process can use the database. */
  readonly currentTime: string | null;
  /** $1: node. Deletes all other nodes. Null where several processes can use the database. */
  readonly forgetOtherNodes: string | null;
}
