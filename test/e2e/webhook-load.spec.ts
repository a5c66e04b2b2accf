import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { loadConfig } from '../../src/config/config-loader.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../../src/config/webhook-secret-development.js';
import { EMBEDDED_SANDBOX } from '../../src/sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox-options.js';
import { startService, type RunningService } from '../../src/service.js';
import { effectsByOrder, violations } from '../support/ledger-audit.js';
import { SeededRandom } from '../support/seeded-random.js';
import { waitUntil } from '../support/wait-until.js';

const ORDERS = 100;
/** Deliveries in all: of each order's events, and 30 % of them once more. */
const DELIVERIES = 1_000;
const DUPLICATES = 300;
const PATIENCE_MS = 120_000;
const signer = new Webhook(DEVELOPMENT_WEBHOOK_SECRET);

interface Delivery {
  readonly orderId: string;
  readonly eventId: string;
  readonly body: string;
}

interface Order {
  readonly id: string;
  readonly payment: { readonly paymentId: string; readonly checkoutUrl: string; readonly amount: object };
}

/** The whole service on a database file, its partners behind real HTTP; the provider reports everything at once. */
describe('A thousand webhooks at once, three in ten of them duplicates', () => {
  let folder: string;
  let service: RunningService;
  let agent: Agent;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'webhook-load-'));
    agent = new Agent({ keepAlive: true, maxSockets: 100 });
    service = await startService(
      loadConfig({
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'silent',
        DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
        PAYMENT_TIMEOUT_MS: '3600000',
        PARTNER_TIMEOUT_MS: '60000',
        RETRY_FIRST_INTERVAL_MS: '100',
        RETRY_MAX_ATTEMPTS: '20',
        SANDBOX_PORT: '0',
        SANDBOX_LATENCY_MS: '0',
        SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      }),
    );
  });
  afterAll(async () => {
    agent.destroy();
    await service.close();
    await rm(folder, { recursive: true });
  });

  const call = (method: string, route: string, headers: Record<string, string> = {}, body = '') =>
    new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
      const asking = request(`${service.url}${route}`, { method, agent, headers }, (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', reject);
      });
      asking.on('error', reject);
      asking.end(body);
    });
  const json = async <T>(method: string, route: string): Promise<T> =>
    JSON.parse((await call(method, route)).text) as T; // the contract of the route

  const newCart = async (): Promise<string> => {
    const id = randomUUID();
    await post(`${sandboxUrl()}/cart/${id}/add`, { productId: 'coffee-beans-1kg', count: 1 });
    return id;
  };
  const sandboxUrl = (): string => service.app.get<RunningSandbox>(EMBEDDED_SANDBOX).url;

  const deliver = ({ eventId, body }: Delivery) => {
    const at = new Date();
    return call(
      'POST',
      '/webhooks/payments',
      {
        'content-type': 'application/json',
        'webhook-id': eventId,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': signer.sign(eventId, at, body),
      },
      body,
    );
  };

  it('a thousand webhooks in any order have one effect on each of a hundred orders, and none is lost (G1, G6)', async () => {
    const random = new SeededRandom(20_260_131);
    const ids = await Promise.all(
      Array.from({ length: ORDERS }, async () => (await json<Order>('POST', `/order/start/${await newCart()}`)).id),
    );
    const orders: Order[] = [];
    for (const id of ids) {
      const payable = await waitUntil(
        `${id} to be payable`,
        async () => {
          const order = await json<Order & { waitingFor: { for: string } | null }>('GET', `/order/${id}`);
          return order.waitingFor?.for === 'payment' ? order : null;
        },
        PATIENCE_MS,
      );
      orders.push(payable);
    }

    // The customers pay at the provider, which reports that by itself as well.
    await Promise.all(orders.map(({ payment }) => post(payment.checkoutUrl, { decision: 'accept' })));

    // Seven events of each order: its payment was accepted, said by as many webhooks of their own.
    const events = orders.flatMap(({ id, payment }) =>
      Array.from({ length: (DELIVERIES - DUPLICATES) / ORDERS }, (_, index): Delivery => {
        const eventId = `msg-${id}-${index}`;
        const data = { orderId: id, paymentId: payment.paymentId, amount: payment.amount };
        return {
          orderId: id,
          eventId,
          body: JSON.stringify({ type: 'payment.accepted', timestamp: new Date().toISOString(), data }),
        };
      }),
    );
    const duplicates = shuffled(events, random).slice(0, DUPLICATES);
    const deliveries = shuffled([...events, ...duplicates], random);
    expect(deliveries).toHaveLength(DELIVERIES);

    const answers = await Promise.all(deliveries.map(deliver));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(
      answers.filter(({ text }) => !['accepted', 'refused'].includes((JSON.parse(text) as { result: string }).result)),
    ).toEqual([]);

    for (const id of ids) {
      const isFulfilled = async () =>
        (await json<{ outcome: string | null }>('GET', `/order/${id}/status`)).outcome === 'fulfilled' ? true : null;
      await waitUntil(`${id} to be fulfilled`, isFulfilled, PATIENCE_MS);
    }

    // Every webhook is stored once, and counted as often as it came.
    const received = new Map<string, number>();
    let cursor: string | null = null;
    do {
      const page: { items: { eventId: string; deliveries: number; disposition: string }[]; next: string | null } =
        await json('GET', `/webhooks/payments/received?limit=100${cursor === null ? '' : `&cursor=${cursor}`}`);
      for (const { eventId, deliveries: count, disposition } of page.items) {
        if (!eventId.startsWith('msg-')) continue; // the provider's own, some of which may be under way
        expect(['accepted', 'refused']).toContain(disposition);
        received.set(eventId, (received.get(eventId) ?? 0) + count);
      }
      cursor = page.next;
    } while (cursor !== null);
    const expected = new Map<string, number>();
    for (const { eventId } of deliveries) expected.set(eventId, (expected.get(eventId) ?? 0) + 1);
    expect(Object.fromEntries(received)).toEqual(Object.fromEntries(expected));

    // One effect, in the ledgers of the partners: charged once, shipped once, nothing given back.
    const effects = await effectsByOrder(sandboxUrl());
    for (const id of ids) {
      const counts = effects.get(id);
      expect([id, counts && violations(counts)]).toEqual([id, []]);
      expect([id, counts]).toMatchObject([id, { captured: 1, refunded: 0, shipped: 1, consumed: 1, released: 0 }]);
      const { items } = await json<{ items: { type: string; data: { activityId?: string } }[] }>(
        'GET',
        `/order/${id}/history?limit=500`,
      );
      const shipped = items.filter(
        ({ type, data }) => type === 'activity.completed' && data.activityId === 'sendShippingOrder',
      );
      expect([id, shipped.length]).toEqual([id, 1]);
    }
  });
});

async function post(url: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { ok, status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!ok) throw new Error(`POST ${url} was answered with ${status}.`);
}

function shuffled<T>(list: readonly T[], random: SeededRandom): T[] {
  const result = [...list];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.below(last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
