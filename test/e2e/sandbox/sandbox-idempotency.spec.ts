import { reservationSchema } from '../../../src/contracts/warehouse-contract.js';
import { SandboxRig, refusalOf } from './sandbox-fixture.js';

const asking = (orderId: string, count = 1) => ({
  orderId,
  items: [{ productId: 'travel-mug', count }],
  holdMs: 60_000,
});

describe('Idempotency-Keys in the sandbox', () => {
  let rig: SandboxRig;
  beforeAll(async () => (rig = await SandboxRig.start()));
  afterAll(() => rig.close());

  it('a repeated request has one effect and gets the same response, also after a restart', async () => {
    const first = await rig.post('/warehouse/reservations', asking('o-1'), 'o-1:reserve');
    expect(first.status).toBe(201);
    await rig.restart();
    const again = await rig.post('/warehouse/reservations', asking('o-1'), 'o-1:reserve');
    expect([again.status, again.json()]).toEqual([201, first.json()]);
    expect(await rig.ledger('warehouse', 'o-1')).toMatchObject([
      { kind: 'reserved', quantity: 1, idempotencyKey: 'o-1:reserve', timesAsked: 2 },
    ]);
  });

  it('a key with another body is answered with 422 and changes nothing', async () => {
    await rig.post('/warehouse/reservations', asking('o-2'), 'o-2:reserve');
    const other = await rig.post('/warehouse/reservations', asking('o-2', 2), 'o-2:reserve');
    expect(refusalOf(other)).toEqual([422, 'idempotency_key_reused']);
    expect(await rig.ledger('warehouse', 'o-2')).toMatchObject([{ quantity: 1, timesAsked: 1 }]);
  });

  it('concurrent requests under one key have one effect', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => rig.post('/warehouse/reservations', asking('o-3'), 'o-3:reserve')),
    );
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await rig.ledger('warehouse', 'o-3')).toMatchObject([{ kind: 'reserved', timesAsked: 20 }]);
  });

  it('a refused call does not use its key up', async () => {
    const path = '/warehouse/reservations/res_none/consume';
    expect((await rig.post(path, undefined, 'o-4:consume')).status).toBe(404);
    expect((await rig.post(path, { other: 'body' }, 'o-4:consume')).status).toBe(404);
  });

  it('a key belongs to its path, and a request without a key has a new effect', async () => {
    const { reservationId } = reservationSchema.parse(
      (await rig.post('/warehouse/reservations', asking('o-5'), 'same')).json(),
    );
    expect((await rig.post(`/warehouse/reservations/${reservationId}/release`, {}, 'same')).status).toBe(200);
    await rig.post('/warehouse/reservations', asking('o-5'));
    await rig.post('/warehouse/reservations', asking('o-5'));
    const kinds = (await rig.ledger('warehouse', 'o-5')).map(({ kind }) => kind);
    expect(kinds).toEqual(['reserved', 'released', 'reserved', 'reserved']);
  });

  it('keys hold for carts too', async () => {
    const cart = '/cart/1b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d';
    for (let time = 0; time < 2; time += 1) await rig.post(`${cart}/add`, { productId: 'travel-mug', count: 2 }, 'add');
    expect((await rig.get(cart)).json()).toEqual([{ productId: 'travel-mug', count: 2 }]);
  });

  it.each(['', 'a b', 'x'.repeat(256)])('the key %j is refused', async (key) => {
    expect(refusalOf(await rig.post('/warehouse/reservations', asking('o-6'), key))).toEqual([
      400,
      'idempotency_key_malformed',
    ]);
  });
});
