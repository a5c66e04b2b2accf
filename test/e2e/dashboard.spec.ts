import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket, type ClientOptions } from 'ws';
import { createMachine } from 'xstate';
import { LoadedProcess, ServiceProcess } from '../support/service-process.js';
import { waitUntil } from '../support/wait-until.js';

const OPERATOR = 'operator-key-of-the-dashboard-test';
const SHOP = 'client-key-of-the-dashboard-test';
const keyLine = (id: string, role: string, key: string): string =>
  `${id}:${role}:sha256:${createHash('sha256').update(key).digest('hex')}`;

interface Message {
  readonly type: string;
  readonly sessionId: string;
  readonly createdAt: string;
}

describe('The dashboard behind keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dashboard-e2e-'));
  let service: ServiceProcess;

  async function boot(): Promise<void> {
    const loaded = LoadedProcess.fork({
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: `sqlite:${join(folder, 'orders.db')}`,
      SANDBOX_DATABASE: join(folder, 'sandbox.db'),
      SANDBOX_PORT: '0',
      SANDBOX_LATENCY_MS: '0',
      LOG_LEVEL: 'fatal',
      ACCESS_KEYS: [keyLine('ops', 'operator', OPERATOR), keyLine('shop', 'client', SHOP)].join(','),
    });
    service = await ServiceProcess.start(loaded);
  }

  beforeAll(boot);
  afterAll(async () => {
    await service.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string, key?: string): Promise<Response> =>
    fetch(`${service.url}${path}`, { headers: key === undefined ? {} : { 'x-functions-key': key } });

  async function place(): Promise<string> {
    const headers = { 'x-functions-key': OPERATOR };
    const answer = await fetch(`${service.url}/demo/orders`, { method: 'POST', headers });
    const { id } = (await answer.json()) as { id: string }; // the contract of the route
    await waitUntil('the customer may pay', async () => {
      const order = (await (await get(`/order/${id}`, OPERATOR)).json()) as { payment: unknown }; // as above
      return order.payment;
    });
    return id;
  }

  const socket = (id: string, options: ClientOptions = {}): WebSocket =>
    new WebSocket(`${service.url.replace('http', 'ws')}/dashboard/inspect/${id}/feed`, options);

  const closedWith = async (client: WebSocket): Promise<number> => {
    const [code] = (await once(client, 'close')) as [number]; // of ws
    return code;
  };

  /** All messages up to where the order waits for its customer. */
  async function messagesOf(client: WebSocket): Promise<Message[]> {
    const messages: Message[] = [];
    client.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message)); // of ours
    const isOpen = (): boolean => JSON.stringify(messages).includes('"value":{"AwaitingPayment":"open"}');
    await waitUntil('the order is open', () => Promise.resolve(isOpen() ? true : null));
    client.close();
    const end = messages.findIndex((message) => JSON.stringify(message).includes('{"AwaitingPayment":"open"}'));
    return messages.slice(0, end + 1);
  }

  it("everybody gets the dashboard's pages, and only operators get orders, counts and machines", async () => {
    for (const path of [
      '/dashboard',
      '/dashboard/orders/x',
      '/dashboard/assets/styles/base.css',
      '/dashboard/settings',
    ]) {
      expect((await get(path)).status).toBe(200);
    }
    for (const path of ['/orders', '/dashboard/counts', '/machines', '/machines/order.svg']) {
      expect((await get(path)).status).toBe(401);
      expect((await get(path, SHOP)).status).toBe(403);
      expect((await get(path, OPERATOR)).status).toBe(200);
    }
    expect((await get('/dashboard/assets/..%2F..%2Fapp.module.js')).status).toBe(404);
  });

  it('the dashboard loads nothing from elsewhere, and its policy allows no inline script', async () => {
    const policy = (await get('/dashboard')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/);
    const pages = join(__dirname, '../../src/dashboard/page');
    for (const name of readdirSync(pages, { recursive: true, encoding: 'utf8' })) {
      if (!name.includes('.')) continue;
      const text = readFileSync(join(pages, name), 'utf8').replaceAll('http://www.w3.org/2000/svg', '');
      const links = [...text.matchAll(/https?:\/\/[\w.]+/g)].map(([link]) => link);
      expect({ name, links }).toEqual({ name, links: name === 'inspect.page.mjs' ? ['https://stately.ai'] : [] });
      expect({ name, inline: /<script(?![^>]*src=)|\son\w+="|style="/.test(text) }).toEqual({ name, inline: false });
    }
  });

  it('the dashboard has scripts that write no markup and evaluate no text', () => {
    const pages = join(__dirname, '../../src/dashboard/page');
    const scripts = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.mjs'));
    expect(scripts.length).toBeGreaterThan(15);
    for (const name of scripts) {
      const text = readFileSync(join(pages, name), 'utf8');
      const found = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/.exec(text)?.[0] ?? null;
      expect({ name, found }).toEqual({ name, found: null });
    }
  });

  it('machines are served as XState definitions, drawings and Mermaid, child machines included', async () => {
    const { items } = (await (await get('/machines', OPERATOR)).json()) as { items: { id: string; childOf: string }[] }; // the contract
    expect(items).toContainEqual(expect.objectContaining({ id: 'payment', childOf: 'order', current: true }));
    const definition = (await (await get('/machines/order', OPERATOR)).json()) as Parameters<typeof createMachine>[0];
    expect(Object.keys(createMachine(definition).states)).toContain('AwaitingPayment');
    const svg = await get('/machines/order.svg', OPERATOR);
    expect(svg.headers.get('content-type')).toContain('image/svg+xml');
    expect(await svg.text()).toContain('id="s:payment/waiting"');
    expect(await (await get('/machines/payment.mmd', OPERATOR)).text()).toContain('stateDiagram-v2');
    expect((await get('/machines/order?version=0', OPERATOR)).status).toBe(404);
  });

  it('the inspector gets the same messages of an order before and after a restart', async () => {
    const id = await place();
    const before = await messagesOf(socket(id, { headers: { 'x-functions-key': OPERATOR } }));
    expect(before[0]).toMatchObject({ type: '@xstate.actor', sessionId: id });
    expect(before.map(({ sessionId }) => sessionId)).toContain(`${id}/payment`);
    await service.kill();
    await boot();
    const client = socket(id);
    client.on('open', () => client.send(JSON.stringify({ key: OPERATOR })));
    expect(await messagesOf(client)).toEqual(before);
  });

  it("the inspector's feed is refused without an operator's key, to pages of another origin, and for an unknown order", async () => {
    const id = await place();
    const shop = socket(id);
    shop.on('open', () => shop.send(JSON.stringify({ key: SHOP })));
    expect(await closedWith(shop)).toBe(4401);
    const foreign = socket(id, { origin: 'https://elsewhere.example', headers: { 'x-functions-key': OPERATOR } });
    const [error] = (await once(foreign, 'error')) as [Error]; // of ws
    expect(error.message).toContain('403');
    expect(await closedWith(socket(randomUUID(), { headers: { 'x-functions-key': OPERATOR } }))).toBe(4404);
  });
});
