import { CART, HttpRig, PUBLIC_URL, TOTAL } from '../../../../test/support/http-rig.js';
import { waitUntil } from '../../../../test/support/wait-until.js';
import { fromActivity } from '../../../durable/index.js';
import type { OrderActivities } from '../../machine/order/order-activities.js';
import type { CartLine } from '../../machine/order/order-model.js';

const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const PROBLEM = /^application\/problem\+json/;

describe('placing an order', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('answers 202 with absolute links to the order, where to look and when', async () => {
    const answer = await rig.request.post(`/order/start/${CART}`).expect(202);
    const { id } = answer.body as { id: string };
    expect(answer.body).toEqual({
      id,
      statusQueryGetUri: `${PUBLIC_URL}/order/${id}/status`,
      sendEventPostUri: `${PUBLIC_URL}/order/${id}/events/{eventName}`,
      terminatePostUri: `${PUBLIC_URL}/order/${id}/terminate`,
      suspendPostUri: `${PUBLIC_URL}/order/${id}/suspend`,
      resumePostUri: `${PUBLIC_URL}/order/${id}/resume`,
      restartPostUri: `${PUBLIC_URL}/order/${id}/restart`,
      purgeHistoryDeleteUri: `${PUBLIC_URL}/order/${id}`,
    });
    expect(answer.headers).toMatchObject({ location: `${PUBLIC_URL}/order/${id}/status`, 'retry-after': '1' });
    await rig.request.get(`/order/${id}/status`).expect(200);
  });

  it('takes userId and correlationId, and makes up what is missing', async () => {
    const given = await rig.request.post(`/order/start/${CART}`).send({ userId: 'u-1', correlationId: 'c-1' });
    const missing = await rig.request.post(`/order/start/${CART}`).send({ userId: null });
    const read = async (id: string) => (await rig.request.get(`/order/${id}`)).body as Record<string, unknown>;
    expect(await read((given.body as { id: string }).id)).toMatchObject({ userId: 'u-1', correlationId: 'c-1' });
    expect(await read((missing.body as { id: string }).id)).toMatchObject({
      userId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      sessionId: CART,
    });
  });

  it.each(['00000000-0000-0000-0000-000000000000', 'no-guid', `${CART}0`])('refuses the cart %s', async (cart) => {
    const answer = await rig.request.post(`/order/start/${cart}`).expect(400).expect('content-type', PROBLEM);
    expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field: 'sessionId', rule: 'isGuid' }] });
  });

  it.each([
    [{ userId: '' }, 'userId', 'matches'],
    [{ correlationId: 'line\nbreak' }, 'correlationId', 'matches'],
    [{ userId: 7 }, 'userId', 'matches'],
    [{ price: 0 }, 'price', 'whitelistValidation'],
    [[], 'body', 'isObject'],
  ])('refuses the body %j and says which field breaks which rule', async (body, field, rule) => {
    const answer = await rig.request.post(`/order/start/${CART}`).send(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field, rule }] });
  });

  it('refuses bodies that are no JSON, too large, or of another type, each with its status', async () => {
    const post = () => rig.request.post(`/order/start/${CART}`);
    const bad = await post().type('json').send('{"userId":').expect(400).expect('content-type', PROBLEM);
    expect(bad.body).toMatchObject({ code: 'body_malformed', detail: 'The body is not valid JSON.' });
    const large = await post()
      .send({ userId: 'x'.repeat(110_000) })
      .expect(413);
    expect(large.body).toMatchObject({ code: 'body_too_large' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const other = await post().type(type).send('userId=u').expect(415);
      expect(other.body).toMatchObject({ code: 'media_type_unsupported' });
    }
  });

  it('acknowledges nothing while the database is away (G1)', async () => {
    const other = await HttpRig.start(); // no other order's commit meets the fault here
    try {
      other.store.faults.push('unavailable');
      const answer = await other.request.post(`/order/start/${CART}`).expect(503).expect('retry-after', /^\d+$/);
      expect(answer.body).toMatchObject({ code: 'store_unavailable' });
      expect(other.store.actors.size).toBe(0);
    } finally {
      await other.close();
    }
  });
});

