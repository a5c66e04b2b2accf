/** Converts rows of the outbound webhooks' tables to records, and back. */
import type { OutboxRecord } from '../../durable/store.js';
import type {
  AttemptRecord,
  DeliveryRecord,
  DeliveryState,
  DisabledReason,
  EndpointRecord,
} from '../../push/push-store.port.js';
import type { Row, SqlParameter } from '../database/database.port.js';
import { integer, nullableInteger, nullableText, oneOf, text } from '../database/row-reader.js';

const STATES: readonly DeliveryState[] = ['pending', 'delivered', 'failed'];
const REASONS: readonly DisabledReason[] = ['by_hand', 'gone', 'failing'];

export function endpointRecord(row: Row): EndpointRecord {
  return {
    endpointId: text(row, 'endpointId'),
    url: text(row, 'url'),
    events: JSON.parse(text(row, 'events')) as EndpointRecord['events'], // endpointRow wrote it
    description: text(row, 'description'),
    secrets: JSON.parse(text(row, 'secrets')) as EndpointRecord['secrets'], // endpointRow wrote it
    disabledReason: row['disabledReason'] === null ? null : oneOf(row, 'disabledReason', REASONS),
    disabledAt: nullableInteger(row, 'disabledAt'),
    failingSince: nullableInteger(row, 'failingSince'),
    revision: integer(row, 'revision'),
    createdAt: integer(row, 'createdAt'),
    updatedAt: integer(row, 'updatedAt'),
  };
}

/** Returns the values in the order of ENDPOINT_COLUMNS. */
export function endpointRow(endpoint: EndpointRecord): SqlParameter[] {
  return [
    endpoint.endpointId,
    endpoint.url,
    JSON.stringify(endpoint.events),
    endpoint.description,
    JSON.stringify(endpoint.secrets),
    endpoint.disabledReason,
    endpoint.disabledAt,
    endpoint.failingSince,
    endpoint.revision,
    endpoint.createdAt,
    endpoint.updatedAt,
  ];
}

export function deliveryRecord(row: Row): DeliveryRecord {
  return {
    deliveryId: text(row, 'deliveryId'),
    endpointId: text(row, 'endpointId'),
    eventId: text(row, 'eventId'),
    eventType: text(row, 'eventType'),
    body: text(row, 'body'),
    state: oneOf(row, 'state', STATES),
    attempts: integer(row, 'attempts'),
    tries: integer(row, 'tries'),
    nextAttemptAt: nullableInteger(row, 'nextAttemptAt'),
    createdAt: integer(row, 'createdAt'),
    settledAt: nullableInteger(row, 'settledAt'),
    lastStatus: nullableInteger(row, 'lastStatus'),
    lastError: nullableText(row, 'lastError'),
  };
}

/** Returns the values in the order of DELIVERY_COLUMNS. */
export function deliveryRow(delivery: DeliveryRecord): SqlParameter[] {
  return [
    delivery.deliveryId,
    delivery.endpointId,
    delivery.eventId,
    delivery.eventType,
    delivery.body,
    delivery.state,
    delivery.attempts,
    delivery.tries,
    delivery.nextAttemptAt,
    delivery.createdAt,
    delivery.settledAt,
    delivery.lastStatus,
    delivery.lastError,
  ];
}

export function attemptRecord(row: Row): AttemptRecord {
  return {
    deliveryId: text(row, 'deliveryId'),
    attempt: integer(row, 'attempt'),
    at: integer(row, 'at'),
    durationMs: integer(row, 'durationMs'),
    statusCode: nullableInteger(row, 'statusCode'),
    error: nullableText(row, 'error'),
  };
}

export function outboxRecord(row: Row): OutboxRecord {
  return {
    messageId: text(row, 'messageId'),
    actorId: text(row, 'actorId'),
    type: text(row, 'type'),
    revision: integer(row, 'revision'),
    at: integer(row, 'at'),
    data: text(row, 'data'),
  };
}
