import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Page, readCursor, type Redactor, redactKeys, writeCursor } from '../durable/index.js';
import { CursorInvalidError, OrderEndedError, OrderNotFoundError } from '../orders/order-errors.js';
import { ORDER_REDACTOR } from '../orders/redaction/order-redaction.js';
import { OrderIncidents } from '../orders/order-incidents.js';
import { OrderService } from '../orders/order.service.js';
import { OrderQueries } from '../orders/order-queries.js';
import type { PaymentNote, PaymentReport } from './payment-report.js';
import {
  RECEIVED_WEBHOOKS,
  type ReceivedWebhook,
  type ReceivedWebhooks,
  type WebhookDisposition,
  type WebhookPageRequest,
  type WebhookSource,
} from './received-webhook.port.js';

/** A webhook with a valid signature. */
export interface VerifiedWebhook {
  readonly source: WebhookSource;
  /** 1 to 200 visible ASCII characters. */
  readonly eventId: string;
  readonly type: string;
  /** The parsed body, or its length when it cannot be parsed. */
  readonly body: unknown;
  /** Id of the order that it names, in lower case; null when it names none, or a text that is no order's id. */
  readonly orderId: string | null;
  /** Null: the webhook has nothing for an order. */
  readonly report: PaymentReport | null;
  /** Says why there is no report. */
  readonly unread?: { readonly disposition: 'noted' | 'ignored' | 'invalid'; readonly reason: string };
}

/** `reason` is a stable code. */
export interface WebhookResult {
  readonly disposition: WebhookDisposition;
  readonly reason: string | null;
}

/** Hides what providers say about customers and orders do not know. */
const hideCustomers: Redactor = redactKeys([
  ...['name', 'line1', 'line2', 'receipt_email', 'receipt_url', 'receipt_number', 'last4', 'fingerprint', 'ip'],
  ...['description', 'statement_descriptor', 'hosted_invoice_url', 'url', 'dynamic_last4', 'network_transaction_id'],
]);

/**
 * Receives what payment providers report. It stores a webhook, then tells its order, then stores the result.
 *
 * When the process dies:
 * - before the order was told: the provider gets no answer and delivers again. Until then the operator sees `received`.
 * - after the order was told: the provider delivers again too. The event's key in the order's transaction deduplicates.
 */
