/**
 * Claims due deliveries up to each endpoint's concurrency, sends them, and records the results.
 *
 * It delivers at least once. When a process dies between sending and recording, its claim expires. Another process then
 * sends the same bytes again under the same `webhook-id`.
 * A full endpoint claims nothing, and its waiting deliveries delay no other endpoint.
 * Others decide when to look (outbox-relay.ts) and what is sent (delivery-fan-out.ts).
 */
import { randomUUID } from 'node:crypto';
import type { Clock, DurableLogger } from '../../durable/index.js';
import { CLOUD_EVENT_MEDIA_TYPE } from './cloud-event.js';
import { nextAttemptAt } from './delivery-schedule.js';
import type { WebhookOptions } from '../push-options.js';
import type { DeliveryRecord, EndpointRecord, PushStore } from '../push-store.port.js';
import type { Outgoing, SendResult } from './webhook-sender.js';
import { signed } from './webhook-signature.js';

export interface DispatcherOptions {
  readonly store: PushStore;
  readonly clock: Clock;
  readonly logger: DurableLogger;
  readonly webhooks: WebhookOptions;
  readonly send: (outgoing: Outgoing, stop: AbortSignal) => Promise<SendResult>;
  /** Called when an endpoint has room again. */
  readonly onRoom: () => void;
}

/** https://datatracker.ietf.org/doc/html/rfc9110#section-15.5.11: gone for good; Standard Webhooks: disable the endpoint. */
const GONE = 410;
/** Time for recording a result. A claim lasts for this and the attempt's time limit. */
const MARGIN_MS = 5_000;

export class DeliveryDispatcher {
  private readonly underWay = new Map<string, number>();
  private readonly sending = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly options: DispatcherOptions) {}

  /** Claims the due deliveries that have room, and begins to send them. @throws StoreUnavailableError */
  async dispatch(): Promise<void> {
    const { store, clock } = this.options;
    for (const endpoint of await store.endpointsWithDue(clock.now())) await this.claimOf(endpoint);
  }

  /** Lets running attempts end within `graceMs`, then aborts them. An aborted delivery is due again at once. */
  async stop(graceMs: number): Promise<void> {
    const late = this.options.clock.after(graceMs, () => this.stopping.abort());
    while (this.sending.size > 0) await Promise.all(this.sending);
    late();
    this.stopping.abort();
  }

  private async claimOf(endpoint: EndpointRecord): Promise<void> {
    const { store, clock, webhooks } = this.options;
    const { endpointId } = endpoint;
    const room = webhooks.concurrency - (this.underWay.get(endpointId) ?? 0);
    if (room <= 0 || this.stopping.signal.aborted) return;
    const now = clock.now();
    const claim = randomUUID();
    const leaseUntil = now + webhooks.timeoutMs + MARGIN_MS;
    const claimed = await store.claimDeliveries({ endpointId, now, limit: room, claim, leaseUntil });
    for (const delivery of claimed) {
      this.underWay.set(endpointId, (this.underWay.get(endpointId) ?? 0) + 1);
      const sending = this.deliver(endpoint, delivery, claim).finally(() => {
        this.sending.delete(sending);
        const left = (this.underWay.get(endpointId) ?? 1) - 1;
        if (left > 0) this.underWay.set(endpointId, left);
        else this.underWay.delete(endpointId);
        this.options.onRoom();
      });
      this.sending.add(sending);
    }
  }

  /** Never rejects. A delivery without a recorded result is sent again when the claim expires. */
  private async deliver(endpoint: EndpointRecord, delivery: DeliveryRecord, claim: string): Promise<void> {
    const { clock, send, logger } = this.options;
    const { deliveryId } = delivery;
    try {
      const at = clock.now();
      const headers = signed(endpoint.secrets, { id: delivery.eventId, body: delivery.body }, at);
      const outgoing = {
        url: endpoint.url,
        headers: { ...headers, 'content-type': CLOUD_EVENT_MEDIA_TYPE },
        body: delivery.body,
      };
      const result = await send(outgoing, this.stopping.signal);
      await this.record(delivery, claim, at, result);
    } catch (error) {
      logger.warn({ deliveryId, err: error }, 'the result of a webhook delivery could not be recorded');
    }
  }

  private async record(delivery: DeliveryRecord, claim: string, at: number, result: SendResult): Promise<void> {
    const { store, clock, logger, webhooks } = this.options;
    const { deliveryId, endpointId, attempts, tries } = delivery;
    const { statusCode, error } = result;
    const now = clock.now();
    const next = this.nextOf(result, tries, now);
    const state = error === null ? 'delivered' : next === null ? 'failed' : 'pending';
    const recorded = await store.recordAttempt({
      claim,
      attempt: { deliveryId, attempt: attempts, at, durationMs: now - at, statusCode, error },
      endpointId,
      state,
      nextAttemptAt: next,
      health: error === null ? 'well' : error === 'stopped' ? 'unknown' : 'failing',
    });
    if (!recorded) logger.warn({ deliveryId }, 'a webhook delivery took so long that another process sends it too');
    if (error === null) return;
    logger.info(
      { deliveryId, attempt: attempts, statusCode, error, nextAttemptAt: next },
      'a webhook was not delivered',
    );
    if (statusCode === GONE) await this.disable(endpointId, 'gone');
    else if (state === 'failed' && (await this.failingFor(endpointId, now)) >= webhooks.disableAfterMs) {
      await this.disable(endpointId, 'failing');
    }
  }

  private nextOf({ statusCode, error }: SendResult, tries: number, now: number): number | null {
    if (error === null || statusCode === GONE) return null;
    return error === 'stopped' ? now : nextAttemptAt(this.options.webhooks.retryScheduleMs, tries, now);
  }

  private async failingFor(endpointId: string, now: number): Promise<number> {
    const endpoint = await this.options.store.findEndpoint(endpointId);
    return endpoint?.failingSince == null ? 0 : now - endpoint.failingSince;
  }

  private async disable(endpointId: string, reason: 'gone' | 'failing'): Promise<void> {
    const { store, clock, logger } = this.options;
    if (await store.disableEndpoint(endpointId, reason, clock.now())) {
      logger.error(
        { endpointId, reason },
        'a webhook endpoint was disabled: it is told nothing until somebody enables it',
      );
    }
  }
}
