/**
 * Statements that only read, in the text of both dialects. They run as plain SQL on the driver's connection, because
 * every turn needs them. A read through TypeORM's query builder and entities took two to five times as long.
 */
import {
  ACTOR_COLUMNS,
  ACTOR_HEAD_COLUMNS,
  asFields,
  EVENT_COLUMNS,
  HISTORY_BATCH_COLUMNS,
  HISTORY_ROW_COLUMNS,
  INCIDENT_COLUMNS,
  TASK_COLUMNS,
} from './columns.js';

export const LOAD_ACTOR = `SELECT ${asFields(ACTOR_COLUMNS, 'a')} FROM actors a WHERE a.actor_id = $1`;

export const LOAD_HEAD = `SELECT ${asFields(ACTOR_HEAD_COLUMNS, 'a')} FROM actors a WHERE a.actor_id = $1`;

/** $1: machine, $2: unique key. */
export const FIND_LIVE = `
SELECT ${asFields(ACTOR_HEAD_COLUMNS, 'a')} FROM actors a WHERE a.machine_id = $1 AND a.live_key = $2`;

export const FIND_EVENT = `SELECT ${asFields(EVENT_COLUMNS, 'e')} FROM events e WHERE e.actor_id = $1 AND e.key = $2`;

export const LOAD_KEPT_EVENTS = `
SELECT ${asFields(EVENT_COLUMNS, 'e')} FROM events e
WHERE e.actor_id = $1 AND e.state = 'kept'
ORDER BY e.position`;

/** $1: actor, $2: sequence, $3: limit. The first batch may begin with records up to that sequence. */
export const HISTORY_BATCHES_AFTER = `
SELECT ${asFields(HISTORY_BATCH_COLUMNS, 'h')} FROM history_batches h
WHERE h.actor_id = $1 AND h.last_seq > $2
ORDER BY h.last_seq LIMIT $3`;

/** $1: actor, $2: sequence, $3: limit. */
export const HISTORY_ROWS_AFTER = `
SELECT ${asFields(HISTORY_ROW_COLUMNS, 'h')} FROM history h
WHERE h.actor_id = $1 AND h.seq > $2
ORDER BY h.seq LIMIT $3`;

export const FIND_INCIDENT = `SELECT ${asFields(INCIDENT_COLUMNS, 'i')} FROM incidents i WHERE i.incident_id = $1`;

export const TASKS_OF = `
SELECT ${asFields(TASK_COLUMNS, 't')} FROM tasks t WHERE t.actor_id = $1 ORDER BY t.due_at, t.task_id`;

export const TASKS_HELD_BY = `
SELECT ${asFields(TASK_COLUMNS, 't')} FROM tasks t WHERE t.owner_node = $1 ORDER BY t.due_at, t.actor_id, t.task_id`;

/**
 * Owners of tasks that are no announced node. The recursion jumps from one owner to the next in the index, so it costs
 * one look-up per owner, independent of the number of tasks.
 */
export const ORPHAN_OWNERS = `
RECURSIVE owners(node_id) AS (
  SELECT min(owner_node) FROM tasks WHERE owner_node IS NOT NULL
  UNION ALL
  SELECT (SELECT min(t.owner_node) FROM tasks t WHERE t.owner_node > o.node_id)
  FROM owners o WHERE o.node_id IS NOT NULL
), orphan_owners AS (
  SELECT o.node_id FROM owners o
  WHERE o.node_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM nodes n WHERE n.node_id = o.node_id)
)`;

export const NEXT_DUE_AT = `
WITH ${ORPHAN_OWNERS}, earliest(due_at) AS (
  SELECT min(t.due_at) FROM tasks t WHERE t.owner_node IS NULL
  UNION ALL
  SELECT (SELECT min(t.due_at) FROM tasks t WHERE t.owner_node = o.node_id) FROM orphan_owners o
)
SELECT min(e.due_at) AS "dueAt" FROM earliest e`;

export const PING = 'SELECT 1 AS one';
