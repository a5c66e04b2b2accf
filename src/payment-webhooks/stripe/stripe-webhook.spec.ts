import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { readStripeEvent, STRIPE_EVENTS } from './stripe-event.js';
import { HttpRig, TOTAL } from '../../../test/support/http-rig.js';

const { webhooks } = new Stripe('sk_test_of_nobody');
const OLD = `whsec_${'o'.repeat(32)}`;
const NEW = `whsec_${'n'.repeat(32)}`;
const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

interface Delivery {
  readonly secret?: string;
  /** The signed timestamp is this many seconds from now. */
  readonly skew?: number;
  /** Sent in place of the signed body. */
  readonly sent?: string;
  readonly header?: (signed: string) => string;
}

const event = (type: string, object: object, id = `evt_${randomUUID()}`) =>
  JSON.stringify({ id, object: 'event', api_version: '2026-01-28', type, data: { object } });
const intent = (orderId: string, more: object = {}) => ({
  id: 'pay-1',
  object: 'payment_intent',
  amount_received: TOTAL.amount,
  currency: 'eur',
  metadata: { orderId },
  receipt_email: 'greta@example.com',
  ...more,
});
const session = (orderId: string, more: object = {}) => ({
  id: 'cs_1',
  object: 'checkout.session',
  payment_intent: 'pay-1',
  payment_status: 'paid',
  amount_total: TOTAL.amount,
  currency: 'eur',
  metadata: { orderId },
  customer_details: { name: 'Greta Sommer', address: { line1: 'Kastanienallee 7', postal_code: '10435' } },
  ...more,
});

