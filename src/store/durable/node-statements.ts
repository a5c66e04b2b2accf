/**
 * Statements on nodes. Where the text differs between the dialects, it differs by whose clock says how late it is: the
 * database's, where there is one, for the caller's may have waited or be wrong.
 */
import { ORPHAN_OWNERS } from './read-statements.js';

/** The caller's clock. It is $1. */
export const CALLERS_TIME = '$1';
export const POSTGRES_TIME = '(extract(epoch FROM clock_timestamp()) * 1000)::bigint';
/** The database's clock. It names $1 as well, so that a statement has the same parameters in both dialects. */
export const POSTGRES_TIME_FIRST = `coalesce(${POSTGRES_TIME}, $1)`;

/** Whether the node $2 is announced and alive. A node that is not cannot judge others, and what it claims is not its own. */
export const callerIsAlive = (time: string): string =>
  `EXISTS (SELECT 1 FROM nodes own WHERE own.node_id = $2 AND own.alive_until >= ${time})`;

/** $1: now. Returns one row when a node's lease has expired or a task's owner is no announced node; else none. */
export const lostNodes = (time: string): string => `
WITH ${ORPHAN_OWNERS}
SELECT 1 AS lost FROM nodes n WHERE n.alive_until < ${time}
UNION ALL SELECT 1 AS lost FROM orphan_owners
LIMIT 1`;

/** Returns one row when a task's owner is no announced node; else none. */
export const ORPHANS = `
WITH ${ORPHAN_OWNERS}
SELECT 1 AS lost FROM orphan_owners LIMIT 1`;

/**
 * $1: now, $2: the calling node. Deletes the rows of dead nodes. A renewal at the same moment either comes first, and the
 * row stays, or finds no row, and its node learns that it counts as dead.
 */
export const forgetDeadNodes = (time: string): string =>
  `DELETE FROM nodes WHERE alive_until < ${time} AND ${callerIsAlive(time)}`;

/** $1: node. */
export const FORGET_NODE = 'DELETE FROM nodes WHERE node_id = $1';

/** $1: alive until, $2: node. Returns the node if its row still existed. */
export const RENEW_NODE = 'UPDATE nodes SET alive_until = $1 WHERE node_id = $2 RETURNING node_id AS "nodeId"';

/** $1: node, $2: alive until. */
export const ANNOUNCE_NODE = `
INSERT INTO nodes (node_id, alive_until) VALUES ($1, $2)
ON CONFLICT (node_id) DO UPDATE SET alive_until = excluded.alive_until`;
