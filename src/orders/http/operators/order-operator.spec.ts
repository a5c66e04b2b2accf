import { createHash } from 'node:crypto';
import { CART, HttpRig, PUBLIC_URL } from '../../../../test/support/http-rig.js';
import { fromActivity } from '../../../durable/index.js';
import type { OrderActivities } from '../../machine/order/order-activities.js';
import type { CartLine, Reservation, ShippingQuote } from '../../machine/order/order-model.js';

const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
const KEY = 'operators-key';
const BY = `key:${createHash('sha256').update(KEY).digest('hex').slice(0, 8)}`;

type Rig = Pick<HttpRig, 'request'>;
const post = ({ request }: Rig, id: string, command: string, body?: object) =>
  request.post(`/order/${id}/${command}`).set('x-functions-key', KEY).send(body);
const read = async ({ request }: Rig, path: string) => (await request.get(path).expect(200)).body as unknown;
const factOf = async (rig: Rig, id: string, type: string) => {
  const { items } = (await read(rig, `/order/${id}/history?limit=500`)) as { items: { type: string; data: object }[] };
  return items.filter((entry) => entry.type === type).map(({ data }) => data);
};

describe('an operator', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('suspends an order, which says so, keeps the payment that comes, and takes it when it is resumed (G13)', async () => {
    const id = await rig.payableOrder();
    const receipt = await post(rig, id, 'suspend', { reason: 'a suspicious address' }).expect(202);
    expect(receipt.body).toEqual({ id, event: 'order.suspend', result: 'accepted' });
    expect(await read(rig, `/order/${id}`)).toMatchObject({
      status: 'AwaitingPayment',
      runtimeStatus: 'Suspended',
      waitingFor: { for: 'operator', name: 'suspended' },
    });
    await post(rig, id, 'payment-accepted').expect(202);
    expect(await read(rig, `/order/${id}/status`)).toMatchObject({ status: 'AwaitingPayment' });
    await post(rig, id, 'resume').expect(202);
    expect(await rig.ended(id)).toMatchObject({ outcome: 'fulfilled' });
    expect(await factOf(rig, id, 'actor.suspended')).toEqual([{ by: 'anonymous', reason: 'a suspicious address' }]);
    expect(await factOf(rig, id, 'actor.resumed')).toMatchObject([
      { by: 'anonymous', reason: null, deadlines: 'keep', movedByMs: 0 },
    ]);
  });

  it('puts the deadlines off on resuming, if so wished (G13)', async () => {
    const id = await rig.payableOrder();
    const bad = await post(rig, id, 'resume', { deadlines: 'drop' }).expect(400);
    expect(bad.body).toMatchObject({ errors: [{ field: 'deadlines', rule: 'isIn' }] });
    await post(rig, id, 'suspend').expect(202);
    await post(rig, id, 'resume', { deadlines: 'move' }).expect(202);
    expect(await factOf(rig, id, 'actor.resumed')).toMatchObject([{ deadlines: 'move' }]);
    expect(await read(rig, `/order/${id}`)).toMatchObject({ runtimeStatus: 'Running', waitingFor: { for: 'payment' } });
  });

  it('terminates an order, suspended or not: it ends where it stands, undoing nothing (G13)', async () => {
    for (const suspendFirst of [false, true]) {
      const id = await rig.payableOrder();
      if (suspendFirst) await post(rig, id, 'suspend').expect(202);
      await post(rig, id, 'terminate', { reason: 'a test order' }).expect(202);
      expect(await read(rig, `/order/${id}`)).toMatchObject({
        status: 'AwaitingPayment',
        runtimeStatus: 'Terminated',
        outcome: null,
        incident: false,
        waitingFor: null,
        completedAt: expect.stringMatching(/Z$/) as string,
      });
      for (const command of ['suspend', 'resume', 'terminate', 'retry', 'cancel']) {
        const answer = await post(rig, id, command).expect(410);
        expect(answer.body).toMatchObject({ code: 'order_ended' });
      }
      // Who pays all the same is paid back.
      await post(rig, id, 'payment-accepted').expect(202);
    }
  });

  it('is refused with a reason where the order cannot take the command', async () => {
    const id = await rig.payableOrder();
    for (const command of ['resume', 'retry', 'restart']) {
      const answer = await post(rig, id, command).expect(409);
      const detail = `The order cannot take order.${command} while it is in AwaitingPayment.`;
      expect(answer.body).toMatchObject({ code: 'not_now', detail });
    }
    await post(rig, id, 'suspend').expect(202);
    for (const command of ['suspend', 'retry', 'restart']) {
      const answer = await post(rig, id, command).expect(409);
      const detail = `The order cannot take order.${command} while it is suspended.`;
      expect(answer.body).toMatchObject({ code: 'not_now', detail });
    }
  });

  it.each(['suspend', 'resume', 'terminate', 'retry', 'restart'])(
    'gets 404 for an unknown order and 400 for an unknown field from %s',
    async (command) => {
      await post(rig, UNKNOWN, command).expect(404);
      await post(rig, 'no-guid', command).expect(404);
      const answer = await post(rig, UNKNOWN, command, { force: true }).expect(400);
      expect(answer.body).toMatchObject({ errors: [{ field: 'force', rule: 'whitelistValidation' }] });
    },
  );

  it('may repeat a command under one Idempotency-Key: one answer, one effect (G17)', async () => {
    const id = await rig.payableOrder();
    const repeat = (command: string) => post(rig, id, command).set('Idempotency-Key', `k-${command}`).expect(202);
    for (const command of ['suspend', 'resume', 'terminate', 'restart']) {
      const [first, second, third] = [await repeat(command), await repeat(command), await repeat(command)];
      expect([second.body, third.body]).toEqual([first.body, first.body]);
    }
    for (const type of ['actor.suspended', 'actor.resumed', 'actor.terminated'])
      expect(await factOf(rig, id, type)).toHaveLength(1);
  });

  it('restarts an order that has ended as a new one, which knows whose repeat it is (G13)', async () => {
    const old = await rig.payableOrder();
    await post(rig, old, 'cancel').expect(202);
    await rig.ended(old);
    const answer = await post(rig, old, 'restart', { reason: 'cancelled by mistake', correlationId: 'c-2' }).expect(
      202,
    );
    const { id } = answer.body as { id: string };
    expect(id).not.toBe(old);
    expect(answer.body).toMatchObject({ statusQueryGetUri: `${PUBLIC_URL}/order/${id}/status` });
    expect(answer.headers).toMatchObject({ location: `${PUBLIC_URL}/order/${id}/status`, 'retry-after': '1' });
    const { userId } = (await read(rig, `/order/${old}`)) as { userId: string };
    expect(await read(rig, `/order/${id}`)).toMatchObject({ sessionId: CART, userId, correlationId: 'c-2' });
    const restartOf = { orderId: old, by: 'anonymous', reason: 'cancelled by mistake' };
    expect(await factOf(rig, id, 'actor.started')).toMatchObject([{ input: { restartOf } }]);
    expect(await read(rig, `/order/${old}`)).toMatchObject({ outcome: 'cancelled' });
  });
});

