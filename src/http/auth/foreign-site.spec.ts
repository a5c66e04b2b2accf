import { HttpRig, PUBLIC_URL } from '../../../test/support/http-rig.js';

const CANCEL = '/order/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001/cancel';
const KEY = { 'x-functions-key': 'key-of-a-developer' };

const FOREIGN_PAGES = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
];
const FOREIGN_HOSTS = [
  'evil.example',
  'evil.example:3000',
  '127.0.0.1.nip.io',
  'localhost.evil.example',
  'EVIL.example',
];
const OWN_HOSTS = [
  'localhost:3000',
  '127.0.0.1',
  '[::1]:3000',
  'orders:3000',
  'app.localhost',
  '192.168.1.7',
  new URL(PUBLIC_URL).host,
];

describe('a service without keys', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it.each(FOREIGN_PAGES)('a page of somebody else changes nothing: %j', async (headers) => {
    const answer = await rig.request.post(CANCEL).set(headers).expect(403);
    expect(answer.body).toMatchObject({ code: 'site_foreign' });
  });

  it.each(FOREIGN_HOSTS)('refuses reads and changes under the foreign host name %s', async (host) => {
    await rig.request.get('/orders').set('host', host).expect(403);
    await rig.request.post(CANCEL).set('host', host).expect(403);
  });

  it.each(OWN_HOSTS)('answers requests and its own pages under its own name %s', async (host) => {
    await rig.request.get('/orders').set('host', host).expect(200);
    await rig.request
      .post(CANCEL)
      .set({ host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })
      .expect(404);
  });

  it('answers tools that are not a browser', async () => {
    await rig.request.post(CANCEL).set('sec-fetch-site', 'none').expect(404);
    await rig.request.post(CANCEL).expect(404);
  });
});

describe('a request with a key', () => {
  it.each([...FOREIGN_PAGES, { host: 'orders.example.net' }])('is accepted from any page: %j', async (headers) => {
    const rig = await HttpRig.start({ http: { apiKeys: ['key-of-a-developer'] } });
    await rig.request
      .post(CANCEL)
      .set({ ...headers, ...KEY })
      .expect(404);
    await rig.close();
  });
});
