import { DurableHarness } from '../durable/testing.js';
import { MemoryWebhooks } from '../../test/support/memory-webhooks.js';
import { WebhookPruner } from './webhook-pruner.js';

const DAY_MS = 86_400_000;

describe('received webhooks', () => {
  it('are removed so many days after their last delivery, however many there are', async () => {
    const harness = await DurableHarness.start({ register: () => null });
    const webhooks = new MemoryWebhooks();
    const keep = (eventId: string, receivedAt: number) =>
      webhooks.keep({
        webhookId: `payments:${eventId}`,
        source: 'payments',
        eventId,
        type: 'payment.accepted',
        orderId: null,
        report: null,
        body: '{}',
        disposition: 'received',
        reason: null,
        receivedAt,
      });
    const now = harness.clock.now();
    for (let index = 0; index < 1_200; index += 1) await keep(`old-${index}`, now - 90 * DAY_MS - 1);
    await keep('old-1', now - 90 * DAY_MS);
    await keep('young', now);
    expect(await new WebhookPruner(webhooks, 90, harness.runtime).prune()).toBe(1_199);
    expect([...webhooks.rows.keys()]).toEqual(['payments:old-1', 'payments:young']);
    await harness.stop();
  });
});
