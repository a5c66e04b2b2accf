/** Statements on nodes; the same text serves both dialects. */

/**
 * $1: now. Deletes the rows of dead nodes. A renewal at the same moment either comes first, and the row stays, or finds
 * no row, and its node learns that it counts as dead.
 */
export const FORGET_DEAD_NODES = 'DELETE FROM nodes WHERE alive_until < $1';

/** $1: node. */
export const FORGET_NODE = 'DELETE FROM nodes WHERE node_id = $1';

/** $1: alive until, $2: node. Returns the node if its row still existed. */
export const RENEW_NODE = 'UPDATE nodes SET alive_until = $1 WHERE node_id = $2 RETURNING node_id AS "nodeId"';

/** $1: node, $2: alive until. */
export const ANNOUNCE_NODE = `
INSERT INTO nodes (node_id, alive_until) VALUES ($1, $2)
ON CONFLICT (node_id) DO UPDATE SET alive_until = excluded.alive_until`;
