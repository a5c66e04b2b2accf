import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer, Reflector } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import supertest from 'supertest';
import { loadConfig } from '../../src/config/config-loader.js';
import { AUDIENCE, type Audience } from '../../src/http/auth/roles.decorator.js';
import { startService, type RunningService } from '../../src/service.js';

const CART = '11111111-1111-4111-8111-111111111111';
const KEYS = { client: 'key-of-the-shop-0001', operator: 'key-of-anna-0001', admin: 'key-of-root-0001' } as const;

/** What may be asked without any key. A route that is opened to everybody has to be named here, with its reason. */
const OPEN: readonly RegExp[] = [
  /^GET \/$/, // sends to the pages, which hold nothing of any order
  /^GET \/dashboard(\/|$)/,
  /^GET \/assets\//,
  /^GET \/health\/(live|ready)$/,
  /^GET \/metrics$/, // asks for a key by itself: Prometheus sends bearer tokens
  /^GET \/order\/:id\/payment-(accepted|rejected)$/, // 405
  /^POST \/webhooks\/(payments|stripe)$/, // signed
];

/** Bodies in which senders may put what they like: they are signed, and ours to read tolerantly. */
const TOLERANT: readonly string[] = ['/webhooks/payments', '/webhooks/stripe'];

interface Route {
  /** `POST /order/:id/cancel` */
  readonly name: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly audience: Audience | undefined;
}

