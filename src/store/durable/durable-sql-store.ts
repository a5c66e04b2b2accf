/**
 * Implements the runtime's store on a SQL database. The statements are in the other files of this folder. Connections
 * and transactions are in `../database`.
 */
import type {
  ActorCommit,
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
  TaskRecord,
} from '../../durable/store.js';
import { findActorHeads } from './actor-list-query.js';
import { commitAtOnce } from './commit-at-once.js';
import { withTaken, writeBatch } from './commit-batch.js';
import { findEnded } from './ended-list-query.js';
import { findIncidents } from './incident-list-query.js';
import { findHistory } from './history/history-query.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import { FORGET_NODE, ORPHANS, RENEW_NODE } from './node-statements.js';
import * as read from './read-statements.js';
import { actorHead, actorRecord, eventRecord, incidentRecord, taskRecord } from './durable-rows.js';
import { integer, nullableInteger, text } from '../database/row-reader.js';
import { asStoreErrors } from '../database/store-failure.js';

export class DurableSqlStore implements DurableStore {
  constructor(private readonly database: SqlDatabase) {}

  async loadActor(actorId: string): Promise<ActorRecord | null> {
    return firstOf(await this.database.read(read.LOAD_ACTOR, [actorId]), actorRecord);
  }

  async loadHead(actorId: string): Promise<ActorHead | null> {
    return firstOf(await this.database.read(read.LOAD_HEAD, [actorId]), actorHead);
  }

  async findEvent(actorId: string, key: string): Promise<EventRecord | null> {
    return firstOf(await this.database.read(read.FIND_EVENT, [actorId, key]), eventRecord);
  }

  async findByUniqueKey(machineId: string, uniqueKey: string): Promise<ActorHead | null> {
    return firstOf(await this.database.read(read.FIND_LIVE, [machineId, uniqueKey]), actorHead);
  }

  async loadKeptEvents(actorId: string): Promise<EventRecord[]> {
    return (await this.database.read(read.LOAD_KEPT_EVENTS, [actorId])).map(eventRecord);
  }

  async commit(batch: readonly ActorCommit[]): Promise<CommitResult[]> {
    if (batch.length === 0) return [];
    if (new Set(batch.map(({ actor }) => actor.actorId)).size !== batch.length) {
      throw new Error('An actor comes twice in one batch of commits');
    }
    const results = await commitAtOnce(this.database, batch);
    if (results === null) return this.database.transaction((run) => writeBatch(run, this.database.statements, batch));
    return withTaken(this.database, batch, results);
  }

  async claimDueTasks({ nodeId, now, limit, fromLostNodes, running = [] }: ClaimRequest): Promise<TaskRecord[]> {
    const { statements } = this.database;
    const lost = fromLostNodes
      ? await this.database.read(statements.lostNodes, [now])
      : await this.database.read(ORPHANS, []);
    if (lost.length > 0) {
      // Two transactions are enough: a task is free once its node is forgotten. The second one only moves the task into
      // the index from which claims read.
      if (fromLostNodes) await this.database.write(statements.forgetDeadNodes, [now, nodeId]);
      await this.database.write(statements.giveBackOrphans, []);
    }
    const rows = await this.database.write(statements.claimTasks, [now, nodeId, limit, JSON.stringify(running)]);
    return rows.map(taskRecord).sort(byDueTime);
  }

  async nextDueAt(): Promise<number | null> {
    return firstOf(await this.database.read(read.NEXT_DUE_AT, []), (row) => nullableInteger(row, 'dueAt'));
  }

  async tasksOf(actorId: string): Promise<TaskRecord[]> {
    return (await this.database.read(read.TASKS_OF, [actorId])).map(taskRecord);
  }

  async tasksHeldBy(nodeId: string): Promise<TaskRecord[]> {
    return (await this.database.read(read.TASKS_HELD_BY, [nodeId])).map(taskRecord);
  }

  async registerNode(nodeId: string, aliveUntil: number): Promise<void> {
    const { statements } = this.database;
    await this.database.transaction(async (run) => {
      await run(statements.announceNode, [nodeId, aliveUntil]);
      if (statements.forgetOtherNodes !== null) {
        await run(statements.forgetOtherNodes, [nodeId]);
        await run(statements.giveBackOrphans, []);
      }
    });
  }

  async renewNode(nodeId: string, aliveUntil: number): Promise<boolean> {
    return (await this.database.write(RENEW_NODE, [aliveUntil, nodeId])).length > 0;
  }

  async removeNode(nodeId: string): Promise<void> {
    await this.database.transaction(async (run) => {
      await run(FORGET_NODE, [nodeId]);
      await run(this.database.statements.giveBackTasksOf, [nodeId]);
    });
  }

  async listActors(request: ActorPageRequest): Promise<ActorHead[]> {
    return asStoreErrors(() => findActorHeads(this.database.entities, request));
  }

  async listEnded(request: EndedRequest): Promise<string[]> {
    return asStoreErrors(() => findEnded(this.database.entities, request));
  }

  async purge(actorIds: readonly string[]): Promise<string[]> {
    const { statements } = this.database;
    const parameters = [JSON.stringify(actorIds.map((actorId) => ({ actorId })))];
    return this.database.transaction(async (run) => {
      await run(statements.purgeAttributes, parameters);
      return (await run(statements.purgeActors, parameters)).map((row) => text(row, 'actorId'));
    });
  }

  async history(request: HistoryRequest): Promise<HistoryRecord[]> {
    return findHistory((sql, parameters) => this.database.read(sql, parameters), request);
  }

  async listIncidents(request: IncidentPageRequest): Promise<IncidentRecord[]> {
    return asStoreErrors(() => findIncidents(this.database.entities, request));
  }

  async findIncident(incidentId: string): Promise<IncidentRecord | null> {
    return firstOf(await this.database.read(read.FIND_INCIDENT, [incidentId]), incidentRecord);
  }

  async putIncident(incident: IncidentRecord): Promise<void> {
    await this.database.write(this.database.statements.upsertIncidents, [JSON.stringify([incident])]);
  }

  async databaseTime(): Promise<number | null> {
    const { currentTime } = this.database.statements;
    if (currentTime === null) return null;
    return firstOf(await this.database.read(currentTime, []), (row) => integer(row, 'time'));
  }

  async ping(): Promise<void> {
    await this.database.read(read.PING, []);
  }
}

function firstOf<T>(rows: readonly Row[], read: (row: Row) => T): T | null {
  const [row] = rows;
  return row === undefined ? null : read(row);
}

/** Sorts claimed tasks, because the statements return them in any order. */
function byDueTime(a: TaskRecord, b: TaskRecord): number {
  return a.dueAt - b.dueAt || compare(a.actorId, b.actorId) || compare(a.taskId, b.taskId);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