describe('following an order', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('shows status, outcome and what it waits for until when', async () => {
    const id = await rig.payableOrder();
    const body: unknown = (await rig.request.get(`/order/${id}/status`).expect(200)).body;
    expect(body).toEqual({
      id,
      status: 'AwaitingPayment',
      outcome: null,
      waitingFor: { for: 'payment', until: expect.stringMatching(/^\d{4}-.*Z$/) as string },
      updatedAt: expect.stringMatching(/Z$/) as string,
    });
  });

  it('gives the whole picture without telling who the customer is', async () => {
    const id = await rig.payableOrder();
    const answer = await rig.request.get(`/order/${id}`).expect(200);
    expect(answer.body).toMatchObject({
      runtimeStatus: 'Running',
      incident: false,
      paymentId: 'pay-1',
      payment: { paymentId: 'pay-1', checkoutUrl: 'https://pay.example/pay-1', amount: TOTAL },
      context: {
        customer: { email: '[redacted]', address: { name: '[redacted]', city: 'Berlin', country: 'DE' } },
        reservation: { reserved: [{ name: 'Travel mug' }] },
      },
    });
    expect(answer.text).not.toMatch(/Greta|Kastanienallee|10435|greta@/);
  });

  it('pages through a gap-free history that hides personal data (G8)', async () => {
    const id = await rig.payableOrder();
    const seqs: number[] = [];
    let text = '';
    for (let after: number | null = 0; after !== null;) {
      const page = await rig.request.get(`/order/${id}/history`).query({ after, limit: 7 }).expect(200);
      const { items, next } = page.body as { items: { seq: number }[]; next: number | null };
      seqs.push(...items.map(({ seq }) => seq));
      text += page.text;
      after = next;
    }
    expect(seqs.length).toBeGreaterThan(14);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(text).not.toMatch(/Greta|Kastanienallee|10435/);
  });

  it('lists orders newest first, in pages, by status and outcome', async () => {
    const ids = [await rig.payableOrder(), await rig.payableOrder(), await rig.payableOrder()];
    const all: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: Record<string, string> = { limit: '2', status: 'AwaitingPayment' };
      if (cursor !== '') query['cursor'] = cursor;
      const body: unknown = (await rig.request.get('/orders').query(query).expect(200)).body;
      const page = body as { items: { id: string }[]; next: string | null };
      all.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(ids));
    const none = await rig.request.get('/orders?outcome=fulfilled&outcome=failed').expect(200);
    expect(none.body).toEqual({ items: [], next: null });
  });

  it.each(['limit=0', 'limit=x', 'cursor=nonsense', 'status=Lost', 'outcome=won', 'incident=maybe', 'color=red'])(
    'refuses the list for ?%s',
    async (query) => {
      const answer = await rig.request.get(`/orders?${query}`).expect(400);
      expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field: query.split('=')[0] }] });
    },
  );

  it.each([`/order/${UNKNOWN}`, `/order/${UNKNOWN}/status`, `/order/${UNKNOWN}/history`, '/order/no-guid/status'])(
    'answers 404 to %s',
    async (path) => {
      const body: unknown = (await rig.request.get(path).expect(404).expect('content-type', PROBLEM)).body;
      expect(body).toMatchObject({ code: 'order_not_found', status: 404, instance: path });
    },
  );
});

