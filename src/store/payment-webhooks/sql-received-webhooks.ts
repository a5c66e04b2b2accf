/** Stores received payment webhooks in a SQL database. */
import {
  WEBHOOK_DISPOSITIONS,
  WEBHOOK_SOURCES,
  type NewWebhook,
  type ReceivedWebhook,
  type ReceivedWebhooks,
  type WebhookOutcome,
  type WebhookPageRequest,
  type WebhookReplay,
} from '../../payment-webhooks/received-webhook.port.js';
import type { Row, SqlDatabase } from '../database/database.port.js';
import { KeyedWrites } from '../database/keyed-writes.js';
import { integer, nullableInteger, nullableText, oneOf, text } from '../database/row-reader.js';
import { NEW_WEBHOOK_FIELDS } from './received-webhook-columns.js';
import * as sql from './received-webhook-statements.js';

export class SqlReceivedWebhooks implements ReceivedWebhooks {
  readonly #writes: KeyedWrites;

  constructor(private readonly database: SqlDatabase) {
    this.#writes = new KeyedWrites(database);
  }

  keep(webhook: NewWebhook): Promise<void> {
    const parameters = [...NEW_WEBHOOK_FIELDS.map((field) => webhook[field]), webhook.receivedAt];
    return this.#writes.begin(webhook.webhookId, webhook.body.length, async (run) => {
      await run(sql.KEEP_WEBHOOK, parameters);
    });
  }

  settle({ webhookId, disposition, reason, settledAt, replay }: WebhookOutcome): Promise<void> {
    return this.#writes.write(webhookId, 0, async (run) => {
      // This statement comes first, because on PostgreSQL it locks the row whose replays change next.
      await run(sql.SETTLE_WEBHOOK, [disposition, reason, settledAt, webhookId]);
      if (replay === undefined) return;
      const [row] = await run(sql.REPLAYS_OF_WEBHOOK, [webhookId]);
      if (row === undefined) return;
      await run(sql.SET_REPLAYS, [JSON.stringify([...replaysOf(row), replay]), webhookId]);
    });
  }

  async find(webhookId: string): Promise<ReceivedWebhook | null> {
    const [row] = await this.database.read(sql.FIND_WEBHOOK, [webhookId]);
    return row === undefined ? null : webhookOf(row);
  }

  async list(request: WebhookPageRequest): Promise<ReceivedWebhook[]> {
    const { sql: select, parameters } = sql.listWebhooks(request);
    return (await this.database.read(select, parameters)).map(webhookOf);
  }

  async forget(lastReceivedBefore: number, limit: number): Promise<number> {
    return (await this.database.write(sql.FORGET_WEBHOOKS, [lastReceivedBefore, limit])).length;
  }
}

function webhookOf(row: Row): ReceivedWebhook {
  return {
    webhookId: text(row, 'webhookId'),
    source: oneOf(row, 'source', WEBHOOK_SOURCES),
    eventId: text(row, 'eventId'),
    type: text(row, 'type'),
    orderId: nullableText(row, 'orderId'),
    report: nullableText(row, 'report'),
    body: text(row, 'body'),
    disposition: oneOf(row, 'disposition', WEBHOOK_DISPOSITIONS),
    reason: nullableText(row, 'reason'),
    receivedAt: integer(row, 'receivedAt'),
    lastReceivedAt: integer(row, 'lastReceivedAt'),
    deliveries: integer(row, 'deliveries'),
    settledAt: nullableInteger(row, 'settledAt'),
    replays: replaysOf(row),
  };
}

function replaysOf(row: Row): WebhookReplay[] {
  return JSON.parse(text(row, 'replays')) as WebhookReplay[]; // only `settle` writes it
}
