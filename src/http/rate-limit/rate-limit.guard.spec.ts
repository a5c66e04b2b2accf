import { createHash } from 'node:crypto';
import { CART, HttpRig, type HttpRigOptions } from '../../../test/support/http-rig.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const LIMITS = { keys: 4, customers: 3, webhooks: 2, addresses: 1 };

describe('requests beyond the limit of a minute', () => {
  let rig: HttpRig;
  const start = async (http: HttpRigOptions['http'] = {}) =>
    (rig = await HttpRig.start({
      http: {
        accessKeys: [
          { id: 'shop', role: 'client', sha256: sha256('shop-key') },
          { id: 'anna', role: 'operator', sha256: sha256('anna-key') },
        ],
        orderTokenSecrets: ['s'.repeat(32)],
        rateLimits: LIMITS,
        ...http,
      },
    }));
  afterEach(() => rig.close());

  const statuses = async (times: number, ask: () => PromiseLike<{ status: number }>): Promise<number[]> => {
    const found: number[] = [];
    for (let time = 0; time < times; time += 1) found.push((await ask()).status);
    return found;
  };
  const get = (path: string, key: string) => rig.request.get(path).set('x-functions-key', key);

  it('are refused with 429 and the time to wait, and the answers before tell how many are left', async () => {
    await start();
    const first = await get('/orders', 'anna-key').expect(200);
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '4', 'x-ratelimit-remaining': '3' });
    expect(await statuses(3, () => get('/orders', 'anna-key'))).toEqual([200, 200, 200]);
    const refused = await get('/orders', 'anna-key').expect(429);
    expect(refused.body).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
  });

  it('are counted over all routes, separately for each key', async () => {
    await start();
    await get('/orders', 'anna-key').expect(200);
    expect(await statuses(4, () => get('/incidents', 'anna-key'))).toEqual([200, 200, 200, 429]);
    await rig.request.post(`/order/start/${CART}`).set('x-functions-key', 'shop-key').expect(202);
  });

  it('are counted separately for each order’s token', async () => {
    await start();
    const place = async () => {
      const answer = await rig.request.post(`/order/start/${CART}`).set('x-functions-key', 'shop-key').expect(202);
      const { id, orderToken } = answer.body as { id: string; orderToken: string }; // the contract of the route
      return () => rig.request.get(`/order/${id}/status`).set('authorization', `Bearer ${orderToken}`);
    };
    const [mine, other] = [await place(), await place()];
    expect(await statuses(4, mine)).toEqual([200, 200, 200, 429]);
    await other().expect(200);
  });

  it('are counted by address for who guesses keys: the guesses themselves count', async () => {
    await start();
    await get('/orders', 'guess-1').expect(401);
    await get('/orders', 'guess-2').expect(429);
    await get('/orders', 'anna-key').expect(200);
  });

  it('are counted separately for webhooks, whether their signatures are valid or not', async () => {
    await start();
    const send = () => rig.request.post('/webhooks/payments').type('json').send('{}');
    expect(await statuses(3, send)).toEqual([401, 401, 429]);
    await rig.request.post('/webhooks/stripe').type('json').send('{}').expect(429);
    await get('/orders', 'anna-key').expect(200);
  });

  it('are not refused on routes of health, nor with a limit of 0', async () => {
    await start({ rateLimits: { keys: 0, customers: 0, webhooks: 0, addresses: 1 } });
    expect(await statuses(3, () => rig.request.get('/health/live'))).toEqual([200, 200, 200]);
    expect(await statuses(3, () => get('/orders', 'anna-key'))).toEqual([200, 200, 200]);
  });

  it('are counted for the address a proxy names only where that proxy is trusted', async () => {
    const from = (address: string) => rig.request.get('/orders').set('x-forwarded-for', address);
    await start({ trustedProxies: 1 });
    await from('192.0.2.1').expect(401);
    await from('192.0.2.2').expect(401);
    await from('198.51.100.9, 192.0.2.2').expect(429);
    await rig.close();
    await start();
    await from('192.0.2.1').expect(401);
    await from('192.0.2.2').expect(429);
  });
});
