/** Columns of the tables of outbound webhooks, for the statements. */
import { asFields, bigint, type Column, text } from '../durable/columns.js';

export const ENDPOINT_COLUMNS: readonly Column[] = [
  text('endpoint_id'),
  text('url'),
  text('events'),
  text('description'),
  text('secrets'),
  text('disabled_reason'),
  bigint('disabled_at'),
  bigint('failing_since'),
  bigint('revision'),
  bigint('created_at'),
  bigint('updated_at'),
];

/** Leaves out the column `claim`, which only the store uses. */
export const DELIVERY_COLUMNS: readonly Column[] = [
  text('delivery_id'),
  text('endpoint_id'),
  text('event_id'),
  text('event_type'),
  text('body'),
  text('state'),
  bigint('attempts'),
  bigint('tries'),
  bigint('next_attempt_at'),
  bigint('created_at'),
  bigint('settled_at'),
  bigint('last_status'),
  text('last_error'),
];

export const ATTEMPT_COLUMNS: readonly Column[] = [
  text('delivery_id'),
  bigint('attempt'),
  bigint('at'),
  bigint('duration_ms'),
  bigint('status_code'),
  text('error'),
];

export const endpointFields = asFields(ENDPOINT_COLUMNS, 'webhook_endpoints');
export const deliveryFields = asFields(DELIVERY_COLUMNS, 'webhook_deliveries');
export const attemptFields = asFields(ATTEMPT_COLUMNS, 'webhook_attempts');

/** `$1, $2, …` */
export const placeholders = (columns: readonly Column[]): string => columns.map((_, at) => `$${at + 1}`).join(', ');
