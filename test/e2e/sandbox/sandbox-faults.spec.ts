import { z } from 'zod';
import { reservationSchema } from '../../../src/contracts/warehouse-contract.js';
import { SandboxRig, eventually, refusalOf } from './sandbox-fixture.js';

const CART = '/cart/11111111-1111-4111-8111-111111111111';
const planSchema = z.array(z.looseObject({ remaining: z.number().nullable() }));

describe('Fault plans of the sandbox', () => {
  let rig: SandboxRig;
  beforeAll(async () => (rig = await SandboxRig.start()));
  afterEach(async () => expect((await rig.call('DELETE', '/faults')).status).toBe(204));
  afterAll(() => rig.close());

  const plan = async (...faults: object[]) => expect((await rig.put('/faults', faults)).status).toBe(200);
  const reserve = (orderId: string, signal?: AbortSignal) =>
    rig.call(
      'POST',
      '/warehouse/reservations',
      { orderId, items: [{ productId: 'travel-mug', count: 1 }], holdMs: 60_000 },
      { 'idempotency-key': `${orderId}:reserve` },
      signal,
    );
  const remaining = async () => planSchema.parse((await rig.get('/faults')).json()).map((line) => line.remaining);

  it('a fault answers its status with Retry-After as many times as it says', async () => {
    const fault = {
      service: 'warehouse',
      operation: 'reserve',
      kind: 'status',
      status: 429,
      retryAfterSeconds: 7,
      times: 2,
    };
    await plan(fault);
    for (let time = 0; time < 2; time += 1) {
      const answer = await reserve('f-1');
      expect(refusalOf(answer)).toEqual([429, 'fault_injected']);
      expect(answer.headers.get('retry-after')).toBe('7');
    }
    expect(await rig.ledger('warehouse', 'f-1')).toEqual([]);
    expect((await reserve('f-1')).status).toBe(201);
  });

  it('a fault can cut the connection before any effect', async () => {
    await plan({ service: 'warehouse', kind: 'drop_before', times: 1 });
    await expect(reserve('f-2')).rejects.toThrow();
    expect(await rig.ledger('warehouse', 'f-2')).toEqual([]);
  });

  it('a fault can cut the connection after the effect, and a repeat under the key finds that effect', async () => {
    await plan({ service: 'warehouse', operation: 'warehouse.reserve', kind: 'drop_after', times: 1 });
    await expect(reserve('f-3')).rejects.toThrow();
    expect(await rig.ledger('warehouse', 'f-3')).toMatchObject([{ kind: 'reserved', timesAsked: 1 }]);
    expect((await reserve('f-3')).status).toBe(201);
    expect(await rig.ledger('warehouse', 'f-3')).toMatchObject([{ kind: 'reserved', timesAsked: 2 }]);
  });

  it('a fault can answer garbage with 200', async () => {
    await plan({ service: 'warehouse', kind: 'garbage', times: 1 });
    const answer = await reserve('f-4');
    expect(answer.status).toBe(200);
    expect(() => answer.json()).toThrow();
    expect(await rig.ledger('warehouse', 'f-4')).toEqual([]);
  });

  it('a fault can hang until the caller gives up', async () => {
    await plan({ service: 'warehouse', kind: 'hang', times: 1 });
    const patience = new AbortController();
    const call = reserve('f-5', patience.signal);
    await eventually('the call hangs', async () => (await remaining())[0] === 0);
    patience.abort();
    await expect(call).rejects.toThrow();
    expect(await rig.ledger('warehouse', 'f-5')).toEqual([]);
  });

  it('the delays of all faults that apply are added', async () => {
    await plan(
      { service: 'cart', kind: 'latency', latencyMs: 60 },
      { service: 'cart', kind: 'latency', latencyMs: 60 },
    );
    const before = performance.now();
    expect((await rig.get(CART)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThanOrEqual(115);
  });

  it('a fault can apply to one order, found by body, reservation or correlation id', async () => {
    const { reservationId } = reservationSchema.parse((await reserve('f-6')).json());
    await plan(
      { service: 'warehouse', orderId: 'f-6', kind: 'status' },
      { service: 'cart', orderId: 'f-6', kind: 'status', status: 500 },
    );
    expect((await reserve('f-6')).status).toBe(503);
    expect((await reserve('f-7')).status).toBe(201);
    expect((await rig.post(`/warehouse/reservations/${reservationId}/consume`)).status).toBe(503);
    expect((await rig.get(CART)).status).toBe(200);
    expect((await rig.call('GET', CART, undefined, { 'x-correlation-id': 'f-6' })).status).toBe(500);
  });

  it('a fault that names an operation applies to that operation only', async () => {
    await plan({ service: 'cart', operation: 'cart.add', kind: 'status' });
    expect((await rig.get(CART)).status).toBe(200);
    expect((await rig.post(`${CART}/add`, { productId: 'travel-mug', count: 1 })).status).toBe(503);
  });

  it('faults never affect ledgers, health and the fault plan', async () => {
    await plan(...['warehouse', 'payments', 'fulfilment'].map((service) => ({ service, kind: 'status' })));
    for (const path of ['/warehouse/ledger', '/payments/ledger', '/fulfilment/ledger', '/health', '/faults']) {
      expect((await rig.get(path)).status).toBe(200);
    }
  });

  it('a fault plan survives a restart with its remaining times', async () => {
    await plan({ service: 'cart', kind: 'status', times: 3 });
    await rig.get(CART);
    await rig.restart();
    expect(await remaining()).toEqual([2]);
    expect((await rig.get(CART)).status).toBe(503);
  });

  it('a fault applies to no more concurrent calls than it says', async () => {
    await plan({ service: 'cart', kind: 'status', times: 4 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => rig.get(CART)));
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(4);
  });

  it.each([
    [{ service: 'bank', kind: 'status' }],
    [{ service: 'cart', operation: 'cart.burn', kind: 'status' }],
    [{ service: 'cart', operation: 'warehouse.reserve', kind: 'status' }],
    [{ service: 'cart', kind: 'latency' }],
    [{ service: 'cart', kind: 'status', status: 200 }],
    [{ service: 'cart', kind: 'status', times: 0 }],
  ])('the fault %j is refused, and the plan stays as it was', async (fault) => {
    await plan({ service: 'users', kind: 'hang', times: 5 });
    expect(refusalOf(await rig.put('/faults', [fault]))).toEqual([400, 'body_invalid']);
    expect(await remaining()).toEqual([5]);
  });
});

describe('Latency and shutdown of the sandbox', () => {
  it('closing the sandbox does not wait for hanging or delayed calls', async () => {
    const rig = await SandboxRig.start();
    await rig.put('/faults', [
      { service: 'cart', kind: 'hang', times: 1 },
      { service: 'users', kind: 'latency', latencyMs: 600_000, times: 1 },
    ]);
    const calls = [rig.get(CART), rig.get('/users/a1111111-1111-4111-8111-111111111111')];
    const outcomes = Promise.allSettled(calls);
    await eventually('both wait', async () => {
      const lines = planSchema.parse((await rig.get('/faults')).json());
      return lines.every((line) => line.remaining === 0);
    });
    await rig.close();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('every partner call has the configured latency', async () => {
    const rig = await SandboxRig.start({ latencyMs: 80 });
    try {
      const before = performance.now();
      await rig.get(CART);
      expect(performance.now() - before).toBeGreaterThanOrEqual(75);
    } finally {
      await rig.close();
    }
  });
});
