import { createHash, randomUUID } from 'node:crypto';
import { CART, HttpRig } from '../../../test/support/http-rig.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const KEYS = {
  client: 'the-key-of-the-shop',
  operator: 'the-key-of-anna',
  newOperator: 'the-next-key-of-anna',
  admin: 'the-key-of-root',
} as const;
const ACCESS_KEYS = [
  { id: 'shop', role: 'client', sha256: sha256(KEYS.client) },
  { id: 'anna', role: 'operator', sha256: sha256(KEYS.operator) },
  { id: 'anna', role: 'operator', sha256: sha256(KEYS.newOperator).toUpperCase() },
  { id: 'root', role: 'admin', sha256: sha256(KEYS.admin) },
] as const;

interface Placed {
  readonly id: string;
  readonly orderToken: string;
}

describe('with keys that have roles', () => {
  let rig: HttpRig;
  let mine: Placed;
  let foreign: Placed;
  beforeAll(async () => {
    rig = await HttpRig.start({
      http: { accessKeys: ACCESS_KEYS, orderTokenSecrets: ['s'.repeat(32)], production: true },
    });
    mine = await place();
    foreign = await place();
  });
  afterAll(() => rig.close());

  type Who = keyof typeof KEYS | 'nobody' | { readonly token: string };
  const call = (who: Who, method: 'get' | 'post', path: string) => {
    const request = rig.request[method](path);
    if (who === 'nobody') return request;
    return typeof who === 'string'
      ? request.set('x-functions-key', KEYS[who])
      : request.set('authorization', `Bearer ${who.token}`);
  };
  const place = async (): Promise<Placed> => {
    const answer = await call('client', 'post', `/order/start/${CART}`).expect(202);
    expect(answer.headers['cache-control']).toBe('no-store');
    return answer.body as Placed; // the contract of the route
  };
  const statusOf = async (who: Who, method: 'get' | 'post', path: string) => (await call(who, method, path)).status;

  it('a request without a key neither reads nor changes orders', async () => {
    for (const path of ['/orders', '/incidents', `/order/${mine.id}`, `/order/${mine.id}/status`]) {
      const answer = await call('nobody', 'get', path).expect(401);
      expect(answer.body).toMatchObject({ code: 'key_required' });
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    }
    await rig.request.get('/orders').set('x-functions-key', sha256(KEYS.admin)).expect(401);
    await rig.request.get('/orders').set('authorization', `Bearer ${KEYS.admin}`).expect(401);
    await rig.request.get('/health/live').expect(200);
  });

  it('a client places orders, follows and cancels them, and neither lists nor steers nor pays them', async () => {
    const { id } = await place();
    expect(await statusOf('client', 'get', `/order/${id}/history`)).toBe(200);
    for (const path of ['terminate', 'suspend', 'retry', 'restart', 'payment-accepted', 'events/payment.accepted'])
      expect([path, await statusOf('client', 'post', `/order/${id}/${path}`)]).toEqual([path, 403]);
    const refused = await call('client', 'get', '/orders').expect(403);
    expect(refused.body).toMatchObject({ code: 'role_insufficient' });
    expect(await statusOf('client', 'post', `/order/${id}/cancel`)).toBe(202);
  });

  it('operators and admins may do what clients may, and steer; all keys of one person act under one id', async () => {
    for (const who of ['operator', 'newOperator', 'admin'] as const) {
      expect(await statusOf(who, 'get', '/orders')).toBe(200);
      expect(await statusOf(who, 'post', `/order/start/${CART}`)).toBe(202);
    }
    const { id } = await place();
    await call('newOperator', 'post', `/order/${id}/suspend`).send({ reason: 'odd' }).expect(202);
    const suspended = rig.store.rows.find(({ actorId, data }) => actorId === id && data.includes('"odd"'));
    expect(JSON.parse(suspended?.data ?? '{}')).toMatchObject({ by: 'anna' });
  });

  it('a customer reads and cancels the order of their token', async () => {
    const { id, orderToken } = await place();
    for (const path of ['', '/status', '/history'])
      expect([path, await statusOf({ token: orderToken }, 'get', `/order/${id}${path}`)]).toEqual([path, 200]);
    expect(await statusOf({ token: orderToken }, 'get', `/order/${id.toUpperCase()}/status`)).toBe(200);
    expect(await statusOf({ token: orderToken }, 'post', `/order/${id}/cancel`)).toBe(202);
  });

  it('for a customer the order of somebody else is an unknown one, whatever they ask of it', async () => {
    const token = { token: mine.orderToken };
    const unknown = randomUUID();
    for (const [method, path] of [
      ['get', ''],
      ['get', '/status'],
      ['get', '/history'],
      ['post', '/cancel'],
      ['post', '/terminate'],
      ['post', '/payment-accepted'],
    ] as const) {
      const [theirs, none] = [foreign.id, unknown].map((id) => call(token, method, `/order/${id}${path}`).expect(404));
      const strip = ({ body }: { body: unknown }) => ({ ...(body as object), instance: '', traceId: '' });
      expect(strip(await theirs!)).toEqual(strip(await none!));
    }
  });

  it('a customer may do nothing else, not even to their own order', async () => {
    const token = { token: mine.orderToken };
    for (const [method, path] of [
      ['get', '/orders'],
      ['get', '/incidents'],
      ['post', `/order/start/${CART}`],
      ['post', `/order/${mine.id}/payment-accepted`],
      ['post', `/order/${mine.id}/events/order.cancel`],
      ['post', `/order/${mine.id}/terminate`],
      ['post', `/order/${mine.id}/restart`],
    ] as const)
      expect([path, await statusOf(token, method, path)]).toEqual([path, 403]);
  });

  it('a forged token is refused, and so is a wrong key together with a valid token', async () => {
    const forged = mine.orderToken.replace(mine.id, foreign.id);
    expect(await statusOf({ token: forged }, 'get', `/order/${foreign.id}/status`)).toBe(401);
    const both = call({ token: mine.orderToken }, 'get', `/order/${mine.id}/status`).set('x-functions-key', 'wrong');
    await both.expect(401);
  });
});

describe('without a configured key', () => {
  it('production refuses every request, and development accepts every request', async () => {
    const production = await HttpRig.start({ http: { production: true } });
    const development = await HttpRig.start();
    try {
      await production.request.get('/orders').expect(401);
      await production.request.post(`/order/start/${CART}`).expect(401);
      await development.request.get('/orders').expect(200);
    } finally {
      await production.close();
      await development.close();
    }
  });
});
