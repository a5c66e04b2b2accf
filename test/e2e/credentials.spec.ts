import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { OrderTokens } from '../../src/http/auth/order-token.js';
import { StreamLimiter } from '../../src/push/streams/stream-limiter.js';
import { registerCases } from '../support/register-cases.js';
import { ServiceRig } from '../support/service-rig.js';
import { waitUntil } from '../support/wait-until.js';
import { SseClient } from './push/push-sse.js';

const SECRET = 'a-secret-of-the-tokens-of-orders-1';
const DAYS = 30;
const DAY_MS = 86_400_000;
const KEYS = {
  fine: 'key-of-anna-0001',
  expired: 'key-of-anna-0002',
  revoked: 'key-of-anna-0003',
  unknown: 'key-of-nobody-0001',
} as const;
const ADMIN = 'key-of-root-0001';

type State = 'fine' | 'expired' | 'revoked' | 'unknown';
type Headers = Readonly<Record<string, string>>;
/** Status and code of a refusal. */
type Told = readonly [status: number, code: string];

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const STATES = ['fine', 'expired', 'revoked', 'unknown'] as const;

describe('keys and tokens that have expired or were revoked (G22)', () => {
  let rig: ServiceRig;
  let open: string;
  let closed: string;
  const tokens = new OrderTokens({
    apiKeys: [],
    orderTokenSecrets: [SECRET],
    webhookSecrets: [],
    publicUrl: () => '',
    production: true,
  });

  beforeAll(async () => {
    rig = await ServiceRig.start({
      ACCESS_KEYS: [
        `anna:operator:sha256:${sha256(KEYS.fine)}`,
        `anna:operator:sha256:${sha256(KEYS.expired)}:2026-01-01T00:00:00Z`,
        `anna:operator:sha256:${sha256(KEYS.revoked)}:2099-01-01T00:00:00.000Z`,
        `root:admin:sha256:${sha256(ADMIN)}`,
      ].join(),
      ORDER_TOKEN_SECRETS: SECRET,
      ORDER_TOKEN_DAYS: String(DAYS),
    });
    [open, closed] = await Promise.all([rig.place(keyed(KEYS.fine)), rig.place(keyed(KEYS.fine))]);
    await revokeKey(KEYS.revoked);
    await revokeTokens(closed);
  });
  afterAll(() => rig.close());

  const keyed = (key: string): Headers => ({ 'x-functions-key': key });
  const bearing = (token: string): Headers => ({ authorization: `Bearer ${token}` });
  const revokeKey = (key: string) =>
    rig.api
      .post(`/keys/${sha256(key).slice(0, 16)}/revoke`)
      .set(keyed(ADMIN))
      .send({ reason: 'left in a chat' })
      .expect(200);
  const revokeTokens = (id: string) => rig.api.post(`/order/${id}/token/revoke`).set(keyed(KEYS.fine)).expect(200);
  const toldBy = async (method: string, path: string, headers: Headers): Promise<Told> => {
    const end = new AbortController();
    const answer = await fetch(`${rig.service.url}${path}`, { method, headers, signal: end.signal });
    const isProblem = method !== 'HEAD' && answer.headers.get('content-type')?.includes('problem') === true;
    const code = isProblem ? ((await answer.json()) as { code: string }).code : ''; // RFC 9457 and ours
    end.abort();
    return [answer.status, code];
  };
  const socketOf = (id: string, headers: Headers = {}): WebSocket =>
    new WebSocket(`${rig.service.url.replace('http', 'ws')}/dashboard/inspect/${id}/feed`, { headers });
  /** Resolves at the first message, or when it is closed. */
  async function toldOn(client: WebSocket): Promise<Told> {
    const told = await Promise.race([
      once(client, 'message').then(() => [101, ''] as const),
      once(client, 'close').then(([code, reason]: unknown[]) => [Number(code), String(reason)] as const),
    ]);
    client.terminate();
    return told;
  }
  const shows = (client: WebSocket, key: string): WebSocket =>
    client.once('open', () => client.send(JSON.stringify({ key })));

  const orderFor = (state: State): string => (state === 'revoked' ? closed : open);
  const tokenFor = (state: State): string => {
    const ageMs = { fine: 0, expired: (DAYS + 1) * DAY_MS, revoked: DAY_MS, unknown: 0 }[state];
    const token = tokens.issue(orderFor(state), Date.now() - ageMs) ?? '';
    return state === 'unknown' ? token.replace(/.{4}$/, 'AAAA') : token;
  };

  const BY_KEY: Readonly<Record<string, (key: string) => Promise<Told>>> = {
    'a read': (key) => toldBy('GET', '/orders', keyed(key)),
    'a command': (key) => toldBy('POST', '/order/5fbe9cb2-d7c6-4a4b-86c2-23ba39bd6c93/suspend', keyed(key)),
    'the metrics': (key) => toldBy('GET', '/metrics', keyed(key)),
    'a stream': (key) => toldBy('GET', '/orders/stream', keyed(key)),
    'a stream asked with HEAD': (key) => toldBy('HEAD', '/orders/stream', keyed(key)),
    'a long poll': (key) => toldBy('GET', `/order/${open}/wait?until=ended&timeout=1`, keyed(key)),
    "a WebSocket's header": (key) => toldOn(shows(socketOf(open, keyed(key)), key)),
    "a WebSocket's message": (key) => toldOn(shows(socketOf(open), key)),
  };
  const BY_TOKEN: Readonly<Record<string, (id: string, token: string) => Promise<Told>>> = {
    'a read': (id, token) => toldBy('GET', `/order/${id}`, bearing(token)),
    'a history': (id, token) => toldBy('GET', `/order/${id}/history`, bearing(token)),
    'a stream': (id, token) => toldBy('GET', `/order/${id}/stream`, bearing(token)),
    'a long poll': (id, token) => toldBy('GET', `/order/${id}/wait?until=payable&timeout=1`, bearing(token)),
    'a command': (id, token) => toldBy('POST', `/order/${id}/cancel`, bearing(token)),
  };
  const isServed = ([status]: Told): boolean => status < 300 || status === 404;

  it('every way in tells what a key or token is: in force, expired, revoked or none of ours', async () => {
    let cases = 0;
    for (const state of STATES) {
      const codeOf = (kind: string) => (state === 'unknown' ? 'key_required' : `${kind}_${state}`);
      for (const [way, ask] of Object.entries(BY_KEY)) {
        cases += 1;
        const told = await ask(KEYS[state]);
        const expected = way.includes('WebSocket')
          ? [4401, codeOf('key')]
          : [401, way.includes('HEAD') ? '' : codeOf('key')];
        expect([way, state, told]).toEqual([way, state, state === 'fine' ? told : expected]);
        expect([way, state, isServed(told)]).toEqual([way, state, state === 'fine']);
      }
      for (const [way, ask] of Object.entries(BY_TOKEN)) {
        cases += 1;
        const told = await ask(orderFor(state), tokenFor(state));
        expect([way, state, told]).toEqual([way, state, state === 'fine' ? told : [401, codeOf('token')]]);
        expect([way, state, isServed(told)]).toEqual([way, state, state === 'fine']);
      }
    }
    registerCases(52, cases);
  });

  it('what is open ends when its key or token is revoked: streams, long polls and WebSockets', async () => {
    const order = await rig.place(keyed(KEYS.fine));
    const token = tokens.issue(order, Date.now() - 1_000) ?? '';
    await waitUntil('a place where the order rests', async () => {
      const [status] = await toldBy('GET', `/order/${order}/wait?until=payable&timeout=5`, keyed(ADMIN));
      return status === 200 ? true : null;
    });
    const spare = KEYS.fine;
    const streams = await Promise.all([
      SseClient.open(`${rig.service.url}/orders/stream`, null, keyed(spare)),
      SseClient.open(`${rig.service.url}/order/${order}/stream`, null, keyed(spare)),
      SseClient.open(`${rig.service.url}/order/${order}/stream`, null, bearing(token)),
    ]);
    const stays = await SseClient.open(`${rig.service.url}/orders/stream`, null, keyed(ADMIN));
    const wait = `/order/${order}/wait?until=ended&timeout=60`;
    const polls = [keyed(spare), bearing(token)].map((headers) => toldBy('GET', wait, headers));
    const sockets = [socketOf(order, keyed(spare)), shows(socketOf(order), spare)];
    await Promise.all(sockets.map((socket) => once(socket, 'message')));
    const ends = sockets.map((socket) => once(socket, 'close'));
    const places = rig.service.app.get(StreamLimiter);
    await waitUntil('the long polls to be held', () => Promise.resolve(places.taken === 6 ? true : null));

    await revokeTokens(order);
    expect(await polls[1]).toEqual([401, 'token_revoked']);
    await streams[2].end();
    expect(streams.map(({ ended }) => ended)).toEqual([false, false, true]);
    await revokeKey(spare);
    expect(await polls[0]).toEqual([401, 'key_revoked']);
    for (const stream of streams) await stream.end();
    for (const end of ends) expect((await end).map(String)).toEqual(['4401', 'key_revoked']);
    expect(stays.ended).toBe(false);
    stays.close();
  });

  it('a token made after a revocation is in force, and the ones from before stay refused', async () => {
    const made = await rig.api.post(`/order/${closed}/token`).set(keyed(ADMIN)).expect(200);
    expect(made.headers['cache-control']).toBe('no-store');
    const { orderToken, expiresAt } = made.body as { orderToken: string; expiresAt: string }; // the contract of the route
    expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan((DAYS - 1) * DAY_MS);
    expect(await toldBy('GET', `/order/${closed}`, bearing(orderToken))).toEqual([200, '']);
    expect(await toldBy('GET', `/order/${closed}`, bearing(tokenFor('revoked')))).toEqual([401, 'token_revoked']);
    const unknown = '5fbe9cb2-d7c6-4a4b-86c2-23ba39bd6c93';
    for (const path of [`/order/${unknown}/token`, `/order/${unknown}/token/revoke`])
      expect(await toldBy('POST', path, keyed(ADMIN))).toEqual([404, 'order_not_found']);
  });
});
