/**
 * Statements of outbound webhooks. Both dialects use the same text except for `skipLocked`, which keeps two nodes on
 * PostgreSQL from taking the same rows. Parameters appear in order, because SQLite numbers them by first appearance.
 */
import { ACTOR_HEAD_COLUMNS, asFields, names, OUTBOX_COLUMNS } from '../durable/columns.js';
import {
  ATTEMPT_COLUMNS,
  attemptFields,
  DELIVERY_COLUMNS,
  deliveryFields,
  ENDPOINT_COLUMNS,
  endpointFields,
  placeholders,
} from './push-columns.js';

/** A message is written only while an enabled endpoint can receive it. */
export const HAS_RECEIVER = 'EXISTS (SELECT 1 FROM webhook_endpoints WHERE disabled_at IS NULL)';

export const COUNT_ENDPOINTS = 'SELECT count(*) AS "count" FROM webhook_endpoints';

export const INSERT_ENDPOINT = `
INSERT INTO webhook_endpoints (${names(ENDPOINT_COLUMNS)}) VALUES (${placeholders(ENDPOINT_COLUMNS)})`;

export const FIND_ENDPOINT = `SELECT ${endpointFields} FROM webhook_endpoints WHERE endpoint_id = $1`;

export const LIST_ENDPOINTS = `SELECT ${endpointFields} FROM webhook_endpoints ORDER BY created_at, endpoint_id`;

export const ENABLED_ENDPOINTS = `
SELECT ${endpointFields} FROM webhook_endpoints WHERE disabled_at IS NULL ORDER BY created_at, endpoint_id`;

/** Leaves the health unchanged, unless the endpoint becomes enabled. */
export const UPDATE_ENDPOINT = `
UPDATE webhook_endpoints
SET url = $1, events = $2, description = $3, secrets = $4,
  failing_since = CASE WHEN disabled_at IS NULL THEN failing_since END,
  disabled_reason = $5, disabled_at = $6, revision = $7, updated_at = $8
WHERE endpoint_id = $9 AND revision = $10
RETURNING endpoint_id AS "endpointId"`;

export const DELETE_ENDPOINT = `
DELETE FROM webhook_endpoints WHERE endpoint_id = $1 RETURNING endpoint_id AS "endpointId"`;

/** $1: reason, $2: time, $3: the same time, $4: endpoint. */
export const DISABLE_ENDPOINT = `
UPDATE webhook_endpoints SET disabled_reason = $1, disabled_at = $2, updated_at = $3, revision = revision + 1
WHERE endpoint_id = $4 AND disabled_at IS NULL
RETURNING endpoint_id AS "endpointId"`;

/** $1: since, $2: endpoint. */
export const NOTE_FAILING = `
UPDATE webhook_endpoints SET failing_since = $1 WHERE endpoint_id = $2 AND failing_since IS NULL`;

export const NOTE_WELL = `
UPDATE webhook_endpoints SET failing_since = NULL WHERE endpoint_id = $1 AND failing_since IS NOT NULL`;

/** $1: limit. */
export const takeOutbox = (skipLocked: string): string => `
DELETE FROM outbox
WHERE message_id IN (SELECT message_id FROM outbox ORDER BY at, message_id LIMIT $1 ${skipLocked})
RETURNING ${asFields(OUTBOX_COLUMNS, 'outbox')}`;

export const INSERT_DELIVERY = `
INSERT INTO webhook_deliveries (${names(DELIVERY_COLUMNS)}) VALUES (${placeholders(DELIVERY_COLUMNS)})
ON CONFLICT DO NOTHING`;

/** $1: now. */
export const ENDPOINTS_WITH_DUE = `
SELECT ${endpointFields} FROM webhook_endpoints
WHERE disabled_at IS NULL AND EXISTS (
  SELECT 1 FROM webhook_deliveries d
  WHERE d.endpoint_id = webhook_endpoints.endpoint_id AND d.state = 'pending' AND d.next_attempt_at <= $1
)`;

/** $1: claim, $2: lease, $3: endpoint, $4: now, $5: limit. */
export const claimDeliveries = (skipLocked: string): string => `
UPDATE webhook_deliveries
SET claim = $1, next_attempt_at = $2, attempts = attempts + 1, tries = tries + 1
WHERE delivery_id IN (
  SELECT delivery_id FROM webhook_deliveries
  WHERE endpoint_id = $3 AND state = 'pending' AND next_attempt_at <= $4
  ORDER BY next_attempt_at LIMIT $5 ${skipLocked}
)
RETURNING ${deliveryFields}`;

/** $1: state, $2: next attempt, $3: settled at, $4: status, $5: error, $6: delivery, $7: claim. */
export const SETTLE_DELIVERY = `
UPDATE webhook_deliveries
SET state = $1, claim = NULL, next_attempt_at = $2, settled_at = $3, last_status = $4, last_error = $5
WHERE delivery_id = $6 AND claim = $7
RETURNING delivery_id AS "deliveryId"`;

export const INSERT_ATTEMPT = `
INSERT INTO webhook_attempts (${names(ATTEMPT_COLUMNS)}) VALUES (${placeholders(ATTEMPT_COLUMNS)})`;

export const NEXT_DELIVERY_AT = `
SELECT min(d.next_attempt_at) AS "nextAttemptAt"
FROM webhook_endpoints e JOIN webhook_deliveries d ON d.endpoint_id = e.endpoint_id
WHERE e.disabled_at IS NULL AND d.state = 'pending'`;

/** $1: endpoint, $2: delivery. */
export const FIND_DELIVERY = `
SELECT ${deliveryFields} FROM webhook_deliveries WHERE endpoint_id = $1 AND delivery_id = $2`;

/** $1: endpoint, $2 (when `before`): created at, $3: delivery; last: limit. */
export const listDeliveries = (state: string | undefined, before: boolean): string => `
SELECT ${deliveryFields} FROM webhook_deliveries
WHERE endpoint_id = $1
${state === undefined ? '' : `AND state = '${state}'`}
${before ? 'AND (created_at, delivery_id) < ($2, $3)' : ''}
ORDER BY created_at DESC, delivery_id DESC LIMIT ${before ? '$4' : '$2'}`;

export const ATTEMPTS_OF = `SELECT ${attemptFields} FROM webhook_attempts WHERE delivery_id = $1 ORDER BY attempt`;

/**
 * $1: now, $2: endpoint, $3: delivery. Skips a running delivery, because the attempt's result could not be recorded
 * then.
 */
export const REPLAY_DELIVERY = `
UPDATE webhook_deliveries SET state = 'pending', tries = 0, next_attempt_at = $1, settled_at = NULL
WHERE endpoint_id = $2 AND delivery_id = $3 AND (claim IS NULL OR next_attempt_at <= $4)
RETURNING ${deliveryFields}`;

/** $1: created before, $2: limit. */
export const FORGET_DELIVERIES = `
DELETE FROM webhook_deliveries
WHERE delivery_id IN (SELECT delivery_id FROM webhook_deliveries WHERE created_at < $1 ORDER BY created_at LIMIT $2)
RETURNING delivery_id AS "deliveryId"`;

/** $1: machine, $2: updated at, $3: actor, $4: limit. */
export const CHANGED_ACTORS = `
SELECT ${asFields(ACTOR_HEAD_COLUMNS, 'a')} FROM actors a
WHERE a.machine_id = $1 AND (a.updated_at, a.actor_id) > ($2, $3)
ORDER BY a.updated_at, a.actor_id LIMIT $4`;
