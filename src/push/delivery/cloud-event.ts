import { INTEGRATION_EVENTS, type IntegrationEventType } from '../../orders/integration-events.js';
import type { OutboxRecord } from '../../durable/index.js';

/** Sent by hand, to see whether an endpoint takes what is sent. */
export const TEST_EVENT = 'webhook.test';

/** What an endpoint may subscribe to, and what it means. */
export const EVENT_TYPES: Readonly<Record<IntegrationEventType, string>> = INTEGRATION_EVENTS;

/**
 * CloudEvents 1.0 in structured JSON (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
 * `source` and `id` name the event, for ever and for every receiver.
 */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject?: string;
  /** ISO 8601. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  readonly data: Readonly<Record<string, unknown>>;
}

export const CLOUD_EVENT_MEDIA_TYPE = 'application/cloudevents+json; charset=utf-8';

/** The id has no dot, which the signature's text uses between its parts. */
export const eventIdOf = (message: OutboxRecord): string => `evt_${message.messageId}`;

/** An order's announcement. */
export function cloudEventOf(message: OutboxRecord, source: string): CloudEvent {
  return {
    specversion: '1.0',
    id: eventIdOf(message),
    source,
    type: message.type,
    subject: message.actorId,
    time: new Date(message.at).toISOString(),
    datacontenttype: 'application/json',
    data: JSON.parse(message.data) as CloudEvent['data'], // an object, by the outbox's contract
  };
}

export function testEventOf(id: string, endpointId: string, source: string, now: number): CloudEvent {
  return {
    specversion: '1.0',
    id,
    source,
    type: TEST_EVENT,
    subject: endpointId,
    time: new Date(now).toISOString(),
    datacontenttype: 'application/json',
    data: { endpointId, message: 'A test, sent by hand. Nothing happened to any order.' },
  };
}