describe('the webhook in the form of Stripe', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ http: { stripeWebhookSecrets: [NEW, OLD] } })));
  afterAll(() => rig.close());

  const deliver = (
    payload: string,
    { secret = NEW, skew = 0, sent = payload, header = (signed) => signed }: Delivery = {},
  ) => {
    const timestamp = Math.floor(Date.now() / 1_000) + skew;
    return rig.request
      .post('/webhooks/stripe')
      .type('json')
      .set('stripe-signature', header(webhooks.generateTestHeaderString({ payload, secret, timestamp })))
      .send(sent);
  };

  it('pays an order once when two events report the success and each is delivered twice (G6)', async () => {
    const id = await rig.payableOrder();
    const events = [
      event('checkout.session.completed', session(id)),
      event('payment_intent.succeeded', intent(id)),
    ].flatMap((each) => [each, each]);
    const answers = await Promise.all(events.map((each) => deliver(each)));
    expect(answers.map(({ status, body }) => [status, body as object])).toEqual(
      Array(4).fill([200, { result: 'accepted' }]),
    );
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    expect(rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.received')).toHaveLength(1);
  });

  it.each<[string, (id: string) => object]>([
    ['payment_intent.canceled', (id) => intent(id, { cancellation_reason: null })],
    ['checkout.session.expired', (id) => session(id, { payment_status: 'unpaid' })],
    ['checkout.session.async_payment_failed', (id) => session(id, { payment_status: 'unpaid' })],
  ])('ends an order without payment on %s (G4)', async (type, object) => {
    const id = await rig.payableOrder();
    expect((await deliver(event(type, object(id)))).body).toEqual({ result: 'accepted' });
    expect(await rig.ended(id)).toMatchObject({ outcome: 'payment_failed' });
  });

  it.each<[string, (id: string) => object]>([
    ['payment_intent.succeeded', (id) => intent(id)],
    ['payment_intent.succeeded', () => intent('', { id: 'pay-1', metadata: {} })],
    ['checkout.session.completed', (id) => session(id)],
    ['checkout.session.async_payment_succeeded', (id) => session(id)],
  ])('ships an order on %s (G4)', async (type, object) => {
    const id = await rig.payableOrder();
    expect((await deliver(event(type, object(id)))).body).toEqual({ result: 'accepted' });
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
  });

  const declined = (id: string, more = {}) =>
    event('payment_intent.payment_failed', intent(id, { last_payment_error: { code: 'card_declined' }, ...more }));

  it('notes a declined try and leaves the payment open (G4)', async () => {
    const id = await rig.payableOrder();
    await deliver(declined(id)).expect(200, { result: 'noted' });
    expect((await rig.request.get(`/order/${id}/status`)).body).toMatchObject({ status: 'AwaitingPayment' });
    await deliver(event('payment_intent.succeeded', intent(id)));
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
  });

  it('ships an order when declined tries and a success arrive together, 20 times (G4)', async () => {
    for (let n = 0; n < 20; n++) {
      const id = await rig.payableOrder();
      const told = [declined(id), event('payment_intent.succeeded', intent(id)), declined(id)];
      await Promise.all(told.map((each) => deliver(each).expect(200)));
      expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    }
  });

  it('makes a report of every type that can concern a payment, or says why not', () => {
    const readings = Object.keys(STRIPE_EVENTS).map((type) =>
      readStripeEvent({
        id: 'evt_1',
        type,
        data: { object: { ...session(UNKNOWN), ...intent(UNKNOWN), amount_refunded: 1 } },
      }),
    );
    expect(readings).toHaveLength(28);
    expect(readings.filter(({ kind }) => kind === 'invalid')).toEqual([]);
    process.stdout.write(`Stripe events: ${readings.length} types\n`);
  });

  it('leaves an order alone when an event is about another payment (G4)', async () => {
    const id = await rig.payableOrder();
    await deliver(event('payment_intent.succeeded', intent(id, { id: 'pi_foreign' }))).expect(200, {
      result: 'accepted',
    });
    await deliver(event('payment_intent.canceled', intent(id, { id: 'pi_foreign' }))).expect(200, {
      result: 'accepted',
    });
    expect((await rig.request.get(`/order/${id}/status`)).body).toMatchObject({
      status: 'AwaitingPayment',
      waitingFor: { for: 'payment' },
    });
  });

  it.each([
    ['another amount', { amount_received: TOTAL.amount - 1 }],
    ['another currency', { currency: 'usd' }],
  ])('ships nothing for %s, and opens an incident (G4)', async (_, more) => {
    const id = await rig.payableOrder();
    await deliver(event('payment_intent.succeeded', intent(id, more))).expect(200, { result: 'accepted' });
    const { outcome } = await rig.until(id, ({ incident }) => incident);
    expect(outcome).toBeNull();
  });

  it('notes a refund for a person, and leaves the order alone', async () => {
    const id = await rig.payableOrder();
    const charge = { id: 'ch_1', payment_intent: { id: 'pay-1' }, amount_refunded: 500, currency: 'eur' };
    const refunded = event('charge.refunded', { ...charge, metadata: { orderId: id } }, 'evt_refund');
    await deliver(refunded).expect(200, { result: 'noted' });
    expect(await rig.webhooks.find('stripe:evt_refund')).toMatchObject({ disposition: 'noted', orderId: id });
    expect(JSON.parse((await rig.webhooks.find('stripe:evt_refund'))?.report ?? '')).toEqual({
      type: 'payment.refunded',
      orderId: id,
      paymentId: 'pay-1',
      amount: { amount: 500, currency: 'EUR' },
    });
  });

  it.each([
    ['of a kind it does not know', 'invoice.paid', { id: 'in_1' }, 'type_unknown'],
    [
      'that names no order, of a payment nobody asked for',
      'payment_intent.succeeded',
      intent(UNKNOWN, { id: 'pi_other', metadata: {} }),
      'order_id_missing',
    ],
    [
      'of a session not paid yet',
      'checkout.session.completed',
      session(UNKNOWN, { payment_status: 'unpaid' }),
      'not_paid_yet',
    ],
  ])('answers 200 to an event %s, and ignores it', async (_, type, object, reason) => {
    await deliver(event(type, object)).expect(200, { result: 'ignored', reason });
  });

  it('answers 202 to an event that names an unknown order', async () => {
    for (const orderId of [UNKNOWN, 'no-guid'])
      await deliver(event('payment_intent.succeeded', intent(orderId))).expect(202, { result: 'unknown_order' });
    await deliver(event('payment_intent.succeeded', intent('\u0000'))).expect(400);
  });

  it('reads amounts of currencies without minor units as Stripe states them', async () => {
    for (const [currency, amount] of [
      ['isk', 500],
      ['jpy', 5],
    ]) {
      const id = `evt_${String(currency)}`;
      await deliver(event('payment_intent.succeeded', intent(UNKNOWN, { currency, amount_received: amount }), id));
      expect((await rig.webhooks.find(`stripe:${id}`))?.report).toContain('"amount":{"amount":5,');
    }
  });

  it('accepts every active secret, and each of several signatures', async () => {
    const payload = event('invoice.paid', {});
    await deliver(payload, { secret: OLD }).expect(200);
    const foreign = `v1=${'0'.repeat(64)}`;
    await deliver(payload, { header: (signed) => signed.replace(',v1=', `,${foreign},v0=1,v1=`) }).expect(200);
  });

  it('stores nothing when the signature is foreign, stale, missing, of another scheme, or made for another body', async () => {
    const payload = event('payment_intent.succeeded', intent(UNKNOWN));
    const before = rig.webhooks.rows.size;
    for (const delivery of [
      { secret: `whsec_${'f'.repeat(32)}` },
      { skew: -301 },
      { skew: 302 },
      { sent: payload.replace('pay-1', 'pay-2') },
      { sent: '' },
      { header: () => '' },
      { header: (signed: string) => signed.replace('v1=', 'v0=') },
      { header: (signed: string) => signed.replace('t=', 't=1,t=') },
      { header: (signed: string) => signed.replace(/t=\d+/, 't=NaN') },
      { header: (signed: string) => signed.replace(/^t=\d+,/, '') },
    ]) {
      const answer = await deliver(payload, delivery).expect(401);
      expect(answer.body).toMatchObject({ code: 'signature_invalid' });
    }
    expect(rig.webhooks.rows.size).toBe(before);
  });

  it.each([
    ['{"id":', 'body_malformed'],
    ['{"id":"evt_1"}', 'request_invalid'],
    [event('payment_intent.succeeded', intent(UNKNOWN, { amount_received: '5' })), 'request_invalid'],
  ])('refuses the signed nonsense %s', async (payload, code) => {
    expect((await deliver(payload).expect(400)).body).toMatchObject({ code });
  });

  it('hides what identifies a customer', async () => {
    await deliver(event('checkout.session.completed', session(UNKNOWN), 'evt_personal'));
    await deliver(event('payment_intent.succeeded', intent(UNKNOWN), 'evt_email'));
    const bodies = ['evt_personal', 'evt_email'].map((id) => rig.webhooks.rows.get(`stripe:${id}`)?.body ?? '');
    expect(bodies.join()).not.toMatch(/Greta|Kastanienallee|10435|greta@/);
    expect(bodies.join()).toContain('[redacted]');
  });

  it('refuses every webhook when no secret is configured', async () => {
    const other = await HttpRig.start();
    try {
      const payload = event('invoice.paid', {});
      const signature = webhooks.generateTestHeaderString({ payload, secret: NEW });
      await other.request
        .post('/webhooks/stripe')
        .type('json')
        .set('stripe-signature', signature)
        .send(payload)
        .expect(401);
    } finally {
      await other.close();
    }
  });
});
