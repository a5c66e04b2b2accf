import {
  type Backlog,
  type OpenActors,
  type OpenIncidents,
  STATS_LIMIT,
  type StoreStats,
  type StoreStatsSource,
} from '../../durable/store.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import * as sql from './stats-statements.js';
import { integer, nullableInteger, text } from '../database/row-reader.js';

/** Counts the store's content. It uses the connections for reads. */
export class SqlStoreStats implements StoreStatsSource {
  constructor(private readonly database: SqlDatabase) {}

  async stats(stuckBefore: number): Promise<StoreStats> {
    const [actors, incidents, stuck] = await Promise.all([
      this.database.read(sql.COUNT_OPEN_ACTORS, []),
      this.database.read(sql.COUNT_OPEN_INCIDENTS, []),
      this.database.read(sql.COUNT_STUCK_ACTORS, [stuckBefore]),
    ]);
    const stuckActors = stuck[0] === undefined ? 0 : integer(stuck[0], 'count');
    return {
      actors: actors.map(openActors),
      incidents: incidents.map(openIncidents),
      stuckActors: Math.min(stuckActors, STATS_LIMIT),
    };
  }

  async backlog(now: number): Promise<Backlog> {
    const [row] = await this.database.read(sql.COUNT_BACKLOG, [now]);
    if (row === undefined) return { tasks: 0, oldestTimerDueAt: null };
    return { tasks: integer(row, 'tasks'), oldestTimerDueAt: nullableInteger(row, 'oldestTimerDueAt') };
  }

  async schemaVersion(): Promise<string> {
    const [row] = await this.database.read(sql.SCHEMA_VERSION, []);
    return row === undefined ? 'none' : text(row, 'name');
  }
}

function openActors(row: Row): OpenActors {
  return {
    machineId: text(row, 'machineId'),
    runtimeStatus: text(row, 'runtimeStatus') === 'suspended' ? 'suspended' : 'running',
    status: text(row, 'status'),
    count: integer(row, 'count'),
  };
}

function openIncidents(row: Row): OpenIncidents {
  return {
    machineId: text(row, 'machineId'),
    kind: text(row, 'kind'),
    count: integer(row, 'count'),
    oldestOpenedAt: integer(row, 'oldestOpenedAt'),
  };
}
