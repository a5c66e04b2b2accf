import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewWebhook, ReceivedWebhooks } from '../../src/payment-webhooks/received-webhook.port.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { MemoryWebhooks } from '../support/memory-webhooks.js';
import { startPostgres, type PostgresServer } from './postgres-server.js';

const aWebhook = (eventId: string, more: Partial<NewWebhook> = {}): NewWebhook => ({
  webhookId: `payments:${eventId}`,
  source: 'payments',
  eventId,
  type: 'payment.accepted',
  orderId: 'order-1',
  report: '{"type":"payment.accepted"}',
  body: '{"data":{}}',
  disposition: 'received',
  reason: null,
  receivedAt: 1_000,
  ...more,
});

function describeReceivedWebhooks(webhooks: () => ReceivedWebhooks): void {
  const settled = (eventId: string, disposition: 'accepted' | 'unknown_order', settledAt = 2_000) => ({
    webhookId: `payments:${eventId}`,
    disposition,
    reason: disposition === 'accepted' ? null : 'order_not_found',
    settledAt,
  });

  it('the first delivery of a webhook is kept unchanged, and later ones are counted', async () => {
    await webhooks().keep(aWebhook('first'));
    await webhooks().keep(aWebhook('first', { receivedAt: 1_500, body: '{"another":true}', orderId: 'order-2' }));
    expect(await webhooks().find('payments:first')).toEqual({
      ...aWebhook('first'),
      lastReceivedAt: 1_500,
      deliveries: 2,
      settledAt: null,
      replays: [],
    });
    expect(await webhooks().find('payments:none')).toBeNull();
  });

  it('a webhook stores its disposition, and "accepted" is final', async () => {
    await webhooks().keep(aWebhook('settled'));
    await webhooks().settle(settled('settled', 'unknown_order'));
    expect(await webhooks().find('payments:settled')).toMatchObject({
      disposition: 'unknown_order',
      reason: 'order_not_found',
    });
    await webhooks().settle(settled('settled', 'accepted', 3_000));
    await webhooks().settle(settled('settled', 'unknown_order', 4_000));
    expect(await webhooks().find('payments:settled')).toMatchObject({ disposition: 'accepted', reason: null });
  });

  it('concurrent deliveries and replays of a webhook are all recorded', async () => {
    const many = Array.from({ length: 40 }, (_, index) => index);
    await Promise.all(many.map((index) => webhooks().keep(aWebhook('many', { receivedAt: 1_000 + index }))));
    await Promise.all(
      many.map((at) =>
        webhooks().settle({
          ...settled('many', 'accepted'),
          replay: { at, by: 'anna', reason: null, disposition: 'accepted' },
        }),
      ),
    );
    const found = await webhooks().find('payments:many');
    expect(found?.deliveries).toBe(40);
    expect(found?.replays.map(({ at }) => at).sort((a, b) => a - b)).toEqual(many);
  });

  it('webhooks are listed newest first, in pages, by disposition, source and order', async () => {
    for (const index of [1, 2, 3])
      await webhooks().keep(aWebhook(`listed-${index}`, { orderId: 'listed', receivedAt: 5_000 }));
    const foreign = aWebhook('listed-4', { orderId: 'listed', receivedAt: 4_000, source: 'stripe' });
    await webhooks().keep(foreign);
    await webhooks().settle(settled('listed-2', 'unknown_order'));
    const ids = async (request: Parameters<ReceivedWebhooks['list']>[0]) =>
      (await webhooks().list({ orderId: 'listed', ...request })).map(({ eventId }) => eventId);
    expect(await ids({ limit: 10 })).toEqual(['listed-3', 'listed-2', 'listed-1', 'listed-4']);
    expect(await ids({ limit: 1, before: { receivedAt: 5_000, webhookId: 'payments:listed-2' } })).toEqual([
      'listed-1',
    ]);
    expect(await ids({ limit: 10, disposition: ['unknown_order', 'refused'] })).toEqual(['listed-2']);
    expect(await ids({ limit: 10, disposition: [] })).toEqual([]);
    expect(await ids({ limit: 10, source: 'stripe' })).toEqual(['listed-4']);
    expect(await ids({ limit: 10, orderId: 'nobody' })).toEqual([]);
  });

  it('webhooks that were last received before a time are deleted, the oldest first', async () => {
    for (const index of [1, 2, 3]) await webhooks().keep(aWebhook(`old-${index}`, { receivedAt: index }));
    await webhooks().keep(aWebhook('old-1', { receivedAt: 900 }));
    expect(await webhooks().forget(10, 1)).toBe(1);
    expect(await webhooks().find('payments:old-2')).toBeNull();
    expect(await webhooks().forget(10, 10)).toBe(1);
    expect(await webhooks().find('payments:old-3')).toBeNull();
    expect(await webhooks().find('payments:old-1')).not.toBeNull();
  });
}

describe('received webhooks in memory', () => {
  const webhooks = new MemoryWebhooks();
  describeReceivedWebhooks(() => webhooks);
});

describe('received webhooks on SQLite', () => {
  let folder: string;
  let opened: OpenStore;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'received-webhooks-'));
    opened = await createStore({ type: 'sqlite', path: join(folder, 'orders.db') });
  });
  afterAll(async () => {
    await opened.close();
    await rm(folder, { recursive: true });
  });
  describeReceivedWebhooks(() => opened.received);

  it('received webhooks survive reopening the database', async () => {
    await opened.received.keep(aWebhook('durable'));
    await opened.close();
    await expect(opened.received.keep(aWebhook('late'))).rejects.toMatchObject({ code: 'store_unavailable' });
    opened = await createStore({ type: 'sqlite', path: join(folder, 'orders.db') });
    expect(await opened.received.find('payments:durable')).not.toBeNull();
    expect(await opened.received.find('payments:late')).toBeNull();
  });
});

describe('received webhooks on PostgreSQL', () => {
  let server: PostgresServer;
  let opened: OpenStore;
  beforeAll(async () => {
    server = await startPostgres();
    opened = await createStore({ type: 'postgres', url: server.url });
  });
  afterAll(async () => {
    await opened.close();
    await server.stop();
  });
  describeReceivedWebhooks(() => opened.received);
});
