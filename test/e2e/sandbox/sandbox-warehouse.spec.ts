import { z } from 'zod';
import { productSchema, reservationSchema, reservationStateSchema } from '../../../src/contracts/warehouse-contract.js';
import { SandboxRig, refusalOf } from './sandbox-fixture.js';

describe('The warehouse of the sandbox', () => {
  let rig: SandboxRig;
  beforeEach(async () => (rig = await SandboxRig.start()));
  afterEach(() => rig.close());

  const available = async (productId: string) => {
    const products = z.array(productSchema).parse((await rig.get('/warehouse/products')).json());
    return products.find((product) => product.productId === productId)?.available;
  };
  const reserve = async (orderId: string, lines: Record<string, number>, holdMs = 60_000) => {
    const items = Object.entries(lines).map(([productId, count]) => ({ productId, count }));
    const answer = await rig.post('/warehouse/reservations', { orderId, items, holdMs }, `${orderId}:reserve`);
    expect(answer.status).toBe(201);
    return reservationSchema.parse(answer.json());
  };
  const settle = (id: string, verb: 'consume' | 'release', key?: string) =>
    rig.post(`/warehouse/reservations/${id}/${verb}`, {}, key);
  const stateOf = async (id: string) =>
    reservationStateSchema.parse((await rig.get(`/warehouse/reservations/${id}`)).json()).state;
  const kinds = async (orderId: string) => (await rig.ledger('warehouse', orderId)).map(({ kind }) => kind);

  it('a reservation holds what is on stock and names what is missing', async () => {
    const answer = await reserve('o-1', { 'limited-cup': 2, 'sold-out-kettle': 1, 'unheard-of': 1 });
    expect(answer.reserved).toMatchObject([{ productId: 'limited-cup', count: 2, unitPrice: { amount: 5_500 } }]);
    expect(answer.notReserved).toEqual([
      { productId: 'sold-out-kettle', count: 1, available: 0 },
      { productId: 'unheard-of', count: 1, available: 0 },
    ]);
    expect(await available('limited-cup')).toBe(1);
  });

  it('concurrent reservations never promise a piece twice', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => reserve(`race-${n}`, { 'limited-cup': 1 })));
    expect(answers.filter(({ reserved }) => reserved.length === 1)).toHaveLength(3);
    expect(await available('limited-cup')).toBe(0);
  });

  it('concurrent reservations, releases and consumptions lose no piece', async () => {
    const consumed = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const { reservationId, reserved } = await reserve(`mix-${n}`, { 'limited-cup': 1 + (n % 2) });
        const verbs: ('consume' | 'release')[] =
          n % 3 === 0 ? ['consume', 'release'] : ['release', 'consume', 'release'];
        await Promise.all(verbs.map((verb) => settle(reservationId, verb)));
        const isConsumed = (await stateOf(reservationId)) === 'consumed';
        return isConsumed ? reserved.reduce((sum, { count }) => sum + count, 0) : 0;
      }),
    );
    expect((await available('limited-cup'))! + consumed.reduce((a, b) => a + b, 0)).toBe(3);
  });

  it('lines of one product are added up before the stock is checked', async () => {
    const items = [
      { productId: 'limited-cup', count: 2 },
      { productId: 'limited-cup', count: 2 },
    ];
    const answer = await rig.post('/warehouse/reservations', { orderId: 'o-2', items, holdMs: 60_000 });
    expect(reservationSchema.parse(answer.json())).toMatchObject({
      reserved: [],
      notReserved: [{ productId: 'limited-cup', count: 4, available: 3 }],
    });
  });

  it('an expired hold frees its stock once and cannot be consumed', async () => {
    const { reservationId } = await reserve('o-3', { 'limited-cup': 3 }, 5_000);
    rig.advance(4_999);
    expect(await stateOf(reservationId)).toBe('held');
    rig.advance(1);
    expect(refusalOf(await settle(reservationId, 'consume'))).toEqual([409, 'reservation_expired']);
    expect((await settle(reservationId, 'release')).json()).toEqual({ reservationId, state: 'expired' });
    expect(await available('limited-cup')).toBe(3);
    expect(await kinds('o-3')).toEqual(['reserved', 'expired']);
  });

  it('the next order gets the stock of an expired hold without a look at the old order', async () => {
    await reserve('o-4', { 'limited-cup': 3 }, 1_000);
    rig.advance(1_000);
    expect((await reserve('o-5', { 'limited-cup': 3 })).reserved).toHaveLength(1);
  });

  it('a hold whose deadline passed while the sandbox was down expires', async () => {
    await reserve('o-6', { 'limited-cup': 3 }, 1_000);
    rig.advance(3_600_000);
    await rig.restart();
    expect(await kinds('o-6')).toEqual(['reserved', 'expired']);
    expect(await available('limited-cup')).toBe(3);
  });

  it('a consumed reservation outlives its deadline, and releasing it takes the goods back', async () => {
    const { reservationId } = await reserve('o-7', { 'limited-cup': 2 }, 1_000);
    expect((await settle(reservationId, 'consume', 'c')).json()).toEqual({ reservationId, state: 'consumed' });
    expect((await settle(reservationId, 'consume')).json()).toEqual({ reservationId, state: 'consumed' });
    rig.advance(10_000);
    expect(await available('limited-cup')).toBe(1);
    expect((await settle(reservationId, 'release')).json()).toEqual({ reservationId, state: 'released' });
    expect((await settle(reservationId, 'release')).json()).toEqual({ reservationId, state: 'released' });
    expect(refusalOf(await settle(reservationId, 'consume'))).toEqual([409, 'reservation_released']);
    expect(await available('limited-cup')).toBe(3);
    expect(await kinds('o-7')).toEqual(['reserved', 'consumed', 'released']);
  });

  it.each([
    { orderId: 'bad', items: [], holdMs: 60_000 },
    { orderId: 'bad', items: [{ productId: 'limited-cup', count: -1 }], holdMs: 60_000 },
    { orderId: 'bad', items: [{ productId: 'limited-cup', count: 1.5 }], holdMs: 60_000 },
    { orderId: 'bad', items: [{ productId: 'limited-cup', count: 1 }], holdMs: 999 },
    { orderId: '', items: [{ productId: 'limited-cup', count: 1 }], holdMs: 60_000 },
    [],
  ])('the reservation %j is refused and changes nothing', async (body) => {
    expect(refusalOf(await rig.post('/warehouse/reservations', body, 'bad'))).toEqual([400, 'body_invalid']);
    expect(await rig.ledger('warehouse')).toEqual([]);
    expect(await available('limited-cup')).toBe(3);
  });
});