describe('steering an order', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('takes a payment once, however often it is reported, and answers alike also after the order ended (G6)', async () => {
    const id = await rig.payableOrder();
    const tell = () => rig.request.post(`/order/${id}/payment-accepted`).expect(202);
    const [first, second] = await Promise.all([tell(), tell()]);
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    const third = await tell();
    expect([first.body, second.body, third.body]).toEqual(
      Array(3).fill({ id, event: 'payment.accepted', result: 'accepted' }),
    );
    const rows = rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.received');
    expect(rows).toHaveLength(1);
  });

  it('deduplicates by Idempotency-Key (G6, G17)', async () => {
    const id = await rig.payableOrder();
    const tell = (paymentId: string) =>
      rig.request
        .post(`/order/${id}/payment-rejected`)
        .set('Idempotency-Key', 'k-1')
        .send({ paymentId, reason: 'card_declined' })
        .expect(202);
    await tell('pay-1');
    await tell('pay-1');
    expect(await rig.ended(id)).toMatchObject({ outcome: 'payment_failed' });
    await rig.request.post(`/order/${id}/cancel`).set('Idempotency-Key', 'k 1').expect(400);
  });

  it('never pays by GET', async () => {
    const id = await rig.payableOrder();
    for (const decision of ['payment-accepted', 'payment-rejected']) {
      const answer = await rig.request.get(`/order/${id}/${decision}`).expect(405).expect('allow', 'POST');
      expect(answer.body).toMatchObject({ code: 'method_not_allowed' });
    }
    expect(rig.store.actors.get(id)?.status).toBe('AwaitingPayment');
  });

  it('cancels an open order, and says 410 once it ended', async () => {
    const id = await rig.payableOrder();
    await rig.request.post(`/order/${id}/cancel`).send({ reason: 'changed their mind' }).expect(202);
    expect(await rig.ended(id)).toMatchObject({ outcome: 'cancelled' });
    const again = await rig.request.post(`/order/${id}/cancel`).expect(410);
    expect(again.body).toMatchObject({ code: 'order_ended' });
    await rig.request.post(`/order/${id}/events/payment.rejected`).expect(410);
  });

  it('takes a payment for an order that has ended, to give it back, and shows what became of it (G4)', async () => {
    const id = await rig.payableOrder();
    await rig.request.post(`/order/${id}/cancel`).expect(202);
    await rig.ended(id);
    await rig.request.post(`/order/${id}/payment-accepted`).expect(202);
    const { latePayments } = await waitUntil('the payment to be given back', async () => {
      const order = (await rig.request.get(`/order/${id}`)).body as { latePayments: { outcome: string | null }[] }; // the contract
      return order.latePayments.some(({ outcome }) => outcome !== null) ? order : null;
    });
    expect(latePayments).toMatchObject([{ paymentId: 'pay-1', outcome: 'refunded', incident: false }]);
    await rig.request.get(`/order/${id}`).expect(200);
  });

  it('refuses a retry where there is nothing to retry', async () => {
    const id = await rig.payableOrder();
    const answer = await rig.request.post(`/order/${id}/retry`).expect(409);
    expect(answer.body).toMatchObject({ code: 'not_now' });
    await rig.request.post(`/order/${id}/events/order.retry`).expect(409);
  });

  it('sends the same events by name, with a body that fits them', async () => {
    const id = await rig.payableOrder();
    const send = (name: string, body?: object) => rig.request.post(`/order/${id}/events/${name}`).send(body);
    const bad = await send('payment.accepted', { amount: { amount: 1.5, currency: 'euro' } }).expect(400);
    expect(bad.body).toMatchObject({
      errors: [
        { field: 'amount.amount', rule: 'isInt' },
        { field: 'amount.currency', rule: 'matches' },
      ],
    });
    await send('payment.accepted', { amount: [] }).expect(400);
    await send('payment.accepted', []).expect(400);
    const inner = await send('payment.requested', { paymentId: 'mine', checkoutUrl: 'x' }).expect(400);
    expect(inner.body).toMatchObject({ errors: [{ field: 'name', rule: 'isIn' }] });
    await rig.request.post(`/order/${UNKNOWN}/events/order.cancel`).expect(404);
    await send('payment.accepted', { paymentId: 'pay-1', amount: TOTAL }).expect(202);
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
  });

  it('takes nothing while the service goes down', async () => {
    const other = await HttpRig.start();
    try {
      const id = await other.payableOrder();
      await other.drain();
      const answer = await other.request.post(`/order/${id}/cancel`).expect(503).expect('retry-after', /^\d+$/);
      expect(answer.body).toMatchObject({ code: 'draining' });
      const ready = await other.request.get('/health/ready').expect(503);
      expect(ready.body).toMatchObject({ status: 'unavailable', reason: 'draining' });
    } finally {
      await other.close();
    }
  });
});

describe('an incident', () => {
  it('waits for an operator, is listed as such, and goes on after a retry (G7)', async () => {
    let isDown = true;
    const answers = fromActivity<readonly CartLine[], OrderActivities['getProducts']['input']>(() =>
      isDown ? Promise.reject(new Error('down')) : Promise.resolve([{ productId: 'mug', count: 1 }]),
    );
    const rig = await HttpRig.start({ activities: { getProducts: answers } });
    try {
      const id = await rig.order();
      await rig.until(id, ({ incident }) => incident);
      const body: unknown = (await rig.request.get('/orders?incident=true').expect(200)).body;
      expect(body).toMatchObject({
        items: [{ id, incident: true, waitingFor: { for: 'operator', name: 'getProducts' } }],
      });
      const details = await rig.request.get(`/order/${id}`);
      expect(details.body).toMatchObject({ attempts: { activity: 'getProducts', failures: 1 } });
      isDown = false;
      await rig.request.post(`/order/${id}/retry`).send({ reason: 'the cart is back' }).expect(202);
      await rig.until(id, ({ status }) => status === 'AwaitingPayment');
    } finally {
      await rig.close();
    }
  });
});
