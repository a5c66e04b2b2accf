/**
 * Requests generated from the API's document, against the whole service: whatever is sent, it is never the service's
 * fault, the answer is one the document names, and what is refused has changed nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { loadConfig } from '../../src/config/config-loader.js';
import { startService, type RunningService } from '../../src/service.js';
import { registerCases } from '../support/register-cases.js';
import { waitUntil } from '../support/wait-until.js';
import { ApiDocument, type Operation } from './api-document.js';
import { requestsOf, withOrders, type FuzzRequest } from './request-arbitrary.js';
import { ServiceState } from './service-state.js';

const SEED = Number(process.env['FUZZ_SEED'] ?? 20_261);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 2_000);
const KEY = 'fuzz-function-key-0001';
const KEYS = [KEY, 'a-key-that-is-nobodys'];
const FULL_CART = '11111111-1111-4111-8111-111111111111';
const STOCK = 8;

/** Values that would be waited for, or called over the network. */
const ASIDE = {
  timeout: fc.constantFrom<unknown>(0, -1, 'soon', 61),
  url: fc.constantFrom<unknown>('https://shop.example/hooks', 'http://127.0.0.1/', 'nonsense', 'https://[::1]/', 7),
};

describe('Generated requests to the whole service', () => {
  const document = new ApiDocument();
  let folder: string;
  let service: RunningService;
  let state: ServiceState;
  let orderIds: readonly string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'order-fuzz-'));
    const file = path.join(folder, 'orders.db');
    const generous = { RATE_LIMIT_KEYS: '1000000', RATE_LIMIT_WEBHOOKS: '1000000', RATE_LIMIT_ADDRESSES: '1000000' };
    service = await startService(
      loadConfig({
        ...{ NODE_ENV: 'test', PORT: '0', LOG_LEVEL: 'silent', ORDER_API_KEYS: KEY, ...generous },
        DATABASE_URL: `sqlite:${file}`,
        ...{ SANDBOX_PORT: '0', SANDBOX_LATENCY_MS: '0', SANDBOX_DATABASE: path.join(folder, 'sandbox.db') },
        PAYMENT_TIMEOUT_MS: '86400000',
        ONE_ORDER_PER_CART: 'false',
      }),
    );
    state = await ServiceState.open(file);
  });
  afterAll(async () => {
    await state.close();
    await service.close();
    await rm(folder, { recursive: true });
  });

  const quiet = () => waitUntil('the service to be at rest', async () => ((await state.isQuiet()) ? true : null));

  /** Purges and cancellations use orders up. */
  async function restock(): Promise<void> {
    const placed: string[] = [];
    for (let order = 0; order < STOCK; order += 1) {
      const headers = { 'x-functions-key': KEY };
      const answer = await fetch(`${service.url}/order/start/${FULL_CART}`, { method: 'POST', headers });
      placed.push(((await answer.json()) as { id: string }).id); // the contract of the route
    }
    await quiet();
    orderIds = [...placed, ...orderIds.slice(0, STOCK)];
  }

  async function send({ method, url, headers, body }: FuzzRequest) {
    const end = new AbortController();
    const answer = await fetch(`${service.url}${url}`, {
      method,
      headers,
      body,
      signal: end.signal,
      redirect: 'manual',
    });
    const mediaType = answer.headers.get('content-type') ?? '';
    // A stream does not end by itself.
    const text = mediaType.startsWith('text/event-stream') ? '' : await answer.text();
    end.abort();
    return { status: answer.status, mediaType, text };
  }

  it('each request is answered as the API document says, and a refused one changes nothing (G22)', async () => {
    const perStatus: Record<number, number> = {};
    const perOperation: Record<string, number> = {};
    let left = 0;
    const each = document.operations.map((operation: Operation) =>
      requestsOf(document, operation, KEYS, ASIDE).map((request) => ({ operation, request })),
    );
    const requests = fc.sample(fc.oneof(...each), { seed: SEED, numRuns: RUNS });
    for (const { operation, request: drawn } of requests) {
      if (left === 0) await restock();
      left = (left + 1) % 200;
      const request = withOrders(drawn, orderIds);
      const before = await state.digest();
      const { status, mediaType, text } = await send(request).catch((error: unknown) => {
        throw new Error(`no answer: ${JSON.stringify(request)}`, { cause: error });
      });
      perStatus[status] = (perStatus[status] ?? 0) + 1;
      perOperation[operation.operationId] = (perOperation[operation.operationId] ?? 0) + 1;
      const told = `${JSON.stringify(request).slice(0, 700)}\n-> ${status} ${mediaType} ${text.slice(0, 400)}`;
      if (status >= 500) throw new Error(`the service's fault: ${told}`);
      if (!operation.statuses.has(status)) throw new Error(`not in the document: ${told}`);
      if (status < 400) {
        if (request.method !== 'GET') await quiet();
        continue;
      }
      if (!mediaType.startsWith('application/problem+json')) throw new Error(`no problem: ${told}`);
      if ((await state.digest()) !== before) throw new Error(`refused, and something changed: ${told}`);
    }
    const refused = Object.entries(perStatus).reduce((sum, [status, n]) => sum + (Number(status) >= 400 ? n : 0), 0);
    process.stdout.write(
      `fuzz: seed ${SEED}, ${RUNS} requests over ${Object.keys(perOperation).length} operations, ${refused} refused, ` +
        `none a fault of the service, nothing changed by any refused; by status ${JSON.stringify(perStatus)}\n`,
    );
    expect(Object.keys(perOperation)).toHaveLength(document.operations.length);
    expect(refused).toBeGreaterThan(RUNS / 10);
    expect(refused).toBeLessThan((RUNS * 9) / 10);
    registerCases(2_000, requests.length, 'FUZZ_RUNS');
  });
});
