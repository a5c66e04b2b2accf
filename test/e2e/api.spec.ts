import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { loadConfig } from '../../src/config/config-loader.js';
import { startService, type RunningService } from '../../src/service.js';
import { waitUntil } from '../support/wait-until.js';

const FULL_CART = '11111111-1111-4111-8111-111111111111';
const EMPTY_CART = '33333333-3333-4333-8333-333333333333';
const SOLD_OUT_CART = '44444444-4444-4444-8444-444444444444';

interface Status {
  readonly status: string;
  readonly outcome: string | null;
  readonly waitingFor: { readonly for: string } | null;
}

/** The whole service on a database file, with its partner sandbox behind real HTTP. */
describe('The order API', () => {
  let folder: string;
  let service: RunningService;
  const start = () =>
    startService(
      loadConfig({
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'silent',
        ORDER_API_KEYS: 'test-function-key-0001',
        DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
        SANDBOX_PORT: '0',
        SANDBOX_LATENCY_MS: '0',
        SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      }),
    );

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'order-api-'));
    service = await start();
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const api = () => supertest(service.url);
  const post = (route: string) => api().post(route).set('x-functions-key', 'test-function-key-0001');
  const place = async (cart: string) => {
    const answer = await post(`/order/start/${cart}`).expect(202);
    const { id } = answer.body as { id: string }; // the contract of the route
    expect(answer.headers['location']).toBe(`${service.url}/order/${id}/status`);
    return id;
  };
  const when = (id: string, what: string, condition: (status: Status) => boolean) =>
    waitUntil(`${id} to be ${what}`, async () => {
      const status = (await api().get(`/order/${id}/status`).expect(200)).body as Status; // the contract of the route
      return condition(status) ? status : null;
    });
  const payable = (id: string) => when(id, 'payable', ({ waitingFor }) => waitingFor?.for === 'payment');
  const completed = (id: string) => when(id, 'completed', ({ status }) => status === 'Completed');

  it('an order is fulfilled when the provider reports its payment by a signed webhook (G6)', async () => {
    const id = await place(FULL_CART);
    await payable(id);
    await post(`/demo/orders/${id}/pay`).expect(202);
    expect(await completed(id)).toMatchObject({ outcome: 'fulfilled', waitingFor: null });
    const history = await api().get(`/order/${id}/history?limit=500`).expect(200);
    const { items } = history.body as { items: { type: string; data: { key?: string } }[] };
    expect(items.find(({ type }) => type === 'event.received')?.data.key).toMatch(/^webhook:/);
  });

  it.each([
    ['rejected', 'payment-rejected', 'payment_failed'],
    ['cancelled', 'cancel', 'cancelled'],
  ])('an order that is %s is wound up (G4)', async (_, command, outcome) => {
    const id = await place(FULL_CART);
    await payable(id);
    await post(`/order/${id}/${command}`).expect(202);
    expect(await completed(id)).toMatchObject({ outcome });
    await post(`/order/${id}/cancel`).expect(410);
  });

  it.each([
    [EMPTY_CART, 'failed', 'cart_empty'],
    [SOLD_OUT_CART, 'out_of_stock', 'partly_reserved'],
  ])('an order of the cart %s ends as %s', async (cart, outcome, reason) => {
    const id = await place(cart);
    expect(await completed(id)).toMatchObject({ outcome });
    expect((await api().get(`/order/${id}`).expect(200)).body).toMatchObject({ reason, runtimeStatus: 'Completed' });
  });

  it('a payment of a suspended order is kept, and the order is fulfilled when it is resumed (G13)', async () => {
    const id = await place(FULL_CART);
    await payable(id);
    await post(`/order/${id}/suspend`).send({ reason: 'a suspicious address' }).expect(202);
    await post(`/demo/orders/${id}/pay`).expect(202);
    const types = async () => {
      const { items } = (await api().get(`/order/${id}/history?limit=500`)).body as { items: { type: string }[] };
      return items.map(({ type }) => type); // the contract of the route
    };
    await waitUntil(`the payment of ${id} to be kept`, async () =>
      (await types()).includes('event.kept') ? true : null,
    );
    expect((await api().get(`/order/${id}`).expect(200)).body).toMatchObject({
      status: 'AwaitingPayment',
      runtimeStatus: 'Suspended',
    });
    await post(`/order/${id}/resume`).expect(202);
    expect(await completed(id)).toMatchObject({ outcome: 'fulfilled', waitingFor: null });
    const again = await post(`/order/${id}/restart`).send({ reason: 'the same once more' }).expect(202);
    const { id: repeat } = again.body as { id: string }; // the contract of the route
    await payable(repeat);
    await post(`/order/${repeat}/terminate`).expect(202);
    expect((await api().get(`/order/${repeat}`)).body).toMatchObject({ runtimeStatus: 'Terminated' });
  });

  it('an order survives a restart of the service and can be paid after it (G1)', async () => {
    const id = await place(FULL_CART);
    await payable(id);
    await service.close();
    service = await start();
    const list = await api().get('/orders?status=AwaitingPayment').expect(200);
    expect((list.body as { items: { id: string }[] }).items.map((order) => order.id)).toContain(id);
    await post(`/order/${id}/payment-accepted`).expect(202);
    expect(await completed(id)).toMatchObject({ outcome: 'fulfilled' });
  });
});