describe('an operator who corrects an order (G13)', () => {
  const refusing = (word: string) =>
    fromActivity<ShippingQuote, OrderActivities['calculateShipping']['input']>(({ address }) => {
      streets.push(address.street);
      return address.street === word
        ? Promise.reject(new Error('no such street'))
        : Promise.resolve({ quoteId: 'q-1', carrier: 'Post', amount: { amount: 500, currency: 'EUR' } });
    });
  const streets: string[] = [];
  const patch = { customer: { address: { name: 'Grete Winter', street: 'Kastanienallee 8' } } };
  let rig: HttpRig;
  beforeAll(async () => {
    const activities = { calculateShipping: refusing('Kastanienallee 7') };
    rig = await HttpRig.start({ http: { apiKeys: [KEY] }, activities });
  });
  afterAll(() => rig.close());

  const stuckOrder = async () => {
    const placed = await rig.request.post(`/order/start/${CART}`).set('x-functions-key', KEY).expect(202);
    const { id } = placed.body as { id: string };
    await rig.until(id, ({ incident }) => incident);
    return id;
  };

  it('has the failed step run with what they corrected, on record, without telling where the customer lives', async () => {
    const id = await stuckOrder();
    const retry = () => post(rig, id, 'retry', { reason: 'misspelt', patch }).set('Idempotency-Key', 'k-1').expect(202);
    const first = await retry();
    expect(first.body).toEqual({ id, event: 'order.retry', result: 'accepted' });
    await rig.until(id, ({ status }) => status === 'AwaitingPayment');
    expect(streets.slice(-2)).toEqual(['Kastanienallee 7', 'Kastanienallee 8']);
    expect((await retry()).body).toEqual(first.body);
    const hidden = { name: '[redacted]', street: '[redacted]' };
    expect(await factOf(rig, id, 'actor.retried')).toEqual([
      { by: BY, reason: 'misspelt', patch: { customer: { address: hidden } } },
    ]);
    const history = await rig.request.get(`/order/${id}/history?limit=500`);
    expect(history.text).not.toMatch(/Grete|Kastanienallee/);
  });

  it('must say why', async () => {
    const id = await stuckOrder();
    for (const reason of [undefined, null, '']) {
      const answer = await post(rig, id, 'retry', { reason, patch }).expect(400);
      expect(answer.body).toMatchObject({
        code: 'request_invalid',
        errors: [{ field: 'reason', message: expect.stringMatching(/^reason must say/) as string }],
      });
      await post(rig, id, 'events/order.retry', { reason, patch }).expect(400);
    }
    const long = await post(rig, id, 'retry', { reason: 'x'.repeat(201) }).expect(400);
    expect(long.body).toMatchObject({ errors: [{ field: 'reason', rule: 'maxLength' }] });
    await post(rig, id, 'retry', { reason: null, patch: null }).expect(202);
  });

  it.each([
    [{ price: { total: 1 } }, 'patch.price'],
    [{ captured: null }, 'patch.captured'],
    [{ customer: { id: 'u-2' } }, 'patch.customer.id'],
    [{ customer: null }, 'patch.customer'],
    [{ customer: { email: null } }, 'patch.customer.email'],
    [{ customer: { email: 'greta' } }, 'patch.customer.email'],
    [{ customer: { address: { country: 'Germany' } } }, 'patch.customer.address.country'],
    [{ customer: { address: { street: '' } } }, 'patch.customer.address.street'],
    [{ items: [] }, 'patch.items'],
    [{ items: [{ productId: 'mug', count: 0 }] }, 'patch.items.0.count'],
    [[], 'patch'],
  ])('may not correct %j', async (given, field) => {
    const answer = await post(rig, UNKNOWN, 'retry', { reason: 'why not', patch: given }).expect(400);
    expect(answer.body).toMatchObject({ errors: [{ field }] });
  });

  it('may not correct what other steps rest upon already', async () => {
    const id = await stuckOrder();
    const items = [{ productId: 'mug', count: 2 }];
    const answer = await post(rig, id, 'retry', { reason: 'two mugs', patch: { items } }).expect(409);
    expect(answer.body).toMatchObject({
      code: 'correction_misfit',
      errors: [{ field: 'patch.items', rule: 'settled' }],
    });
    expect(await factOf(rig, id, 'actor.retried')).toEqual([]);
  });
});

