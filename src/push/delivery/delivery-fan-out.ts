import type { OutboxRecord } from '../../durable/index.js';
import { cloudEventOf, eventIdOf } from './cloud-event.js';
import type { DeliveryRecord, EndpointRecord } from '../push-store.port.js';

/** Whether the endpoint subscribes to events of this type. */
const wants = ({ events }: EndpointRecord, type: string): boolean => events.length === 0 || events.includes(type);

/**
 * Makes one delivery for each message and subscribed endpoint, due at once.
 * The delivery's id consists of the endpoint's id and the event's id, so a second fan-out adds nothing.
 */
export function fanOut(
  messages: readonly OutboxRecord[],
  endpoints: readonly EndpointRecord[],
  source: string,
  now: number,
): DeliveryRecord[] {
  return messages.flatMap((message) => {
    const body = JSON.stringify(cloudEventOf(message, source));
    return endpoints
      .filter((endpoint) => wants(endpoint, message.type))
      .map(({ endpointId }) => dueDelivery({ endpointId, eventId: eventIdOf(message), type: message.type, body, now }));
  });
}

export function dueDelivery(of: {
  readonly endpointId: string;
  readonly eventId: string;
  readonly type: string;
  readonly body: string;
  readonly now: number;
}): DeliveryRecord {
  const { endpointId, eventId, type, body, now } = of;
  return {
    deliveryId: `${endpointId}.${eventId}`,
    endpointId,
    eventId,
    eventType: type,
    body,
    state: 'pending',
    attempts: 0,
    tries: 0,
    nextAttemptAt: now,
    createdAt: now,
    settledAt: null,
    lastStatus: null,
    lastError: null,
  };
}
