/** Statements on the table `answers`, in the text of both dialects. */
import { ANSWER_COLUMNS, asFields } from '../durable/columns.js';

/**
 * $1: scope, $2: key, $3: fingerprint, $4: node, $5: now, $6: expiry. Returns `reservedAt` when the key is free, its
 * last use has expired, or the same request reserved it on this node or on a node that is no longer alive.
 */
export const RESERVE_ANSWER = `
INSERT INTO answers AS known (scope, key, fingerprint, owner_node, reserved_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (scope, key) DO UPDATE SET
  fingerprint = excluded.fingerprint,
  owner_node = excluded.owner_node,
  reserved_at = CASE WHEN known.expires_at <= excluded.reserved_at THEN excluded.reserved_at ELSE known.reserved_at END,
  expires_at = CASE WHEN known.expires_at <= excluded.reserved_at THEN excluded.expires_at ELSE known.expires_at END,
  status = NULL, headers = NULL, body = NULL, actor_id = NULL
WHERE known.expires_at <= excluded.reserved_at
  OR (known.status IS NULL AND known.fingerprint = excluded.fingerprint AND (
    known.owner_node = excluded.owner_node
    OR NOT EXISTS (SELECT 1 FROM nodes n WHERE n.node_id = known.owner_node AND n.alive_until >= excluded.reserved_at)
  ))
RETURNING reserved_at AS "reservedAt"`;

/** $1: scope, $2: key. */
export const FIND_ANSWER = `SELECT ${asFields(ANSWER_COLUMNS, 'a')} FROM answers a WHERE a.scope = $1 AND a.key = $2`;

/** $1: status, $2: headers, $3: body, $4: actor, $5: scope, $6: key, $7: node. */
export const KEEP_ANSWER = `
UPDATE answers SET status = $1, headers = $2, body = $3,
  actor_id = (SELECT a.actor_id FROM actors a WHERE a.actor_id = $4)
WHERE scope = $5 AND key = $6 AND owner_node = $7 AND status IS NULL`;

/** $1: scope, $2: key, $3: node. */
export const RELEASE_ANSWER =
  'DELETE FROM answers WHERE scope = $1 AND key = $2 AND owner_node = $3 AND status IS NULL';

/** $1: now, $2: limit. Returns one row for each removed answer. */
export const REMOVE_EXPIRED_ANSWERS = `
DELETE FROM answers WHERE (scope, key) IN (
  SELECT a.scope, a.key FROM answers a WHERE a.expires_at <= $1 ORDER BY a.expires_at LIMIT $2
)
RETURNING key`;
