/**
 * What differs between the dialects: every statement that writes. A batch travels as ONE JSON parameter holding an array
 * of records, so a statement is the same text for one row and for a thousand.
 */
export interface StatementSet {
  /**
   * A whole commit, a transaction of its own. $1 to $10: what `commit-at-once.ts` makes of the batch. Returns `actorId` of the
   * winners; where `losesAsOne`, it fails instead when one loses, with nothing written.
   */
  readonly commitAtOnce: string;
  readonly losesAsOne: boolean;
  /** $1: ActorRecord[]. Returns `actorId` of those inserted; left out are existing ones, and those whose live key is taken. */
  readonly insertActors: string;
  /** $1: {actorId}[]. Returns `actorId` of those that exist. */
  readonly knownActors: string;
  /** $1: (ActorRecord & {expectedRevision})[]. Returns `actorId` of those whose revision was the expected one. */
  readonly updateActors: string;
  /** $1: {actorId, taskId}[]. */
  readonly deleteTasks: string;
  /** $1: TaskRecord[]. */
  readonly insertTasks: string;
  /** $1: HistoryRecord[]. */
  readonly insertHistory: string;
  /** $1: EventRecord[], each key once. */
  readonly upsertEvents: string;
  /** $1: IncidentRecord[], each id once. */
  readonly upsertIncidents: string;
  /** $1: OutboxRecord[]. Left out while no endpoint is enabled: nobody is to be told then. */
  readonly insertOutbox: string;
  /** Ends a SELECT of rows to be changed: those that another transaction holds are left out. */
  readonly skipLocked: string;
  /** $1: {name, value, createdAt, actorId}[]. */
  readonly insertAttributes: string;
  /** $1: as above. */
  readonly deleteAttributes: string;
  /** $1: {actorId}[]. Their attributes; before the actors themselves, of those that may be purged. */
  readonly purgeAttributes: string;
  /** $1: {actorId}[]. Returns `actorId` of those deleted: completed or terminated ones. What belongs to them goes with them. */
  readonly purgeActors: string;
  /** $1: now, $2: limit, $3: node. Returns the tasks, in any order. */
  readonly claimTasks: string;
  /** $1: node. */
  readonly giveBackTasksOf: string;
  /** Gives back the tasks of nodes that are not announced. $1: the node that asks; its own tasks lose a delivery. */
  readonly giveBackOrphans: string;
  /** $1: node, $2: alive until. */
  readonly announceNode: string;
  /** Returns `time`, in epoch milliseconds; null where only one process can be using the database. */
  readonly currentTime: string | null;
  /** $1: node. Forgets the others where only one process can be using the database; null where several may. */
  readonly forgetOtherNodes: string | null;
}