/** The whole service with hashed keys, every feature and its partner sandbox: what is true here is true of every route. */
describe('Every route of the service', () => {
  let folder: string;
  let service: RunningService;
  let routes: readonly Route[];
  let order: { readonly id: string; readonly orderToken: string };
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'security-'));
    const hashed = Object.entries(KEYS).map(
      ([role, key]) => `${role}-1:${role}:sha256:${createHash('sha256').update(key).digest('hex')}`,
    );
    service = await startService(
      loadConfig({
        NODE_ENV: 'test',
        PORT: '0',
        LOG_LEVEL: 'silent',
        ACCESS_KEYS: hashed.join(),
        DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
        SANDBOX_PORT: '0',
        SANDBOX_LATENCY_MS: '0',
        SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      }),
    );
    routes = routesOf(service);
    const placed = await api().post(`/order/start/${CART}`).set('x-functions-key', KEYS.client).expect(202);
    order = placed.body as typeof order; // the contract of the route
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  const api = () => supertest(service.url);
  const isOpen = ({ name }: Route): boolean => OPEN.some((pattern) => pattern.test(name));
  const filled = (route: string, id: string): string =>
    route
      .replace(/\{(\w+)\}/g, ':$1')
      .replace(':sessionId', CART)
      .replace(':name', 'order.cancel')
      .replace(':command', 'approve')
      .replace(':id', id)
      .replace(/:\w+/g, randomUUID());
  const guarded = (): readonly Route[] => routes.filter((route) => !isOpen(route));

  it('every route names its audience', () => {
    expect(routes.length).toBeGreaterThan(25);
    expect(routes.filter(({ audience }) => audience === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('a route is open to anyone only where the list of open routes names it', () => {
    const open = routes.filter(({ audience }) => audience?.[0] === 'anyone').filter((route) => !isOpen(route));
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('a route for customers is about the one order of their token', () => {
    const forCustomers = routes.filter(({ audience }) => audience?.some((role) => role === 'customer'));
    expect(forCustomers.length).toBeGreaterThan(3);
    expect(forCustomers.filter(({ path: each }) => !each.startsWith('/order/:id')).map(({ name }) => name)).toEqual([]);
    expect(forCustomers.filter(({ method }) => method !== 'get').map(({ name }) => name)).toEqual([
      'POST /order/:id/cancel',
    ]);
  });

  it('every guarded route answers 401 without a key, with a wrong key and with a forged token', async () => {
    const forged = order.orderToken.replace(/.{4}$/, 'AAAA');
    for (const { name, method, path: route } of guarded()) {
      const target = filled(route, order.id);
      const answers = [
        await api()[method](target),
        await api()[method](target).set('x-functions-key', `${KEYS.admin}2`),
        await api()[method](target).set('authorization', `Bearer ${forged}`),
      ];
      expect([name, ...answers.map(({ status }) => status)]).toEqual([name, 401, 401, 401]);
      expect(answers[0]?.body).toMatchObject({ code: 'key_required' });
    }
  });

  it('customers get 403 from routes that are not theirs, and 404 for another order', async () => {
    const bearer = `Bearer ${order.orderToken}`;
    for (const { name, method, path: route, audience } of guarded()) {
      const foreign = await api()[method](filled(route, randomUUID())).set('authorization', bearer);
      expect([name, foreign.status]).toEqual([name, route.includes(':id') ? 404 : 403]);
      if (audience?.some((role) => role === 'customer')) continue;
      const own = await api()[method](filled(route, order.id)).set('authorization', bearer);
      expect([name, own.status]).toEqual([name, 403]);
    }
  });

  it('routes for operators answer clients with 403', async () => {
    const forOperators = guarded().filter(({ audience }) => audience?.[0] === 'operator' || audience?.[0] === 'admin');
    expect(forOperators.length).toBeGreaterThan(10);
    for (const { name, method, path: route } of forOperators) {
      const { status } = await api()[method](filled(route, order.id)).set('x-functions-key', KEYS.client);
      expect([name, status]).toEqual([name, 403]);
    }
  });

  it('every route with a body refuses unknown fields and names them', async () => {
    const { paths } = (await api().get('/docs-json').expect(200)).body as OpenAPIObject;
    const withBody = Object.entries(paths).flatMap(([route, item]) =>
      (['post', 'put', 'patch'] as const)
        .filter((method) => item[method]?.requestBody !== undefined && !TOLERANT.includes(route))
        .map((method) => ({ route, method })),
    );
    expect(withBody.length).toBeGreaterThan(8);
    for (const { route, method } of withBody) {
      const asked = api()[method](filled(route, order.id)).set('x-functions-key', KEYS.admin);
      const answer = await asked.set({ 'idempotency-key': randomUUID(), 'if-match': '*' }).send({ isAdmin: true });
      const fields = (answer.body as { errors?: { field: string }[] }).errors?.map(({ field }) => field);
      expect([route, answer.status, fields]).toEqual([route, 400, expect.arrayContaining(['isAdmin'])]);
    }
  });

  it('bodies and headers that are too large are refused', async () => {
    const key = ['x-functions-key', KEYS.operator] as const;
    await api()
      .post(`/order/${order.id}/cancel`)
      .set(...key)
      .send({ reason: 'x'.repeat(110_000) })
      .expect(413);
    await api()
      .get('/orders')
      .set(...key)
      .set('x-large', 'x'.repeat(17_000))
      .expect(431);
    await api()
      .get('/orders?limit=100000')
      .set(...key)
      .expect(400);
  });

  it('histories name operators by their key, whatever the body says', async () => {
    const placed = await api().post(`/order/start/${randomUUID()}`).set('x-functions-key', KEYS.client).expect(202);
    const { id } = placed.body as { id: string }; // the contract of the route
    const terminate = api().post(`/order/${id}/terminate`).set('x-functions-key', KEYS.operator).set('if-match', '*');
    const { status } = await terminate.send({ reason: 'a test' });
    const history = await api().get(`/order/${id}/history?limit=500`).set('x-functions-key', KEYS.operator).expect(200);
    // Its cart is unknown, so that it may have ended by itself before.
    expect([202, 410]).toContain(status);
    if (status === 202) expect(history.text).toContain('"by":"operator-1"');
    await api()
      .post(`/order/${order.id}/suspend`)
      .set('x-functions-key', KEYS.operator)
      .set('if-match', '*')
      .send({ reason: 'a test', by: 'root' })
      .expect(400);
  });
});

/** What Nest was given, which is more than the API document tells. */
function routesOf({ app }: RunningService): readonly Route[] {
  const reflector = app.get(Reflector);
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    if (typeof metatype !== 'function') return [];
    const prototype = metatype.prototype as Record<string, unknown>; // a controller's class
    const prefixes = listOf(reflector.get<string | string[]>(PATH_METADATA, metatype));
    return Object.getOwnPropertyNames(prototype).flatMap((member) => {
      const handler = prototype[member];
      if (member === 'constructor' || typeof handler !== 'function') return [];
      const paths = Reflect.getMetadata(PATH_METADATA, handler) as string | string[] | undefined; // as Nest keeps it
      if (paths === undefined) return [];
      const method = methodOf(Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod); // as Nest keeps it
      const audience = reflector.getAllAndOverride<Audience | undefined>(AUDIENCE, [
        handler as () => unknown, // a method
        metatype,
      ]);
      return prefixes.flatMap((prefix) =>
        listOf(paths).map((suffix) => {
          const route = `/${[prefix, suffix]
            .flatMap((part) => part.split('/'))
            .filter(Boolean)
            .join('/')}`;
          return { name: `${method.toUpperCase()} ${route}`, method, path: route, audience };
        }),
      );
    });
  });
}

const listOf = (value: string | string[]): string[] => (Array.isArray(value) ? value : [value]);

const METHODS: Readonly<Partial<Record<RequestMethod, Route['method']>>> = {
  [RequestMethod.GET]: 'get',
  [RequestMethod.POST]: 'post',
  [RequestMethod.PUT]: 'put',
  [RequestMethod.PATCH]: 'patch',
  [RequestMethod.DELETE]: 'delete',
};

function methodOf(method: RequestMethod): Route['method'] {
  const known = METHODS[method];
  if (known === undefined)
    throw new Error(`A route of a method that this test does not know: ${RequestMethod[method]}`);
  return known;
}
