import { Webhook } from 'standardwebhooks';
import { StoreUnavailableError } from '../../durable/index.js';
import { HttpRig, TOTAL } from '../../../test/support/http-rig.js';

const SECRET = `whsec_${Buffer.from('s'.repeat(32)).toString('base64')}`;
const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

interface Received {
  readonly id: string;
  readonly disposition: string;
  readonly deliveries: number;
  readonly replays: readonly object[];
}

describe('received payment webhooks', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ http: { webhookSecrets: [SECRET] } })));
  afterAll(() => rig.close());

  const deliver = (eventId: string, orderId: string, more: object = {}) => {
    const at = new Date();
    const body = JSON.stringify({
      type: 'payment.accepted',
      timestamp: at.toISOString(),
      data: { paymentId: 'pay-1', orderId, amount: TOTAL, ...more },
    });
    return rig.request
      .post('/webhooks/payments')
      .type('json')
      .set('webhook-id', eventId)
      .set('webhook-timestamp', String(Math.floor(at.getTime() / 1_000)))
      .set('webhook-signature', new Webhook(SECRET).sign(eventId, at, body))
      .send(body);
  };
  const received = async (query = ''): Promise<Received[]> => {
    const answer = await rig.request.get(`/webhooks/payments/received${query}`).expect(200);
    return (answer.body as { items: Received[] }).items; // the contract of the route
  };
  const replay = (id: string, body: object = {}) =>
    rig.request.post(`/webhooks/payments/received/${encodeURIComponent(id)}/replay`).send(body);

  it('are stored once each, with their order, their report, their result and the count of deliveries', async () => {
    const id = await rig.payableOrder();
    for (let time = 0; time < 3; time += 1) await deliver('msg-once', id).expect(200);
    expect(await received(`?orderId=${id}`)).toEqual([
      {
        id: 'payments:msg-once',
        source: 'payments',
        eventId: 'msg-once',
        type: 'payment.accepted',
        orderId: id,
        report: { type: 'payment.accepted', orderId: id, paymentId: 'pay-1', amount: TOTAL },
        disposition: 'accepted',
        reason: null,
        receivedAt: expect.any(String) as string,
        lastReceivedAt: expect.any(String) as string,
        deliveries: 3,
        settledAt: expect.any(String) as string,
        replays: [],
      },
    ]);
  });

  it('are stored with a redacted body', async () => {
    await deliver('msg-personal', UNKNOWN, { email: 'greta@example.com', card: { number: '4242', last4: '4242' } });
    const answer = await rig.request.get('/webhooks/payments/received/payments%3Amsg-personal').expect(200);
    expect(answer.text).not.toMatch(/greta@example|last4":"4242/);
    expect(answer.body).toMatchObject({ body: { data: { paymentId: 'pay-1', email: '[redacted]' } } });
  });

  it('are stored too when no order has the id, and when the signed body is nonsense', async () => {
    await deliver('msg-unknown', UNKNOWN).expect(202);
    await deliver('msg-nonsense', UNKNOWN, { amount: 'much' }).expect(400);
    const open = await received('?disposition=unknown_order&disposition=invalid');
    const byId = Object.fromEntries(open.map(({ id, disposition }) => [id, disposition]));
    expect(byId).toMatchObject({ 'payments:msg-unknown': 'unknown_order', 'payments:msg-nonsense': 'invalid' });
  });

  it('stay `received` while the order could not be told, until a later delivery reaches it (G6)', async () => {
    const id = await rig.payableOrder();
    rig.store.faults.push('unavailable');
    await deliver('msg-away', id).expect(503);
    expect(await received(`?orderId=${id}`)).toMatchObject([{ disposition: 'received', deliveries: 1 }]);
    await deliver('msg-away', id).expect(200);
    expect(await received(`?orderId=${id}`)).toMatchObject([{ disposition: 'accepted', deliveries: 2 }]);
  });

  it('have one effect when their result could not be stored, and the next delivery stores it (G6)', async () => {
    const id = await rig.payableOrder();
    jest.spyOn(rig.webhooks, 'settle').mockRejectedValueOnce(new StoreUnavailableError('away'));
    await deliver('msg-unnoted', id).expect(503);
    await deliver('msg-unnoted', id).expect(200, { result: 'accepted' });
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    expect(rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.received')).toHaveLength(1);
    expect(await received(`?orderId=${id}`)).toMatchObject([{ disposition: 'accepted', deliveries: 2 }]);
  });

  it('reach no order before they are stored (G6)', async () => {
    const id = await rig.payableOrder();
    jest.spyOn(rig.webhooks, 'keep').mockRejectedValueOnce(new StoreUnavailableError('away'));
    await deliver('msg-unstored', id).expect(503);
    expect(rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.received')).toEqual([]);
    expect(await received(`?orderId=${id}`)).toEqual([]);
    await deliver('msg-unstored', id).expect(200, { result: 'accepted' });
  });

  it('are replayed by an operator, which is on record and does not change an order that took them (G6)', async () => {
    const id = await rig.payableOrder();
    rig.store.faults.push('unavailable');
    await deliver('msg-replay', id).expect(503);
    for (const reason of ['the process had died', 'to be sure']) {
      const answer = await replay('payments:msg-replay', { reason }).expect(202);
      expect(answer.body).toMatchObject({ id: 'payments:msg-replay', disposition: 'accepted' });
    }
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    expect(rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.received')).toHaveLength(1);
    const [webhook] = await received(`?orderId=${id}`);
    expect(webhook?.replays).toEqual([
      { at: expect.any(String) as string, by: 'anonymous', reason: 'the process had died', disposition: 'accepted' },
      { at: expect.any(String) as string, by: 'anonymous', reason: 'to be sure', disposition: 'accepted' },
    ]);
  });

  it('are not replayed when the id is unknown, or when they hold nothing for an order', async () => {
    await deliver('msg-empty', UNKNOWN, { amount: 'much' }).expect(400);
    expect((await replay('payments:msg-empty').expect(409)).body).toMatchObject({ code: 'webhook_not_replayable' });
    for (const id of ['payments:none', 'none', '']) expect([id, (await replay(id)).status]).toEqual([id, 404]);
    await replay('payments:\u0000').expect(400);
    await replay('payments:msg-empty', { reason: 'x', force: true }).expect(400);
  });

  it('are listed newest first in pages', async () => {
    const all = await received('?limit=100');
    const pages: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const answer = await rig.request.get(`/webhooks/payments/received?limit=2${query}`).expect(200);
      const page = answer.body as { items: Received[]; next: string | null }; // the contract of the route
      pages.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(pages).toEqual(all.map(({ id }) => id));
    for (const wrong of [
      '?cursor=nonsense',
      '?disposition=lost',
      '?source=paypal',
      '?orderId=1',
      '?limit=0',
      '?who=me',
    ])
      expect([wrong, (await rig.request.get(`/webhooks/payments/received${wrong}`)).status]).toEqual([wrong, 400]);
  });
});
