import { Webhook } from 'standardwebhooks';
import { HttpRig, TOTAL } from '../../../../test/support/http-rig.js';
import { fromActivity } from '../../../durable/index.js';
import type { OrderActivities } from '../../machine/order/order-activities.js';
import type { Payment, Reservation } from '../../machine/order/order-model.js';

type Reserve = OrderActivities['reserveProducts'];
type Start = OrderActivities['startPayment'];

const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const SECRET = `whsec_${Buffer.from('s'.repeat(32)).toString('base64')}`;
const EUR = (amount: number) => ({ amount, currency: 'EUR' });
const RESERVATION: Reservation = {
  reservationId: 'by-phone-1',
  reserved: [{ productId: 'mug', count: 1, name: 'Travel mug', unitPrice: EUR(1_500) }],
  notReserved: [],
  expiresAt: '2100-01-01T00:00:00.000Z',
};

interface Incident {
  readonly id: string;
  readonly kind: string;
  readonly orderId: string;
}

describe('an incident', () => {
  let rig: HttpRig;
  /** How often the warehouse was asked. */
  let asked: number;

  beforeEach(async () => {
    asked = 0;
    rig = await HttpRig.start({
      http: { webhookSecrets: [SECRET] },
      activities: {
        reserveProducts: fromActivity<Reserve['output'], Reserve['input']>(() => {
          asked += 1;
          return Promise.reject(new Error('away'));
        }),
      },
    });
  });
  afterEach(() => rig.close());

  const incidents = async (query = ''): Promise<Incident[]> => {
    const answer = await rig.request.get(`/incidents?${query}`).expect(200);
    return (answer.body as { items: Incident[] }).items; // the contract of the route
  };

  async function parkedOrder(): Promise<string> {
    const id = await rig.order();
    await rig.until(id, ({ incident }) => incident);
    return id;
  }

  const skip = (id: string, body: object, key?: string) => {
    const request = rig.request.post(`/order/${id}/skip`);
    return (key === undefined ? request : request.set('Idempotency-Key', key)).send(body);
  };

  it('says what it is about, why, and what to do, and is found by its kind (G7)', async () => {
    const id = await parkedOrder();
    expect(await incidents(`kind=retries_exhausted&open=true&orderId=${id}`)).toMatchObject([
      {
        orderId: id,
        machine: 'order',
        kind: 'retries_exhausted',
        status: 'ReservingProducts',
        cause: { code: 'unknown', message: 'away', type: 'activity.failed', data: { activityId: 'reserveProducts' } },
        suggestedAction: 'retry',
        advice: expect.stringMatching(/^The partner .+\.$/) as string,
        resolvedAt: null,
      },
    ]);
    expect(await incidents('kind=payment_mismatch,activity_poison')).toEqual([]);
    expect(await incidents('kind=payment_mismatch&kind=retries_exhausted')).toHaveLength(1);
    const answer = await rig.request.get('/incidents?kind=Not%20A%20Kind').expect(400);
    expect(answer.body).toMatchObject({ errors: [{ field: 'kind', rule: 'matches' }] });
  });

  it('is skipped with an answer of the operator: the order goes on, the partner is not asked, and it is on record (G13)', async () => {
    const id = await parkedOrder();
    const body = { reason: 'Reserved by telephone.', output: RESERVATION };
    const first = await skip(id, body, 'k-1').expect(202);
    expect(first.body).toEqual({ id, event: 'order.skip', result: 'accepted' });
    await skip(id, body, 'k-1').expect(202);
    await rig.until(id, (actor) => actor.waitingFor.some(({ name }) => name.includes('paymentTimeout')));
    expect(asked).toBe(1);
    expect(await incidents()).toMatchObject([
      { kind: 'retries_exhausted', resolution: 'skipped', resolvedBy: 'anonymous', reason: 'Reserved by telephone.' },
    ]);
    const history = await rig.request
      .get(`/order/${id}/history?limit=500&type=actor.skipped,activity.skipped`)
      .expect(200);
    expect(history.body).toMatchObject({
      items: [
        { type: 'actor.skipped', data: { by: 'anonymous', activityId: 'reserveProducts', output: RESERVATION } },
        { type: 'activity.skipped', data: { activityId: 'reserveProducts' } },
      ],
    });
    expect((await rig.request.get(`/order/${id}`)).body).toMatchObject({
      context: { reservation: { reservationId: 'by-phone-1' } },
    });
  });

  it.each([
    [{ output: null }, 'reason', 'isString'],
    [{ reason: 'x' }, 'output', 'isDefined'],
    [{ reason: 'x', output: null, activityId: 'a b' }, 'activityId', 'matches'],
    [{ reason: 'x', output: null }, 'output', 'isOutput'],
    [{ reason: 'x', output: { ...RESERVATION, reservationId: '' } }, 'output.reservationId', 'isOutput'],
    [{ reason: 'x', output: RESERVATION, force: true }, 'force', 'whitelistValidation'],
  ])('is not skipped by %j: %s breaks %s, and nothing changes (G13)', async (body, field, rule) => {
    const id = await parkedOrder();
    const answer = await skip(id, body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field, rule }] });
    expect(await incidents('open=true')).toHaveLength(1);
    expect(asked).toBe(1);
  });

  it('is skipped only where it is, and while it is one (G13)', async () => {
    const id = await parkedOrder();
    const other = { reason: 'x', output: null, activityId: 'sendShippingOrder' };
    expect((await skip(id, other).expect(409)).body).toMatchObject({ code: 'skip_misfit' });
    await skip(id, { reason: 'x', output: RESERVATION }).expect(202);
    await rig.until(id, ({ incident }) => !incident);
    expect((await skip(id, { reason: 'x', output: RESERVATION }).expect(409)).body).toMatchObject({ code: 'not_now' });
    await skip(UNKNOWN, { reason: 'x', output: null }).expect(404);
    await rig.request.post(`/order/${id}/terminate`).expect(202);
    expect((await skip(id, { reason: 'x', output: null }).expect(410)).body).toMatchObject({ code: 'order_ended' });
  });

  it('of a wrong amount is a kind of its own', async () => {
    const other: Payment = { paymentId: 'p', status: 'pending', amount: EUR(1), checkoutUrl: 'https://pay.example/p' };
    const rig2 = await HttpRig.start({
      activities: { startPayment: fromActivity<Start['output'], Start['input']>(() => Promise.resolve(other)) },
    });
    try {
      const id = await rig2.order();
      await rig2.until(id, ({ incident }) => incident);
      const answer = await rig2.request.get('/incidents?kind=payment_mismatch').expect(200);
      expect(answer.body).toMatchObject({
        items: [{ orderId: id, cause: { code: 'payment_mismatch' }, suggestedAction: 'none', resolvedAt: null }],
      });
    } finally {
      await rig2.close();
    }
  });

  it('of an order nobody knows is opened once by the webhook that names it, and resolved by saying what was done (G6)', async () => {
    const body = JSON.stringify({
      type: 'payment.accepted',
      timestamp: '2026-01-31T12:00:00.000Z',
      data: { paymentId: 'pay-9', orderId: UNKNOWN, amount: TOTAL },
    });
    for (let delivery = 0; delivery < 2; delivery += 1) {
      const at = new Date();
      await rig.request
        .post('/webhooks/payments')
        .type('json')
        .set('webhook-id', 'msg-9')
        .set('webhook-timestamp', String(Math.floor(at.getTime() / 1_000)))
        .set('webhook-signature', new Webhook(SECRET).sign('msg-9', at, body))
        .send(body)
        .expect(202);
    }
    const [open, ...others] = await incidents(`kind=unknown_actor&open=true&orderId=${UNKNOWN}`);
    expect(others).toEqual([]);
    expect(open).toMatchObject({ cause: { code: 'payment.accepted', data: { report: { paymentId: 'pay-9' } } } });
    const path = `/incidents/${encodeURIComponent(open!.id)}/resolve`;
    const missing = await rig.request.post(path).send({}).expect(400);
    expect(missing.body).toMatchObject({ errors: [{ field: 'reason' }] });
    const resolved = await rig.request.post(path).send({ reason: 'Refunded by hand.' }).expect(200);
    expect(resolved.body).toMatchObject({
      resolution: 'acknowledged',
      resolvedBy: 'anonymous',
      reason: 'Refunded by hand.',
    });
    expect((await rig.request.post(path).send({ reason: 'Me too.' }).expect(200)).body).toEqual(resolved.body);
    expect(await incidents('open=true')).toEqual([]);
  });

  it('that an order waits for is not resolved by words, and one that is not there is unknown', async () => {
    await parkedOrder();
    const [open] = await incidents();
    const path = (id: string) => `/incidents/${encodeURIComponent(id)}/resolve`;
    const answer = await rig.request.post(path(open!.id)).send({ reason: 'x' }).expect(409);
    expect(answer.body).toMatchObject({ code: 'incident_needs_action' });
    await rig.request.post(path('nothing')).send({ reason: 'x' }).expect(404);
  });

  it('of an order that the deployed version cannot carry on: the caller hears that operators know, and they can end it (G9)', async () => {
    const id = await parkedOrder();
    const stored = rig.store.actors.get(id)!;
    // As after a deployment that has lost the state it stands in; the process must not have it at hand.
    await rig.drain();
    rig.store.actors.set(id, {
      ...stored,
      definitionHash: 'other',
      snapshot: stored.snapshot.replace('"incident"', '"no_more"'),
    });
    const next = await HttpRig.start({ database: { store: rig.store, answers: rig.idempotency } });
    try {
      const refused = await next.request.post(`/order/${id}/retry`).expect(409);
      expect(refused.body).toMatchObject({ code: 'order_needs_operator' });
      const found = await next.request.get(`/incidents?kind=snapshot_misfit&open=true&orderId=${id}`).expect(200);
      expect(found.body).toMatchObject({ items: [{ suggestedAction: 'deploy-fix' }] });
      await next.request.post(`/order/${id}/terminate`).send({ reason: 'beyond repair' }).expect(202);
      expect((await next.request.get(`/order/${id}`)).body).toMatchObject({ runtimeStatus: 'Terminated' });
      expect((await next.request.get(`/incidents?open=true&orderId=${id}`)).body).toMatchObject({ items: [] });
    } finally {
      await next.close();
    }
  });
});
