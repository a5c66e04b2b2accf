/**
 * The writing statements for SQLite. In each, `json_each` is the outer loop, and the table is read by its primary key.
 * `INSERT … SELECT … ON CONFLICT` needs a WHERE, else SQLite parses ON as part of a join
 * (https://sqlite.org/lang_upsert.html, 2.2).
 * Only one transaction writes at a time (sqlite-database.ts), so no statement takes locks.
 */
import { HAS_RECEIVER } from '../push/push-statements.js';
import {
  ACTOR_CHANGING_COLUMNS,
  ACTOR_COLUMNS,
  asFields,
  ATTRIBUTE_COLUMNS,
  EVENT_COLUMNS,
  HISTORY_BATCH_COLUMNS,
  INCIDENT_COLUMNS,
  names,
  OUTBOX_COLUMNS,
  TASK_COLUMNS,
} from './columns.js';
import type { Column } from './columns.js';
import { ANNOUNCE_NODE, callerIsAlive, CALLERS_TIME, forgetDeadNodes, lostNodes } from './node-statements.js';
import { ORPHAN_OWNERS } from './read-statements.js';
import { SQLITE_COMMIT } from './sqlite-commit.js';
import type { StatementSet } from './statement-set.js';

function fromJson(columns: readonly Column[]): string {
  return columns.map(({ field, constant }) => constant ?? `b.value ->> '${field}'`).join(', ');
}

const ACTOR_IDS = "SELECT b.value ->> 'actorId' FROM json_each($1) b";

export const SQLITE_STATEMENTS: StatementSet = {
  commitAtOnce: SQLITE_COMMIT,

  insertActors: `
INSERT INTO actors (${names(ACTOR_COLUMNS)})
SELECT ${fromJson(ACTOR_COLUMNS)} FROM json_each($1) b WHERE true
ON CONFLICT DO NOTHING
RETURNING actor_id AS "actorId"`,

  knownActors: `SELECT a.actor_id AS "actorId" FROM actors a WHERE a.actor_id IN (${ACTOR_IDS})`,

  updateActors: `
UPDATE actors SET ${ACTOR_CHANGING_COLUMNS.map(({ name, field }) => `${name} = b.value ->> '${field}'`).join(', ')}
FROM json_each($1) b
WHERE actors.actor_id = b.value ->> 'actorId' AND actors.revision = b.value ->> 'expectedRevision'
RETURNING actor_id AS "actorId"`,

  deleteTasks: `
DELETE FROM tasks
WHERE (actor_id, task_id) IN (SELECT b.value ->> 'actorId', b.value ->> 'taskId' FROM json_each($1) b)`,

  insertTasks: `INSERT INTO tasks (${names(TASK_COLUMNS)}) SELECT ${fromJson(TASK_COLUMNS)} FROM json_each($1) b`,

  insertHistory: `
INSERT INTO history_batches (${names(HISTORY_BATCH_COLUMNS)}) SELECT ${fromJson(HISTORY_BATCH_COLUMNS)} FROM json_each($1) b`,

  upsertEvents: `
INSERT INTO events (${names(EVENT_COLUMNS)})
SELECT ${fromJson(EVENT_COLUMNS)} FROM json_each($1) b WHERE true
ON CONFLICT (actor_id, key)
DO UPDATE SET state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at`,

  upsertIncidents: `
INSERT INTO incidents (${names(INCIDENT_COLUMNS)})
SELECT ${fromJson(INCIDENT_COLUMNS)} FROM json_each($1) b WHERE true
ON CONFLICT (incident_id)
DO UPDATE SET resolved_at = excluded.resolved_at, resolution = excluded.resolution,
  resolved_by = excluded.resolved_by, reason = excluded.reason
WHERE incidents.resolved_at IS NULL`,

  insertOutbox: `
INSERT INTO outbox (${names(OUTBOX_COLUMNS)})
SELECT ${fromJson(OUTBOX_COLUMNS)} FROM json_each($1) b
WHERE ${HAS_RECEIVER}`,

  skipLocked: '',

  insertAttributes: `
INSERT INTO actor_attributes (${names(ATTRIBUTE_COLUMNS)})
SELECT ${fromJson(ATTRIBUTE_COLUMNS)} FROM json_each($1) b WHERE true
ON CONFLICT DO NOTHING`,

  deleteAttributes: `
DELETE FROM actor_attributes
WHERE (${names(ATTRIBUTE_COLUMNS)}) IN (SELECT ${fromJson(ATTRIBUTE_COLUMNS)} FROM json_each($1) b)`,

  purgeAttributes: `
DELETE FROM actor_attributes
WHERE (${names(ATTRIBUTE_COLUMNS)}) IN (
  SELECT j.key, j.value, a.created_at, a.actor_id FROM actors a, json_each(a.attributes) j
  WHERE a.actor_id IN (${ACTOR_IDS}) AND a.runtime_status IN ('completed', 'terminated')
)`,

  purgeActors: `
DELETE FROM actors
WHERE actor_id IN (${ACTOR_IDS}) AND runtime_status IN ('completed', 'terminated')
RETURNING actor_id AS "actorId"`,

  claimTasks: `
WITH due AS MATERIALIZED (
  SELECT actor_id, task_id FROM tasks
  WHERE owner_node IS NULL AND due_at <= $1 AND ${callerIsAlive(CALLERS_TIME)}
  ORDER BY due_at LIMIT $3
)
UPDATE tasks SET owner_node = $2, deliveries = deliveries + ((actor_id, task_id) NOT IN (
  SELECT b.value ->> 'actorId', b.value ->> 'taskId' FROM json_each($4) b
))
WHERE (actor_id, task_id) IN (SELECT actor_id, task_id FROM due)
RETURNING ${asFields(TASK_COLUMNS, 'tasks')}`,

  giveBackTasksOf: `
UPDATE tasks SET owner_node = NULL, deliveries = max(deliveries - 1, 0) WHERE owner_node = $1`,

  giveBackOrphans: `
WITH ${ORPHAN_OWNERS}
UPDATE tasks SET owner_node = NULL
WHERE owner_node IN (SELECT node_id FROM orphan_owners)`,

  lostNodes: lostNodes(CALLERS_TIME),

  forgetDeadNodes: forgetDeadNodes(CALLERS_TIME),

  announceNode: ANNOUNCE_NODE,

  currentTime: null,

  forgetOtherNodes: 'DELETE FROM nodes WHERE node_id <> $1',
};
