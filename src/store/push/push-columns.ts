/** The tables of outbound webhooks, as the statements see them. */
import { asFields, type Column } from '../durable/columns.js';

const column = (name: string, field: string, type: Column['type']): Column => ({ name, field, type });

export const ENDPOINT_COLUMNS: readonly Column[] = [
  column('endpoint_id', 'endpointId', 'text'),
  column('url', 'url', 'text'),
  column('events', 'events', 'text'),
  column('description', 'description', 'text'),
  column('secrets', 'secrets', 'text'),
  column('disabled_reason', 'disabledReason', 'text'),
  column('disabled_at', 'disabledAt', 'bigint'),
  column('failing_since', 'failingSince', 'bigint'),
  column('revision', 'revision', 'bigint'),
  column('created_at', 'createdAt', 'bigint'),
  column('updated_at', 'updatedAt', 'bigint'),
];

/** Without `claim`, which is the store's own business. */
export const DELIVERY_COLUMNS: readonly Column[] = [
  column('delivery_id', 'deliveryId', 'text'),
  column('endpoint_id', 'endpointId', 'text'),
  column('event_id', 'eventId', 'text'),
  column('event_type', 'eventType', 'text'),
  column('body', 'body', 'text'),
  column('state', 'state', 'text'),
  column('attempts', 'attempts', 'bigint'),
  column('tries', 'tries', 'bigint'),
  column('next_attempt_at', 'nextAttemptAt', 'bigint'),
  column('created_at', 'createdAt', 'bigint'),
  column('settled_at', 'settledAt', 'bigint'),
  column('last_status', 'lastStatus', 'bigint'),
  column('last_error', 'lastError', 'text'),
];

export const ATTEMPT_COLUMNS: readonly Column[] = [
  column('delivery_id', 'deliveryId', 'text'),
  column('attempt', 'attempt', 'bigint'),
  column('at', 'at', 'bigint'),
  column('duration_ms', 'durationMs', 'bigint'),
  column('status_code', 'statusCode', 'bigint'),
  column('error', 'error', 'text'),
];

export const endpointFields = asFields(ENDPOINT_COLUMNS, 'webhook_endpoints');
export const deliveryFields = asFields(DELIVERY_COLUMNS, 'webhook_deliveries');
export const attemptFields = asFields(ATTEMPT_COLUMNS, 'webhook_attempts');

/** `$1, $2, …` */
export const placeholders = (columns: readonly Column[]): string => columns.map((_, at) => `$${at + 1}`).join(', ');
