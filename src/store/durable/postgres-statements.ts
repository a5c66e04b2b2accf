/**
 * The writing statements for PostgreSQL, at READ COMMITTED. Two rules keep several nodes from deadlocking:
 *  - A transaction inserts new actors in the order of unique keys and ids, and then locks existing ones in the order of
 *    ids. It writes other rows of an actor only while it holds the actor's lock.
 *  - Statements that claim tasks or give them back lock only tasks and never wait for a lock (SKIP LOCKED). The owner
 *    of a skipped task is settling it, or the next search for orphans finds it.
 * Invariant 2: a row lock re-reads the newest version of the actor, so `revision = expected` holds at commit time.
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
import {
  ANNOUNCE_NODE,
  callerIsAlive,
  forgetDeadNodes,
  lostNodes,
  POSTGRES_TIME,
  POSTGRES_TIME_FIRST,
} from './node-statements.js';
import { ORPHAN_OWNERS } from './read-statements.js';
import { POSTGRES_COMMIT } from './postgres-commit.js';
import { EXPECTED, fields, recordset, TASK_KEY } from './postgres-recordset.js';
import type { StatementSet } from './statement-set.js';

const ACTOR_ID = ACTOR_COLUMNS.filter(({ name }) => name === 'actor_id');
const ACTOR_IDS = `SELECT b."actorId" FROM ${recordset(ACTOR_ID)}`;

export const POSTGRES_STATEMENTS: StatementSet = {
  commitAtOnce: POSTGRES_COMMIT,

  insertActors: `
INSERT INTO actors (${names(ACTOR_COLUMNS)})
SELECT ${fields(ACTOR_COLUMNS)} FROM ${recordset(ACTOR_COLUMNS)}
ORDER BY b."uniqueKey" COLLATE "C" NULLS LAST, b."actorId" COLLATE "C"
ON CONFLICT DO NOTHING
RETURNING actor_id AS "actorId"`,

  knownActors: `SELECT a.actor_id AS "actorId" FROM actors a WHERE a.actor_id IN (${ACTOR_IDS})`,

  updateActors: `
WITH b AS MATERIALIZED (
  SELECT * FROM ${recordset([...ACTOR_COLUMNS, EXPECTED])}
), locked AS MATERIALIZED (
  SELECT a.actor_id FROM actors a JOIN b ON b."actorId" = a.actor_id
  WHERE a.revision = b."expectedRevision"
  ORDER BY a.actor_id
  FOR NO KEY UPDATE OF a
)
UPDATE actors a SET ${ACTOR_CHANGING_COLUMNS.map(({ name, field }) => `${name} = b."${field}"`).join(', ')}
FROM locked JOIN b ON b."actorId" = locked.actor_id
WHERE a.actor_id = locked.actor_id AND a.revision = b."expectedRevision"
RETURNING a.actor_id AS "actorId"`,

  deleteTasks: `
DELETE FROM tasks t USING ${recordset(TASK_KEY)}
WHERE t.actor_id = b."actorId" AND t.task_id = b."taskId"`,

  insertTasks: `
INSERT INTO tasks (${names(TASK_COLUMNS)}) SELECT ${fields(TASK_COLUMNS)} FROM ${recordset(TASK_COLUMNS)}`,

  insertHistory: `
INSERT INTO history_batches (${names(HISTORY_BATCH_COLUMNS)}) SELECT ${fields(HISTORY_BATCH_COLUMNS)} FROM ${recordset(HISTORY_BATCH_COLUMNS)}`,

  upsertEvents: `
INSERT INTO events (${names(EVENT_COLUMNS)}) SELECT ${fields(EVENT_COLUMNS)} FROM ${recordset(EVENT_COLUMNS)}
ON CONFLICT (actor_id, key)
DO UPDATE SET state = excluded.state, reason = excluded.reason, settled_at = excluded.settled_at`,

  upsertIncidents: `
INSERT INTO incidents (${names(INCIDENT_COLUMNS)})
SELECT ${fields(INCIDENT_COLUMNS)} FROM ${recordset(INCIDENT_COLUMNS)}
ON CONFLICT (incident_id)
DO UPDATE SET resolved_at = excluded.resolved_at, resolution = excluded.resolution,
  resolved_by = excluded.resolved_by, reason = excluded.reason
WHERE incidents.resolved_at IS NULL`,

  insertOutbox: `
INSERT INTO outbox (${names(OUTBOX_COLUMNS)})
SELECT ${fields(OUTBOX_COLUMNS)} FROM ${recordset(OUTBOX_COLUMNS)}
WHERE ${HAS_RECEIVER}`,

  skipLocked: 'FOR UPDATE SKIP LOCKED',

  insertAttributes: `
INSERT INTO actor_attributes (${names(ATTRIBUTE_COLUMNS)})
SELECT ${fields(ATTRIBUTE_COLUMNS)} FROM ${recordset(ATTRIBUTE_COLUMNS)}
ON CONFLICT DO NOTHING`,

  deleteAttributes: `
DELETE FROM actor_attributes t USING ${recordset(ATTRIBUTE_COLUMNS)}
WHERE ${ATTRIBUTE_COLUMNS.map(({ name, field }) => `t.${name} = b."${field}"`).join(' AND ')}`,

  purgeAttributes: `
WITH ended AS MATERIALIZED (
  SELECT a.actor_id, a.created_at, a.attributes FROM actors a
  WHERE a.actor_id IN (${ACTOR_IDS}) AND a.runtime_status IN ('completed', 'terminated')
)
DELETE FROM actor_attributes t USING ended e, json_each_text(e.attributes::json) j
WHERE t.name = j.key AND t.value = j.value AND t.created_at = e.created_at AND t.actor_id = e.actor_id`,

  purgeActors: `
DELETE FROM actors
WHERE actor_id IN (${ACTOR_IDS}) AND runtime_status IN ('completed', 'terminated')
RETURNING actor_id AS "actorId"`,

  claimTasks: `
WITH due AS MATERIALIZED (
  SELECT actor_id, task_id FROM tasks
  WHERE owner_node IS NULL AND due_at <= $1 AND ${callerIsAlive(POSTGRES_TIME)}
  ORDER BY due_at LIMIT $3
  FOR UPDATE SKIP LOCKED
)
UPDATE tasks t SET owner_node = $2, deliveries = t.deliveries + CASE WHEN EXISTS (
  SELECT 1 FROM ${recordset(TASK_KEY, 4)} WHERE b."actorId" = t.actor_id AND b."taskId" = t.task_id
) THEN 0 ELSE 1 END
FROM due WHERE t.actor_id = due.actor_id AND t.task_id = due.task_id
RETURNING ${asFields(TASK_COLUMNS, 't')}`,

  giveBackTasksOf: `
WITH held AS MATERIALIZED (
  SELECT actor_id, task_id FROM tasks WHERE owner_node = $1 FOR UPDATE SKIP LOCKED
)
UPDATE tasks t SET owner_node = NULL, deliveries = greatest(t.deliveries - 1, 0)
FROM held WHERE t.actor_id = held.actor_id AND t.task_id = held.task_id`,

  giveBackOrphans: `
WITH ${ORPHAN_OWNERS}, held AS MATERIALIZED (
  SELECT actor_id, task_id FROM tasks WHERE owner_node IN (SELECT node_id FROM orphan_owners) FOR UPDATE SKIP LOCKED
)
UPDATE tasks t SET owner_node = NULL
FROM held WHERE t.actor_id = held.actor_id AND t.task_id = held.task_id`,

  lostNodes: lostNodes(POSTGRES_TIME_FIRST),

  forgetDeadNodes: forgetDeadNodes(POSTGRES_TIME_FIRST),

  announceNode: ANNOUNCE_NODE,

  currentTime: `SELECT ${POSTGRES_TIME} AS "time"`,

  forgetOtherNodes: null,
};
