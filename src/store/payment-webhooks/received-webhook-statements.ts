/**
 * Statements on received webhooks, in the text of both dialects. Parameters appear in order, because SQLite numbers
 * them by first appearance.
 */
import type { WebhookPageRequest } from '../../payment-webhooks/received-webhook.port.js';
import type { SqlParameter } from '../database/database.port.js';
import { NEW_WEBHOOK_FIELDS, WEBHOOK_COLUMNS } from './received-webhook-columns.js';

const NEW = NEW_WEBHOOK_FIELDS.map((field) => WEBHOOK_COLUMNS[field]);
const FIELDS = Object.entries(WEBHOOK_COLUMNS)
  .map(([field, column]) => `${column} AS "${field}"`)
  .join(', ');

/** $1 to $10: NEW_WEBHOOK_FIELDS, $11: the time again. */
export const KEEP_WEBHOOK = `
INSERT INTO received_webhooks AS known (${NEW.join(', ')}, last_received_at, deliveries, replays)
VALUES (${NEW.map((_, index) => `$${index + 1}`).join(', ')}, $${NEW.length + 1}, 1, '[]')
ON CONFLICT (webhook_id)
DO UPDATE SET last_received_at = excluded.last_received_at, deliveries = known.deliveries + 1`;

/** $1: disposition, $2: reason, $3: at, $4: webhook. An accepted webhook stays accepted. */
export const SETTLE_WEBHOOK = `
UPDATE received_webhooks SET
  disposition = CASE WHEN disposition = 'accepted' THEN disposition ELSE $1 END,
  reason = CASE WHEN disposition = 'accepted' THEN reason ELSE $2 END,
  settled_at = $3
WHERE webhook_id = $4`;

/** $1: webhook. */
export const REPLAYS_OF_WEBHOOK = 'SELECT replays AS "replays" FROM received_webhooks WHERE webhook_id = $1';

/** $1: JSON list, $2: webhook. */
export const SET_REPLAYS = 'UPDATE received_webhooks SET replays = $1 WHERE webhook_id = $2';

/** $1: webhook. */
export const FIND_WEBHOOK = `SELECT ${FIELDS} FROM received_webhooks WHERE webhook_id = $1`;

/** $1: time, $2: limit. Returns one row for each removed webhook. */
export const FORGET_WEBHOOKS = `
DELETE FROM received_webhooks WHERE webhook_id IN (
  SELECT webhook_id FROM received_webhooks WHERE last_received_at < $1 ORDER BY last_received_at LIMIT $2
)
RETURNING webhook_id AS "webhookId"`;

export function listWebhooks({ disposition, source, orderId, limit, before }: WebhookPageRequest): {
  readonly sql: string;
  readonly parameters: readonly SqlParameter[];
} {
  const parameters: SqlParameter[] = [];
  const given = (value: SqlParameter): string => `$${parameters.push(value)}`;
  const conditions: string[] = [];
  if (disposition !== undefined)
    conditions.push(disposition.length === 0 ? '1 = 0' : `disposition IN (${disposition.map(given).join(', ')})`);
  if (source !== undefined) conditions.push(`source = ${given(source)}`);
  if (orderId !== undefined) conditions.push(`order_id = ${given(orderId)}`);
  if (before !== undefined)
    conditions.push(`(received_at, webhook_id) < (${given(before.receivedAt)}, ${given(before.webhookId)})`);
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const sql = `SELECT ${FIELDS} FROM received_webhooks ${where} ORDER BY received_at DESC, webhook_id DESC LIMIT ${given(limit)}`;
  return { sql, parameters };
}
