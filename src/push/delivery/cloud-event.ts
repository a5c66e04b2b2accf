import { INTEGRATION_EVENTS, type IntegrationEventType } from '../../orders/integration-events.js';
import type { OutboxRecord } from '../../durable/index.js';

/** Type of the event that an operator sends to try out an endpoint. */
export const TEST_EVENT = 'webhook.test';

/** Types of events to which an endpoint may subscribe, each with its meaning. */
export const EVENT_TYPES: Readonly<Record<IntegrationEventType, string>> = INTEGRATION_EVENTS;

/**
 * CloudEvents 1.0 in structured JSON (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
 * `source` and `id` together identify the event. They are the same for every receiver and never change.
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

/** The id contains no dot, because dots separate the parts of the signed text. */
export const eventIdOf = (message: OutboxRecord): string => `evt_${message.messageId}`;

/** Makes the event of a message from the outbox. */
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
