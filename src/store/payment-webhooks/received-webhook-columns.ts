import type { NewWebhook, ReceivedWebhook } from '../../payment-webhooks/received-webhook.port.js';

/** Column of each field, in the order of the table. */
export const WEBHOOK_COLUMNS = {
  webhookId: 'webhook_id',
  source: 'source',
  eventId: 'event_id',
  type: 'type',
  orderId: 'order_id',
  report: 'report',
  body: 'body',
  disposition: 'disposition',
  reason: 'reason',
  receivedAt: 'received_at',
  lastReceivedAt: 'last_received_at',
  deliveries: 'deliveries',
  settledAt: 'settled_at',
  replays: 'replays',
} as const satisfies Record<keyof ReceivedWebhook, string>;

/** Fields of a new delivery, in the order of the INSERT's parameters. */
export const NEW_WEBHOOK_FIELDS = [
  'webhookId',
  'source',
  'eventId',
  'type',
  'orderId',
  'report',
  'body',
  'disposition',
  'reason',
  'receivedAt',
] as const satisfies readonly (keyof NewWebhook)[];
