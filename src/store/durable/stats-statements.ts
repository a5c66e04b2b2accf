/** Counts for monitoring, in the text of both dialects. No statement reads a row of an ended actor. */
import { OPEN_ACTORS_LIMIT, STATS_LIMIT } from '../../durable/store.js';

/** Has the columns, the order and the exact predicate of the index of open actors, so it reads only the index. */
export const COUNT_OPEN_ACTORS = `
SELECT b.machine_id AS "machineId", b.runtime_status AS "runtimeStatus", b.status AS "status", count(*) AS "count"
FROM (
  SELECT a.machine_id, a.runtime_status, a.status FROM actors a
  WHERE a.runtime_status IN ('running', 'suspended')
  ORDER BY a.created_at DESC, a.actor_id DESC LIMIT ${OPEN_ACTORS_LIMIT}
) b
GROUP BY b.machine_id, b.runtime_status, b.status`;

/** Oldest first, so that the oldest age is right even when the count is cut off. */
export const COUNT_OPEN_INCIDENTS = `
SELECT b.machine_id AS "machineId", b.kind AS "kind", count(*) AS "count", min(b.opened_at) AS "oldestOpenedAt"
FROM (
  SELECT i.machine_id, i.kind, i.opened_at FROM incidents i
  WHERE i.resolved_at IS NULL
  ORDER BY i.opened_at, i.incident_id LIMIT ${STATS_LIMIT}
) b
GROUP BY b.machine_id, b.kind`;

/**
 * $1: due before. Reads free tasks, and held tasks for each node. Each is a range of an index. CROSS JOIN makes SQLite
 * keep the order of the tables.
 */
export const COUNT_STUCK_ACTORS = `
SELECT count(DISTINCT b.actor_id) AS "count"
FROM (
  SELECT f.actor_id FROM (
    SELECT t.actor_id FROM tasks t WHERE t.owner_node IS NULL AND t.due_at < $1 LIMIT ${STATS_LIMIT}
  ) f
  UNION ALL
  SELECT h.actor_id FROM (
    SELECT t.actor_id FROM nodes n CROSS JOIN tasks t WHERE t.owner_node = n.node_id AND t.due_at < $1 LIMIT ${STATS_LIMIT}
  ) h
) b`;

/** $1: now. */
export const COUNT_BACKLOG = `
SELECT count(*) AS "tasks", min(CASE WHEN b.kind = 'timer' THEN b.due_at END) AS "oldestTimerDueAt"
FROM (
  SELECT t.kind, t.due_at FROM tasks t
  WHERE t.owner_node IS NULL AND t.due_at <= $1
  ORDER BY t.due_at LIMIT ${STATS_LIMIT}
) b`;

export const SCHEMA_VERSION = 'SELECT m.name AS "name" FROM store_migrations m ORDER BY m."timestamp" DESC LIMIT 1';
