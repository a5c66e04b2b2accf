import { randomUUID } from 'node:crypto';
import { type Clock, readCursor, writeCursor } from '../../durable/index.js';
import { TEST_EVENT, testEventOf } from './cloud-event.js';
import { dueDelivery } from './delivery-fan-out.js';
import {
  deliveryNotFound,
  deliveryUnderWay,
  endpointDisabled,
  endpointNotFound,
  fieldInvalid,
} from '../push-errors.js';
import type { DeliveryRecord, DeliveryState, EndpointRecord, PushStore } from '../push-store.port.js';

/** One event for one endpoint. Times are ISO 8601. */
export interface DeliveryView {
  readonly id: string;
  /** The `webhook-id`, the same in every attempt and replay. */
  readonly eventId: string;
  readonly eventType: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: string | null;
  readonly createdAt: string;
  readonly settledAt: string | null;
}

export interface AttemptView {
  /** Counts from 1. A number is missing when the process died before it knew the attempt's result. */
  readonly attempt: number;
  readonly at: string;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly error: string | null;
}

export interface DeliveryDetails extends DeliveryView {
  /** The event in the form in which it is sent. */
  readonly event: unknown;
  readonly log: readonly AttemptView[];
}

/** Reads and repeats the deliveries of an endpoint. Every method may also throw StoreUnavailableError. */
export class DeliveryLog {
  constructor(
    private readonly store: PushStore,
    private readonly clock: Clock,
    private readonly source: () => string,
    /** Called when a delivery has become due. */
    private readonly onDue: () => void,
  ) {}

  /** Newest first. @throws PushError */
  async list(
    endpointId: string,
    filter: { readonly state?: DeliveryState | undefined } = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<{ readonly items: readonly DeliveryView[]; readonly next: string | null }> {
    await this.endpoint(endpointId);
    const { limit = 50, cursor } = page;
    const before = cursor === undefined ? undefined : endOf(cursor);
    const found = await this.store.listDeliveries({ endpointId, state: filter.state, limit: limit + 1, before });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(viewOf),
      next:
        found.length > limit && last !== undefined ? writeCursor({ at: last.createdAt, id: last.deliveryId }) : null,
    };
  }

  /** @throws PushError */
  async get(endpointId: string, deliveryId: string): Promise<DeliveryDetails> {
    const delivery = await this.found(endpointId, deliveryId);
    const log = (await this.store.attemptsOf(deliveryId)).map(({ attempt, at, durationMs, statusCode, error }) => ({
      attempt,
      at: new Date(at).toISOString(),
      durationMs,
      statusCode,
      error,
    }));
    return { ...viewOf(delivery), event: JSON.parse(delivery.body) as unknown, log };
  }

  /** Sends the same event again under the same id. The schedule of attempts starts again. @throws PushError */
  async replay(endpointId: string, deliveryId: string): Promise<DeliveryView> {
    await this.enabledEndpoint(endpointId);
    await this.found(endpointId, deliveryId);
    const replayed = await this.store.replayDelivery(endpointId, deliveryId, this.clock.now());
    if (replayed === null) throw deliveryUnderWay();
    this.onDue();
    return viewOf(replayed);
  }

  /** Sends a test event. The endpoint gets it whatever types it subscribes to. @throws PushError */
  async test(endpointId: string): Promise<DeliveryView> {
    await this.enabledEndpoint(endpointId);
    const now = this.clock.now();
    const eventId = `evt_test_${randomUUID()}`;
    const body = JSON.stringify(testEventOf(eventId, endpointId, this.source(), now));
    const delivery = dueDelivery({ endpointId, eventId, type: TEST_EVENT, body, now });
    await this.store.insertDelivery(delivery);
    this.onDue();
    return viewOf(delivery);
  }

  private async endpoint(endpointId: string): Promise<EndpointRecord> {
    const endpoint = await this.store.findEndpoint(endpointId);
    if (endpoint === null) throw endpointNotFound();
    return endpoint;
  }

  private async enabledEndpoint(endpointId: string): Promise<void> {
    if ((await this.endpoint(endpointId)).disabledAt !== null) throw endpointDisabled();
  }

  private async found(endpointId: string, deliveryId: string): Promise<DeliveryRecord> {
    await this.endpoint(endpointId);
    const delivery = await this.store.findDelivery(endpointId, deliveryId);
    if (delivery === null) throw deliveryNotFound();
    return delivery;
  }
}

function viewOf(delivery: DeliveryRecord): DeliveryView {
  const { deliveryId, eventId, eventType, state, attempts, lastStatus, lastError } = delivery;
  return {
    id: deliveryId,
    eventId,
    eventType,
    state,
    attempts,
    lastStatus,
    lastError,
    nextAttemptAt: isoOrNull(delivery.nextAttemptAt),
    createdAt: new Date(delivery.createdAt).toISOString(),
    settledAt: isoOrNull(delivery.settledAt),
  };
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** @throws PushError */
function endOf(cursor: string): { readonly createdAt: number; readonly deliveryId: string } {
  try {
    const { at, id } = readCursor(cursor);
    return { createdAt: at, deliveryId: id };
  } catch {
    throw fieldInvalid('cursor', 'isCursor', 'The cursor is not one this list gave out.');
  }
}