describe('an operator who corrects the cart of an order (G13)', () => {
  it('has the corrected goods reserved', async () => {
    const rig = await HttpRig.start({
      activities: {
        reserveProducts: fromActivity<Reservation, OrderActivities['reserveProducts']['input']>(({ items }) =>
          items[0]?.count === 1
            ? Promise.reject(new Error('only in pairs'))
            : Promise.resolve({
                reservationId: 'r-1',
                reserved: items.map((line) => ({ ...line, name: 'Mug', unitPrice: { amount: 1, currency: 'EUR' } })),
                notReserved: [],
                expiresAt: '2100-01-01T00:00:00.000Z',
              }),
        ),
      },
    });
    try {
      const id = await rig.order();
      await rig.until(id, ({ incident }) => incident);
      const items = [{ productId: 'mug', count: 2 }];
      await post(rig, id, 'retry', { reason: 'they come in pairs', patch: { items } }).expect(202);
      await rig.until(id, ({ status }) => status === 'AwaitingPayment');
      expect(await read(rig, `/order/${id}`)).toMatchObject({ context: { items, reservation: { reserved: items } } });
    } finally {
      await rig.close();
    }
  });
});

describe('an order whose machine failed (G7)', () => {
  it('says so with an incident, is not suspended, and goes on after a retry that is on record', async () => {
    let isBroken = true;
    const lines = [{ productId: 'mug', count: 1 }];
    const rig = await HttpRig.start({
      activities: {
        getProducts: fromActivity<readonly CartLine[], OrderActivities['getProducts']['input']>(() =>
          // What no client lets through: the chart's guard throws on it.
          Promise.resolve(isBroken ? (null as unknown as CartLine[]) : lines),
        ),
      },
    });
    try {
      const id = await rig.order();
      await rig.until(id, ({ runtimeStatus }) => runtimeStatus === 'failed');
      expect(await read(rig, `/order/${id}`)).toMatchObject({
        runtimeStatus: 'Failed',
        incident: true,
        waitingFor: { for: 'operator', name: 'machine_failed' },
      });
      expect(await read(rig, `/incidents?open=true&orderId=${id}`)).toMatchObject({
        items: [{ orderId: id, kind: 'machine_failed', cause: { type: 'actor.failed' }, resolvedAt: null }],
        next: null,
      });
      for (const command of ['suspend', 'resume']) {
        const answer = await post(rig, id, command).expect(409);
        expect(answer.body).toMatchObject({ code: 'not_now' });
      }
      isBroken = false;
      await post(rig, id, 'retry', { reason: 'mended' }).expect(202);
      await rig.until(id, ({ status }) => status === 'AwaitingPayment');
      expect(await read(rig, `/order/${id}`)).toMatchObject({ runtimeStatus: 'Running', incident: false });
      expect(await read(rig, `/incidents?orderId=${id}`)).toMatchObject({
        items: [{ resolution: 'retried', resolvedBy: 'anonymous', reason: 'mended' }],
      });
    } finally {
      await rig.close();
    }
  });
});

describe('a list of incidents', () => {
  it.each([
    '/incidents?open=maybe',
    '/incidents?limit=0',
    '/incidents?orderId=x',
    '/incidents?cursor=x',
    '/incidents?x=1',
  ])('%s is refused, naming the field', async (path) => {
    const rig = await HttpRig.start();
    try {
      await rig.request.get(path).expect(400);
    } finally {
      await rig.close();
    }
  });
});
