import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { loadConfig } from '../../src/config/config-loader.js';
import { EMBEDDED_SANDBOX } from '../../src/sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox-options.js';
import { startService, type RunningService } from '../../src/service.js';
import { effectsOf } from '../support/ledger-audit.js';
import { waitUntil } from '../support/wait-until.js';

const FULL_CART = '11111111-1111-4111-8111-111111111111';
const EMPTY_CART = '33333333-3333-4333-8333-333333333333';
const KEY = 'test-function-key-0001';

interface OrderView {
  readonly status: string;
  readonly outcome: string | null;
  readonly waitingFor?: { readonly for: string } | null;
}

interface Product {
  readonly productId: string;
  readonly available: number;
}

/** The whole service on a database file, with its partner sandbox behind real HTTP. */
describe('The returns API', () => {
  let folder: string;
  let service: RunningService;
  const start = () =>
    startService(
      loadConfig({
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'silent',
        ORDER_API_KEYS: KEY,
        DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
        SANDBOX_PORT: '0',
        SANDBOX_LATENCY_MS: '0',
        SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
        RETRY_FIRST_INTERVAL_MS: '20',
        // A return goes on with what the order stored, whatever of it is shown.
        REDACT_KEYS: 'paymentId,captured',
      }),
    );

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'returns-api-'));
    service = await start();
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const sandbox = () => service.app.get<RunningSandbox>(EMBEDDED_SANDBOX, { strict: false }).url;
  const get = (route: string) => supertest(service.url).get(route);
  const post = (route: string, body: object = {}) =>
    supertest(service.url).post(route).set('x-functions-key', KEY).send(body);
  const reach = (route: string, what: string, condition: (view: OrderView) => boolean) =>
    waitUntil(`${route} to be ${what}`, async () => {
      const view = (await get(route).expect(200)).body as OrderView; // the contract of the route
      return condition(view) ? view : null;
    });
  const place = async (cart: string) => ((await post(`/order/start/${cart}`).expect(202)).body as { id: string }).id; // likewise
  const completed = (id: string) => reach(`/order/${id}/status`, 'completed', ({ status }) => status === 'Completed');
  const fulfil = async () => {
    const id = await place(FULL_CART);
    await reach(`/order/${id}/status`, 'payable', ({ waitingFor }) => waitingFor?.for === 'payment');
    await post(`/demo/orders/${id}/pay`).expect(202);
    expect(await completed(id)).toMatchObject({ outcome: 'fulfilled' });
    return id;
  };
  const stock = async () => {
    const products = (await (await fetch(`${sandbox()}/warehouse/products`)).json()) as Product[]; // likewise
    return Object.fromEntries(products.map(({ productId, available }) => [productId, available]));
  };
  const ended = (id: string) => reach(`/returns/${id}`, 'ended', ({ outcome }) => outcome !== null);

  it('a return refunds once and restocks the goods, over a restart', async () => {
    const before = await stock();
    const order = await fulfil();
    expect(await stock()).not.toEqual(before);

    const asked = await post(`/order/${order}/returns`, { reason: 'The grinder is dented.' }).expect(202);
    const id = `return-${order}`;
    expect(asked.body).toMatchObject({ id, orderId: order, status: 'Requested', outcome: null, refund: null });
    await post(`/returns/${id}/approve`, { reason: 'It is.' }).expect(202);
    await service.close();
    service = await start();
    await post(`/returns/${id}/received`).expect(202);

    const { amount } = asked.body as { amount: { amount: number; currency: string } }; // the contract of the route
    await ended(id);
    expect((await get(`/returns/${id}`).expect(200)).body).toMatchObject({
      status: 'Refunded',
      outcome: 'refunded',
      refund: { amount },
    });
    expect(await effectsOf(sandbox(), order)).toMatchObject({ captured: 1, refunded: 1, shipped: 1, released: 1 });
    expect(await stock()).toEqual(before);
    expect((await completed(order)).outcome).toBe('fulfilled');
  });

  it('a refund whose answer was lost is tried again under its key and happens once (G3)', async () => {
    const order = await fulfil();
    const id = `return-${order}`;
    await post(`/order/${order}/returns`, { reason: 'Too loud.' }).expect(202);
    await post(`/returns/${id}/approve`).expect(202);
    const fault = { service: 'payments', operation: 'payments.refund', kind: 'drop_after', times: 1 };
    const planned = await fetch(`${sandbox()}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify([fault]),
    });
    expect(planned.status).toBe(200);
    await post(`/returns/${id}/received`).expect(202);
    expect(await ended(id)).toMatchObject({ outcome: 'refunded' });
    expect(await effectsOf(sandbox(), order)).toMatchObject({ refunded: 1, released: 1, repeats: 1 });
  });

  it('only fulfilled orders can be returned', async () => {
    const order = await place(EMPTY_CART);
    await completed(order);
    const refusal = await post(`/order/${order}/returns`, { reason: 'Why not.' }).expect(409);
    expect(refusal.headers['content-type']).toContain('application/problem+json');
    expect(refusal.body).toMatchObject({ code: 'order_not_returnable', title: 'Order not returnable' });
    const unknown = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
    const problem = await post(`/order/${unknown}/returns`, { reason: 'Why not.' }).expect(404);
    expect(problem.body).toMatchObject({ code: 'order_not_found' });
  });

  it('an order has one return, a repeated request gets the first response, and commands are taken where they fit', async () => {
    const order = await fulfil();
    const id = `return-${order}`;
    const ask = (key: string) => post(`/order/${order}/returns`, { reason: 'Too small.' }).set('Idempotency-Key', key);
    const first = await ask('k-1').expect(202);
    expect(first.headers['location']).toBe(`${service.url}/returns/${id}`);
    const repeated = await ask('k-1').expect(202);
    expect([repeated.body, repeated.headers['location']]).toEqual([first.body, first.headers['location']]);
    const second = await ask('k-2').expect(409);
    expect(second.body).toMatchObject({ code: 'return_exists', detail: `There is a return already: ${id}.` });

    expect((await post(`/returns/${id}/received`).expect(409)).body).toMatchObject({ code: 'return_not_now' });
    expect((await post(`/returns/${id}/retry`).expect(409)).body).toMatchObject({ code: 'return_not_now' });
    await post(`/returns/${id}/reject`, { reason: 'It was used.' }).set('Idempotency-Key', 'r-1').expect(202);
    await post(`/returns/${id}/reject`, { reason: 'It was used.' }).set('Idempotency-Key', 'r-1').expect(202);
    expect((await post(`/returns/${id}/approve`).expect(410)).body).toMatchObject({ code: 'return_ended' });
    expect(await effectsOf(sandbox(), order)).toMatchObject({ captured: 1, refunded: 0, released: 0 });

    const types: string[] = [];
    for (let after: number | null = 0; after !== null;) {
      const page = await get(`/returns/${id}/history?limit=2&after=${after}`).expect(200);
      const { items, next } = page.body as { items: { type: string }[]; next: number | null }; // the contract of the route
      types.push(...items.map(({ type }) => type));
      after = next;
    }
    expect(types.filter((type) => type.startsWith('event.'))).toEqual(['event.received', 'event.refused']);

    const list = await get('/returns?outcome=rejected&limit=5').expect(200);
    expect(list.body).toMatchObject({ items: [{ id, orderId: order, status: 'Rejected' }], next: null });
  });

  it('a return is refused when it is invalid, unknown or sent without a key', async () => {
    const order = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
    await post(`/order/${order}/returns`, {}).expect(400);
    await post(`/order/${order}/returns`, { reason: 'x', amount: 1 }).expect(400);
    await supertest(service.url).post(`/order/${order}/returns`).send({ reason: 'x' }).expect(401);
    await supertest(service.url).post(`/returns/return-${order}/approve`).expect(401);
    expect((await get(`/returns/return-${order}`).expect(404)).body).toMatchObject({ code: 'return_not_found' });
    expect((await post(`/returns/return-${order}/approve`).expect(404)).body).toMatchObject({
      code: 'return_not_found',
    });
    expect((await post(`/returns/return-${order}/burn`).expect(404)).body).toMatchObject({ code: 'route_unknown' });
    await get('/returns?status=Lost').expect(400);
    await get(`/returns/return-${order}/history`).expect(404);
    await get('/returns?cursor=none').expect(400);
  });
});
