import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { Test, type TestingModule } from '@nestjs/testing';
import { PARTNER_TRANSPORTS } from '../../../test/support/partner-transports.js';
import { json, type Reply, type Seen } from '../../../test/support/partner-reply.js';
import type { PartnerCall } from '../../orders/ports/partner-call.js';
import { PartnerError, type PartnerName } from '../../orders/ports/partner-error.js';
import { PaymentClient, ShoppingCartClient, WarehouseClient } from '../../orders/ports/partner-ports.js';
import { ClientsModule } from '../clients.module.js';
import type { ClientsOptions, PartnerSettings } from '../clients-options.js';
import { PartnerConnections } from './partner-connections.js';

const KEY = 'secret-key-of-a-partner';
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const items = [{ productId: 'tea', count: 2 }];

describe.each(Object.keys(PARTNER_TRANSPORTS))('a call to a partner over %s', (name) => {
  let server: Server;
  let module: TestingModule;
  let baseUrl: string;
  let reply: Reply;
  let seen: Seen[];
  let settings: Record<PartnerName, PartnerSettings>;
  let options: ClientsOptions;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { method, url, headers } = request;
        seen.push({ method, url, headers, body: text === '' ? undefined : JSON.parse(text) });
        reply(response, request);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    baseUrl = `http://127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}/api`;
    settings = { ...everyPartner({ key: null, timeoutMs: 5_000 }) };
    options = {
      partners: settings,
      urlOf: () => baseUrl,
      callbackUrl: () => 'https://shop.example.com/webhooks/payments',
    };
    const transport = PARTNER_TRANSPORTS[name] ?? null;
    const builder = Test.createTestingModule({
      imports: [ClientsModule.forRootAsync({ useFactory: () => options })],
    });
    if (transport !== null) builder.overrideProvider(PartnerConnections).useValue(transport);
    module = await builder.compile();
    await module.init();
  });

  beforeEach(() => {
    seen = [];
    Object.assign(settings, everyPartner({ key: KEY, timeoutMs: 5_000 }));
  });

  afterAll(async () => {
    await module.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const everyPartner = (of: PartnerSettings): Record<PartnerName, PartnerSettings> => ({
    cart: of,
    users: of,
    warehouse: of,
    shipping: of,
    pricing: of,
    payment: of,
    fulfilment: of,
  });
  const callWith = (signal: AbortSignal = new AbortController().signal): PartnerCall => ({
    orderId: 'order-1',
    correlationId: 'correlation-1',
    idempotencyKey: 'order-1:getProducts',
    signal,
  });
  const call = callWith();
  const getCart = (cartId = 'c-1', how = call) => module.get(ShoppingCartClient).getCart(cartId, how);
  const startPayment = () => module.get(PaymentClient).start(eur(1_500), call);

  async function failureOf(promise: Promise<unknown>): Promise<PartnerError> {
    const error: unknown = await promise.then(
      () => new Error('The call succeeded.'),
      (reason: unknown) => reason,
    );
    if (error instanceof PartnerError) return error;
    throw new Error('Not a PartnerError', { cause: error });
  }

  describe('when it is sent', () => {
    it('sends the key, the correlation id and the idempotency key (G3)', async () => {
      reply = json(200, items);
      await expect(getCart()).resolves.toEqual(items);
      expect(seen).toMatchObject([
        {
          method: 'GET',
          url: '/api/cart/c-1',
          headers: {
            authorization: `Bearer ${KEY}`,
            'x-correlation-id': 'correlation-1',
            'idempotency-key': 'order-1:getProducts',
            'user-agent': 'durable-orders',
          },
        },
      ]);
    });

    it('sends no authorization where no key is configured', async () => {
      settings.cart = { key: null, timeoutMs: 5_000 };
      reply = json(200, []);
      await getCart();
      expect(seen[0]?.headers.authorization).toBeUndefined();
    });

    it('encodes ids that do not fit into a header or a path', async () => {
      reply = json(200, []);
      await getCart('a/b', { ...call, correlationId: 'x\r\ny: ü' });
      expect(seen[0]).toMatchObject({ url: '/api/cart/a%2Fb', headers: { 'x-correlation-id': 'x%0D%0Ay:%20%C3%BC' } });
    });

    it('refuses an id that would change the path, for good and without a request', async () => {
      await expect(failureOf(getCart('..'))).resolves.toMatchObject({
        code: 'partner_request_invalid',
        retryable: false,
      });
      expect(seen).toEqual([]);
    });

    it('refuses a request that breaks the contract, for good and without sending it', async () => {
      const failure = await failureOf(module.get(WarehouseClient).reserve([], 60_000, call));
      expect(failure).toMatchObject({ code: 'partner_request_invalid', retryable: false });
      expect(failure.message).toContain('items');
      expect(seen).toEqual([]);
    });

    it('reads the base URL for each call, and fails as unavailable while there is none', async () => {
      reply = json(200, []);
      const urlOf = jest.spyOn(options, 'urlOf').mockImplementationOnce(() => {
        throw new Error('not listening');
      });
      await expect(failureOf(getCart())).resolves.toMatchObject({ code: 'partner_unavailable', retryable: true });
      await getCart();
      expect(urlOf).toHaveBeenCalledTimes(2);
      urlOf.mockRestore();
    });

    it('keeps its connection between calls', async () => {
      const sockets = new Set<unknown>();
      reply = (response, request) => {
        sockets.add(request.socket);
        json(200, [])(response, request);
      };
      for (let calls = 0; calls < 5; calls += 1) {
        await getCart();
        // A connection is free once the end of its response was seen.
        await new Promise(setImmediate);
      }
      expect(sockets.size).toBe(1);
    });

    it('ignores a proxy of the environment', async () => {
      reply = json(200, []);
      const before = process.env['http_proxy'];
      process.env['http_proxy'] = 'http://127.0.0.1:9';
      try {
        await expect(getCart()).resolves.toEqual([]);
      } finally {
        if (before === undefined) delete process.env['http_proxy'];
        else process.env['http_proxy'] = before;
      }
    });
  });

  describe('when it fails', () => {
    it.each([408, 425, 429, 500, 502, 503, 504])('treats %i as retryable after the requested wait', async (status) => {
      reply = json(status, {}, { 'retry-after': '3' });
      await expect(failureOf(getCart())).resolves.toMatchObject({ retryable: true, status, retryAfterMs: 3_000 });
    });

    it('honours a Retry-After that is a date', async () => {
      reply = json(503, {}, { 'retry-after': new Date(Date.now() + 600_000).toUTCString() });
      const { retryAfterMs = 0 } = await failureOf(getCart());
      expect(retryAfterMs).toBeGreaterThan(500_000);
      expect(retryAfterMs).toBeLessThanOrEqual(600_000);
    });

    it('treats a refused key as retryable, because a person can replace it', async () => {
      reply = json(401, {});
      await expect(failureOf(startPayment())).resolves.toMatchObject({ code: 'partner_unauthorized', retryable: true });
    });

    it('reports a partner that does not listen as unavailable', async () => {
      const closed = createServer().listen(0, '127.0.0.1');
      await once(closed, 'listening');
      const bound = closed.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      await new Promise((resolve) => closed.close(resolve));
      const urlOf = jest.spyOn(options, 'urlOf').mockReturnValue(`http://127.0.0.1:${port}`);
      const failure = await failureOf(getCart());
      urlOf.mockRestore();
      expect(failure).toMatchObject({ code: 'partner_unavailable', retryable: true });
      expect(failure.message).toContain('ECONNREFUSED');
    });

    it.each<[string, Reply]>([
      ['before the answer', (response) => response.destroy()],
      [
        'in the middle of the answer',
        (response) => {
          response.writeHead(200, { 'content-length': '100' });
          response.write('[', () => response.destroy());
        },
      ],
    ])('reports a connection that is cut %s as unavailable', async (_, cut) => {
      reply = cut;
      await expect(failureOf(getCart())).resolves.toMatchObject({ code: 'partner_unavailable', retryable: true });
    });

    it.each<[string, Reply]>([
      ['never answers', () => {}],
      [
        'sends a byte now and then',
        (response) => {
          response.writeHead(200);
          const drip = setInterval(() => response.write(' '), 10);
          response.on('close', () => clearInterval(drip));
        },
      ],
    ])('ends the call to a partner that %s when its time is over (G15)', async (_, slow) => {
      reply = slow;
      settings.cart = { key: KEY, timeoutMs: 60 };
      await expect(failureOf(getCart())).resolves.toMatchObject({ code: 'partner_timeout', retryable: true });
    });

    it('ends when its caller aborts, and closes the connection', async () => {
      const caller = new AbortController();
      const closed = new Promise((resolve) => {
        reply = (response) => {
          response.on('close', resolve);
          caller.abort();
        };
      });
      const failure = await failureOf(getCart('c-1', callWith(caller.signal)));
      expect(failure).toMatchObject({ code: 'partner_call_aborted', retryable: true });
      await closed;
    });

    it('sends no request when its caller has aborted before', async () => {
      const failure = await failureOf(getCart('c-1', callWith(AbortSignal.abort())));
      expect(failure.code).toBe('partner_call_aborted');
      expect(seen).toEqual([]);
    });

    it.each<[string, Reply]>([
      ['nothing', json(200, undefined)],
      ['text', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>')],
      ['half of its JSON', (response) => response.writeHead(200).end('[{"productId":')],
      ['another shape', json(200, { items })],
      ['a count that is no number', json(200, [{ productId: 'tea', count: '2' }])],
      ['more than 1 MB', (response) => response.writeHead(200).end(`[${' '.repeat(1_100_000)}]`)],
      [
        'more than 1 MB once unpacked',
        (response) =>
          response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(`[${' '.repeat(1_100_000)}]`)),
      ],
    ])('treats a response of %s as invalid and retryable', async (_, nonsense) => {
      reply = nonsense;
      await expect(failureOf(getCart())).resolves.toMatchObject({ code: 'partner_answer_invalid', retryable: true });
    });

    it('follows no redirect, because that would pass the key on', async () => {
      reply = (response) => response.writeHead(302, { location: `${baseUrl}/elsewhere` }).end();
      await expect(failureOf(getCart())).resolves.toMatchObject({ code: 'partner_answer_invalid', status: 302 });
      expect(seen).toHaveLength(1);
    });

    it.each<[string, Reply, string]>([
      ['a refusal', json(500, { detail: KEY }), ''],
      ['nonsense', json(200, { secret: KEY }), ''],
      ['a cut connection', (response) => response.destroy(), ''],
      ['an unusable URL', json(200, []), `ftp://user:${KEY}@host`],
    ])('holds no secret in its error after %s', async (_, broken, url) => {
      reply = broken;
      const urlOf = jest.spyOn(options, 'urlOf');
      if (url !== '') urlOf.mockReturnValue(url);
      const failure = await failureOf(getCart());
      urlOf.mockRestore();
      const everything = [JSON.stringify(failure), failure.stack, inspect(failure, { depth: null, showHidden: true })];
      expect(everything.join()).not.toContain(KEY);
      expect(failure.cause).toBeUndefined();
    });
  });
});
