import { randomUUID } from 'node:crypto';
import { CART, HttpRig } from '../../../../test/support/http-rig.js';
import { RetryableError, fromActivity } from '../../../durable/index.js';
import type { OrderActivities } from '../../machine/order/order-activities.js';

interface Item {
  readonly id: string;
  readonly result: string;
  readonly code?: string;
}
interface Bulk {
  readonly items: Item[];
  readonly more: boolean;
  readonly dryRun: boolean;
}
type Reservation = OrderActivities['reserveProducts'];
/** Fails while it is told to. */
class Warehouse {
  isAway = false;
  readonly activity = fromActivity<Reservation['output'], Reservation['input']>(() => {
    if (this.isAway) return Promise.reject(new RetryableError('warehouse_away', 'The warehouse is away.'));
    return Promise.resolve({
      reservationId: 'r-1',
      reserved: [{ productId: 'mug', count: 1, name: 'Mug', unitPrice: { amount: 1_500, currency: 'EUR' } }],
      notReserved: [],
      expiresAt: '2100-01-01T00:00:00.000Z',
    });
  });
}

describe('a command for many orders', () => {
  const warehouse = new Warehouse();
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ activities: { reserveProducts: warehouse.activity } })));
  afterAll(() => rig.close());

  const stuck = async (user: string): Promise<string> => {
    const answer = await rig.request.post(`/order/start/${CART}`).send({ userId: user }).expect(202);
    const { id } = answer.body as { id: string };
    await rig.until(id, ({ incident }) => incident);
    return id;
  };
  const bulk = async (action: string, body: object): Promise<Bulk> =>
    (await rig.request.post(`/orders/${action}`).send(body).expect(200)).body as Bulk;

  it('retries all that wait for a person, on record in each, after a dry run that does nothing (G13)', async () => {
    warehouse.isAway = true;
    const user = `user-${randomUUID()}`;
    const ids = [await stuck(user), await stuck(user), await stuck(user)].reverse();
    warehouse.isAway = false;
    const body = { filter: { userId: user, status: ['ReservingProducts'] }, reason: 'The warehouse is back.' };
    const look = await bulk('retry', { ...body, dryRun: true });
    expect(look).toEqual({
      action: 'retry',
      dryRun: true,
      items: ids.map((id) => ({ id, result: 'selected' })),
      more: false,
    });
    for (const id of ids) expect((await rig.request.get(`/order/${id}`)).body).toMatchObject({ incident: true });
    const done = await bulk('retry', body);
    expect(done.items).toEqual(ids.map((id) => ({ id, result: 'accepted' })));
    for (const id of ids) {
      await rig.until(id, ({ status }) => status === 'AwaitingPayment');
      const history = await rig.request.get(`/order/${id}/history?type=actor.retried`).expect(200);
      expect(history.body).toMatchObject({ items: [{ data: { by: 'anonymous', reason: 'The warehouse is back.' } }] });
    }
    expect((await bulk('retry', body)).items).toEqual([]);
  });

  it('suspends, resumes, cancels and terminates what each is for', async () => {
    const user = `user-${randomUUID()}`;
    const place = async () => {
      const answer = await rig.request.post(`/order/start/${CART}`).send({ userId: user }).expect(202);
      const { id } = answer.body as { id: string };
      await rig.until(id, (actor) => actor.waitingFor.some(({ name }) => name.includes('paymentTimeout')));
      return id;
    };
    const ids = [await place(), await place()].reverse();
    const body = { filter: { userId: user }, reason: 'The provider is away.' };
    const accepted = ids.map((id) => ({ id, result: 'accepted' }));
    expect((await bulk('suspend', body)).items).toEqual(accepted);
    expect((await bulk('suspend', body)).items).toEqual([]);
    expect((await bulk('resume', body)).items).toEqual(accepted);
    expect((await bulk('cancel', { ...body, limit: 1 })).items).toEqual(accepted.slice(0, 1));
    await rig.ended(ids[0]!);
    expect((await bulk('terminate', body)).items).toEqual(accepted.slice(1));
    const history = await rig.request.get(`/order/${ids[0]!}/history?type=event.received`).expect(200);
    expect(history.text).toContain('"by":"anonymous"');
  });

  it('is done once under one Idempotency-Key, and answered again (G17)', async () => {
    warehouse.isAway = true;
    const user = `user-${randomUUID()}`;
    const id = await stuck(user);
    warehouse.isAway = false;
    const retry = () =>
      rig.request
        .post('/orders/retry')
        .set('Idempotency-Key', 'bulk-1')
        .send({ filter: { userId: user }, reason: 'back' })
        .expect(200);
    const first = await retry();
    expect((first.body as Bulk).items).toEqual([{ id, result: 'accepted' }]);
    await rig.until(id, ({ status }) => status === 'AwaitingPayment');
    const again = await retry();
    expect(again.text).toBe(first.text);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
  });

  it('says for each order what could not be done, and goes on with the others', async () => {
    const user = `user-${randomUUID()}`;
    const placed = await rig.request.post(`/order/start/${CART}`).send({ userId: user }).expect(202);
    const { id } = placed.body as { id: string };
    await rig.until(id, (actor) => actor.waitingFor.some(({ name }) => name.includes('paymentTimeout')));
    rig.store.faults.push('unavailable');
    const body = { filter: { userId: user }, reason: 'a look' };
    expect((await bulk('suspend', body)).items).toEqual([{ id, result: 'failed', code: 'store_unavailable' }]);
    expect((await bulk('suspend', body)).items).toEqual([{ id, result: 'accepted' }]);
  });

  it.each([
    ['retry', { filter: {}, reason: 'all' }, 'filter'],
    ['retry', { filter: { status: ['Nowhere'] }, reason: 'all' }, 'filter.status'],
    ['retry', { filter: { incident: 'true' }, reason: 'all' }, 'filter.incident'],
    ['retry', { filter: { incident: true } }, 'reason'],
    ['retry', { filter: { incident: true }, reason: '' }, 'reason'],
    ['retry', { reason: 'all' }, 'filter'],
    ['retry', { filter: { incident: true }, reason: 'all', limit: 1_001 }, 'limit'],
    ['purge', { filter: { incident: true }, reason: 'all', dryRun: 'yes' }, 'dryRun'],
    ['explode', { filter: { incident: true }, reason: 'all' }, 'action'],
  ])('%s with %j is refused and names the field', async (action, body, field) => {
    const answer = await rig.request.post(`/orders/${action}`).send(body).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field }] });
  });
});
