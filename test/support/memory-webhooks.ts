import type {
  NewWebhook,
  ReceivedWebhook,
  ReceivedWebhooks,
  WebhookOutcome,
  WebhookPageRequest,
} from '../../src/payment-webhooks/received-webhook.port.js';

/** Received webhooks in memory; held to the same contract as the real ones. */
export class MemoryWebhooks implements ReceivedWebhooks {
  readonly rows = new Map<string, ReceivedWebhook>();

  keep(webhook: NewWebhook): Promise<void> {
    const known = this.rows.get(webhook.webhookId);
    const first = { ...webhook, deliveries: 0, settledAt: null, replays: [] };
    const { deliveries } = known ?? first;
    this.rows.set(webhook.webhookId, {
      ...(known ?? first),
      deliveries: deliveries + 1,
      lastReceivedAt: webhook.receivedAt,
    });
    return Promise.resolve();
  }

  settle({ webhookId, disposition, reason, settledAt, replay }: WebhookOutcome): Promise<void> {
    const known = this.rows.get(webhookId);
    if (known === undefined) return Promise.resolve();
    const replays = replay === undefined ? known.replays : [...known.replays, replay];
    const isFinal = known.disposition === 'accepted';
    this.rows.set(webhookId, { ...known, ...(isFinal ? {} : { disposition, reason }), settledAt, replays });
    return Promise.resolve();
  }

  find(webhookId: string): Promise<ReceivedWebhook | null> {
    return Promise.resolve(this.rows.get(webhookId) ?? null);
  }

  list({ disposition, source, orderId, limit, before }: WebhookPageRequest): Promise<ReceivedWebhook[]> {
    const found = [...this.rows.values()]
      .filter(
        (row) =>
          (disposition?.includes(row.disposition) ?? true) &&
          (source === undefined || source === row.source) &&
          (orderId === undefined || orderId === row.orderId) &&
          (before === undefined ||
            row.receivedAt < before.receivedAt ||
            (row.receivedAt === before.receivedAt && row.webhookId < before.webhookId)),
      )
      .sort((a, b) => b.receivedAt - a.receivedAt || (a.webhookId < b.webhookId ? 1 : -1));
    return Promise.resolve(found.slice(0, limit));
  }

  forget(lastReceivedBefore: number, limit: number): Promise<number> {
    const old = [...this.rows.values()].filter((row) => row.lastReceivedAt < lastReceivedBefore);
    const gone = old.sort((a, b) => a.lastReceivedAt - b.lastReceivedAt).slice(0, limit);
    for (const { webhookId } of gone) this.rows.delete(webhookId);
    return Promise.resolve(gone.length);
  }
}