@Injectable()
export class PaymentInbox {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly orders: OrderService,
    private readonly queries: OrderQueries,
    private readonly incidents: OrderIncidents,
    @Inject(ORDER_REDACTOR) private readonly redact: Redactor,
    @Inject(RECEIVED_WEBHOOKS) private readonly webhooks: ReceivedWebhooks,
  ) {}

  /** The webhook and its result are durable when this resolves. @throws StoreUnavailableError @throws DrainingError */
  async receive(webhook: VerifiedWebhook): Promise<WebhookResult> {
    const { source, eventId, type, unread } = webhook;
    const { orderId, report } = await this.withOrder(webhook);
    const webhookId = `${source}:${eventId}`;
    await this.webhooks.keep({
      webhookId,
      source,
      eventId,
      type,
      orderId,
      report: report === null ? null : JSON.stringify(report),
      body: JSON.stringify(hideCustomers(this.redact(webhook.body))),
      disposition: 'received',
      reason: null,
      receivedAt: Date.now(),
    });
    const result =
      unread ??
      (webhook.report !== null && report === null
        ? ({ disposition: 'ignored', reason: 'order_id_missing' } as const)
        : await this.deliver({ webhookId, source, eventId, orderId, report }));
    await this.webhooks.settle({ webhookId, ...result, settledAt: Date.now() });
    return result;
  }

  /**
   * Delivers a stored webhook to its order again. An order that took it does nothing, because the event's key is the same.
   * @returns the webhook afterwards; `nothing_to_deliver` when no order acts on it; null when the id is unknown.
   */
  async replay(
    webhookId: string,
    { by, reason }: { readonly by: string; readonly reason: string | null },
  ): Promise<ReceivedWebhook | 'nothing_to_deliver' | null> {
    const webhook = await this.webhooks.find(webhookId);
    if (webhook === null) return null;
    if (webhook.report === null) return 'nothing_to_deliver';
    const report = JSON.parse(webhook.report) as PaymentReport; // written by `receive`
    const result = await this.deliver({ ...webhook, report });
    const at = Date.now();
    const replay = { at, by, reason, disposition: result.disposition };
    await this.webhooks.settle({ webhookId, ...result, settledAt: at, replay });
    this.logger.log(`${by} replayed webhook ${webhookId}: ${result.disposition}`);
    return this.webhooks.find(webhookId);
  }

  /** Newest first. @throws CursorInvalidError */
  async list(
    filter: Pick<WebhookPageRequest, 'disposition' | 'source' | 'orderId'>,
    { limit = 50, cursor }: { readonly limit?: number | undefined; readonly cursor?: string | undefined },
  ): Promise<Page<ReceivedWebhook>> {
    const before = cursor === undefined ? undefined : endOf(cursor);
    const found = await this.webhooks.list({ ...filter, limit: limit + 1, before });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      next:
        found.length > limit && last !== undefined ? writeCursor({ at: last.receivedAt, id: last.webhookId }) : null,
    };
  }

  find(webhookId: string): Promise<ReceivedWebhook | null> {
    return this.webhooks.find(webhookId);
  }

  /**
   * Finds the order of a report that names only a payment: the order that asked for the payment. A payment that no order
   * asked for belongs to another shop.
   */
  private async withOrder({ orderId, report }: VerifiedWebhook): Promise<Pick<VerifiedWebhook, 'orderId' | 'report'>> {
    if (report === null || report.orderId !== null) return { orderId, report };
    const known = await this.queries.ofPayment(report.paymentId);
    return known === null ? { orderId: null, report: null } : { orderId: known, report: { ...report, orderId: known } };
  }

  private async deliver(
    webhook: Pick<ReceivedWebhook, 'webhookId' | 'source' | 'eventId' | 'orderId'> & {
      readonly report: PaymentReport | null;
    },
  ): Promise<WebhookResult> {
    const { report, orderId } = webhook;
    if (report === null) return { disposition: 'ignored', reason: null };
    if (report.type === 'payment.refunded' || report.type === 'payment.declined') {
      return { disposition: 'noted', reason: null };
    }
    try {
      if (orderId === null) throw new OrderNotFoundError(report.orderId ?? '');
      await this.tell(orderId, report, eventKeyOf(webhook));
      return { disposition: 'accepted', reason: null };
    } catch (error) {
      if (error instanceof OrderEndedError) return { disposition: 'refused', reason: error.code };
      if (!(error instanceof OrderNotFoundError)) throw error;
      await this.reportUnknownOrder(webhook.webhookId, report);
      return { disposition: 'unknown_order', reason: error.code };
    }
  }

  private tell(orderId: string, report: Exclude<PaymentReport, PaymentNote>, key: string | undefined) {
    const { paymentId } = report;
    return report.type === 'payment.accepted'
      ? this.orders.acceptPayment(orderId, { paymentId, amount: report.amount }, key)
      : this.orders.rejectPayment(orderId, { paymentId, reason: report.reason ?? undefined }, key);
  }

  /** Opens an incident, because money may have been taken for an order that does not exist. */
  private async reportUnknownOrder(webhookId: string, report: PaymentReport): Promise<void> {
    const { type, orderId, paymentId } = report;
    const message = `Webhook ${webhookId} names payment ${paymentId} of an order that is not there.`;
    this.logger.warn(`${message} ${type} of ${orderId ?? 'no order'}`);
    await this.incidents.reportUnknown({
      id: orderId ?? paymentId,
      key: webhookId,
      code: type,
      message,
      data: { webhookId, report },
    });
  }
}

/**
 * Returns the key that deduplicates an event within its order. Stripe reports one success by several events, so its
 * events have no key here. The order service makes one of type, payment and amount.
 */
function eventKeyOf({ source, eventId }: Pick<ReceivedWebhook, 'source' | 'eventId'>): string | undefined {
  return source === 'payments' ? `webhook:${eventId}` : undefined;
}

/** @throws CursorInvalidError */
function endOf(cursor: string): { readonly receivedAt: number; readonly webhookId: string } {
  try {
    const { at, id } = readCursor(cursor);
    return { receivedAt: at, webhookId: id };
  } catch (cause) {
    throw new CursorInvalidError({ cause });
  }
}
