import { Webhook } from 'standardwebhooks';
import { HttpRig, TOTAL } from '../../../test/support/http-rig.js';

const secretOf = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
const OLD = secretOf('o');
const NEW = secretOf('n');
const FOREIGN = secretOf('f');
const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

interface Delivery {
  readonly id?: string;
  readonly secret?: string;
  /** The signed timestamp is this many seconds from now. */
  readonly skew?: number;
  /** Sent in place of the signed body. */
  readonly sent?: string;
}

const callback = (orderId: string, type = 'payment.accepted', data: object = {}) =>
  JSON.stringify({
    type,
    timestamp: '2026-01-31T12:00:00.000Z',
    data: { paymentId: 'pay-1', orderId, amount: TOTAL, ...data },
  });

describe('the payment webhook', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ http: { webhookSecrets: [NEW, OLD], apiKeys: ['key'] } })));
  afterAll(() => rig.close());

  const deliver = (body: string, { id = 'msg-1', secret = NEW, skew = 0, sent = body }: Delivery = {}) => {
    const at = new Date(Date.now() + skew * 1_000);
    return rig.request
      .post('/webhooks/payments')
      .type('json')
      .set('webhook-id', id)
      .set('webhook-timestamp', String(Math.floor(at.getTime() / 1_000)))
      .set('webhook-signature', new Webhook(secret).sign(id, at, body))
      .send(sent);
  };
  const payable = async () => {
    const body: unknown = (
      await rig.request.post('/order/start/11111111-1111-4111-8111-111111111111').set('x-functions-key', 'key')
    ).body;
    const { id } = body as { id: string };
    await rig.until(id, ({ waitingFor }) => waitingFor.some(({ name }) => name.includes('paymentTimeout')));
    return id;
  };

  it('needs no function key, and pays an order once in three deliveries (G6)', async () => {
    const id = await payable();
    const answers = [await deliver(callback(id)), await deliver(callback(id))];
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    answers.push(await deliver(callback(id)));
    expect(answers.map(({ status, body }) => [status, body as object])).toEqual(
      Array(3).fill([200, { result: 'accepted' }]),
    );
    const received = rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.received');
    expect(received).toHaveLength(1);
  });

  it('accepts every active secret during a rotation, and unknown fields', async () => {
    const id = await payable();
    const body = callback(id, 'payment.rejected', { reason: 'card_declined', riskScore: 3 });
    expect((await deliver(body, { secret: OLD })).body).toEqual({ result: 'accepted' });
    expect(await rig.ended(id)).toMatchObject({ outcome: 'payment_failed' });
  });

  it('stores nothing when the signature is foreign, stale, missing, or made for another body (G6)', async () => {
    const id = await payable();
    const body = callback(id);
    const before = rig.store.commits;
    const answers = [
      await deliver(body, { secret: FOREIGN }),
      await deliver(body, { skew: -301 }),
      await deliver(body, { skew: 302 }),
      await deliver(body, { sent: body.replace('pay-1', 'pay-2') }),
      await deliver(body, { sent: '' }),
      await rig.request.post('/webhooks/payments').type('json').send(body),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'signature_invalid' });
    }
    expect(rig.store.commits).toBe(before);
  });

  it('verifies before it parses: a body that is not JSON gets 401 without a signature and 400 with one', async () => {
    const unsigned = await rig.request.post('/webhooks/payments').type('json').send('{"type":');
    expect(unsigned.status).toBe(401);
    const signed = await deliver('{"type":').expect(400);
    expect(signed.body).toMatchObject({ code: 'body_malformed' });
  });

  it.each([
    ['{}', 'type'],
    [callback(UNKNOWN, 'payment.lost'), 'type'],
    [callback(UNKNOWN, 'payment.accepted', { amount: { amount: -1, currency: 'EUR' } }), 'data.amount.amount'],
    [callback(UNKNOWN, 'payment.accepted', { amount: 5 }), 'data.amount'],
    [callback(''), 'data.orderId'],
    ['[]', 'type'],
    ['null', 'type'],
  ])('refuses the signed nonsense %s', async (body, field) => {
    const answer = await deliver(body).expect(400);
    const { errors } = answer.body as { errors: { field: string }[] };
    expect(errors.map((error) => error.field)).toContain(field);
  });

  it('answers 202 to a callback for an unknown order, which ends its deliveries (G6)', async () => {
    expect((await deliver(callback(UNKNOWN)).expect(202)).body).toEqual({ result: 'unknown_order' });
    expect((await deliver(callback('no-guid')).expect(202)).body).toEqual({ result: 'unknown_order' });
  });

  it('answers that an ended order refused it, and records the refusal (G6)', async () => {
    const id = await payable();
    await deliver(callback(id), { id: 'msg-a' });
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    const answers = [
      await deliver(callback(id), { id: 'msg-b' }).expect(200),
      await deliver(callback(id), { id: 'msg-b' }).expect(200),
    ];
    for (const { body } of answers) expect(body).toEqual({ result: 'refused', reason: 'order_ended' });
    const refused = rig.store.rows.filter((row) => row.actorId === id && row.type === 'event.refused');
    expect(refused).toHaveLength(1);
  });

  it('accepts a payment for an order that ended without it, and one actor follows it up however often it is delivered (G4)', async () => {
    const id = await payable();
    await deliver(callback(id, 'payment.rejected'), { id: 'msg-d' });
    await rig.ended(id);
    const answers = [await deliver(callback(id), { id: 'msg-e' }), await deliver(callback(id), { id: 'msg-e' })];
    expect(answers.map(({ status, body }) => [status, body as object])).toEqual(
      Array(2).fill([200, { result: 'accepted' }]),
    );
    const late = [...rig.store.actors.keys()].filter((actorId) => actorId.startsWith(`late-payment-${id}`));
    expect(late).toHaveLength(1);
  });

  it('gets a 503 while the database is away, and works when it is delivered again (G1, G6)', async () => {
    const id = await payable();
    rig.store.faults.push('unavailable');
    await deliver(callback(id), { id: 'msg-c' }).expect(503).expect('retry-after', /^\d+$/);
    expect((await deliver(callback(id), { id: 'msg-c' }).expect(200)).body).toEqual({ result: 'accepted' });
    await rig.ended(id);
  });

  it('refuses a body that is too large or compressed', async () => {
    await deliver(callback(UNKNOWN), { sent: ' '.repeat(110_000) }).expect(413);
    await rig.request.post('/webhooks/payments').set('content-encoding', 'gzip').type('json').send('{}').expect(415);
  });
});
