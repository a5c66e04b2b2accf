import type { OpenAPIObject } from '@nestjs/swagger';
import { HttpRig } from '../../../test/support/http-rig.js';

const ROUTES: readonly [string, readonly number[]][] = [
  ['post /order/start/{sessionId}', [202, 400, 401, 403, 409, 413, 415, 422, 429, 500, 503]],
  ['get /orders', [200, 400, 401, 403, 429, 500, 503]],
  ['post /orders/purge', [200, 400, 401, 403, 409, 413, 415, 422, 429, 500, 503]],
  ['post /orders/{action}', [200, 400, 401, 403, 409, 413, 415, 422, 429, 500, 503]],
  ['delete /order/{id}', [200, 400, 401, 403, 404, 409, 422, 429, 500, 503]],
  ['get /audit', [200, 400, 401, 403, 429, 500, 503]],
  ['get /incidents', [200, 400, 401, 403, 429, 500, 503]],
  ['post /incidents/{incidentId}/resolve', [200, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503]],
  ['get /late-payments', [200, 400, 401, 403, 429, 500, 503]],
  ['get /late-payments/{id}', [200, 400, 401, 403, 404, 429, 500, 503]],
  ['get /late-payments/{id}/history', [200, 400, 401, 403, 404, 429, 500, 503]],
  ['post /late-payments/{id}/retry', [202, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503]],
  ['post /late-payments/{id}/skip', [202, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503]],
  ['post /late-payments/{id}/terminate', [202, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503]],
  ['get /order/{id}', [200, 304, 400, 401, 403, 404, 429, 500, 503]],
  ['get /order/{id}/status', [200, 304, 400, 401, 403, 404, 429, 500, 503]],
  ['get /order/{id}/history', [200, 400, 401, 403, 404, 429, 500, 503]],
  ['post /order/{id}/payment-accepted', [202, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503]],
  ['post /order/{id}/payment-rejected', [202, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503]],
  ['post /order/{id}/cancel', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 503]],
  ['post /order/{id}/retry', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503]],
  ['post /order/{id}/skip', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503]],
  ['post /order/{id}/suspend', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503]],
  ['post /order/{id}/resume', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503]],
  ['post /order/{id}/terminate', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 428, 429, 500, 503]],
  ['post /order/{id}/restart', [202, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503]],
  ['post /order/{id}/events/{name}', [202, 400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 503]],
  ['post /webhooks/payments', [200, 202, 400, 401, 413, 415, 429, 500, 503]],
  ['post /webhooks/stripe', [200, 202, 400, 401, 413, 415, 429, 500, 503]],
  ['get /webhooks/payments/received', [200, 400, 401, 403, 429, 500, 503]],
  ['get /webhooks/payments/received/{id}', [200, 400, 401, 403, 404, 429, 500, 503]],
  ['post /webhooks/payments/received/{id}/replay', [202, 400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503]],
  ['get /keys', [200, 400, 401, 403, 429, 500, 503]],
  ['post /keys/{fingerprint}/revoke', [200, 400, 401, 403, 404, 409, 413, 415, 429, 500, 503]],
  ['post /order/{id}/token', [200, 400, 401, 403, 404, 413, 415, 429, 500, 503]],
  ['post /order/{id}/token/revoke', [200, 400, 401, 403, 404, 413, 415, 429, 500, 503]],
  ['get /health/live', [200, 400]],
  ['get /health/ready', [200, 400, 503]],
  ['get /health/build', [200, 400, 401, 403, 429]],
];

describe('the API document', () => {
  let rig: HttpRig;
  let document: OpenAPIObject;
  beforeAll(async () => {
    rig = await HttpRig.start();
    document = (await rig.request.get('/docs-json').expect(200)).body as OpenAPIObject;
  });
  afterAll(() => rig.close());

  const operationOf = (route: string) => {
    const [method = '', path = ''] = route.split(' ');
    const item = document.paths[path] as Record<string, { responses: Record<string, object>; security?: object[] }>;
    return item[method]!;
  };

  it('lists exactly the routes of the service', () => {
    const routes = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(routes.sort()).toEqual(ROUTES.map(([route]) => route).sort());
  });

  it.each(ROUTES)('lists every status of %s', (route, statuses) => {
    expect(Object.keys(operationOf(route).responses).map(Number)).toEqual(statuses);
  });

  it('shows an example of every problem', () => {
    for (const [route] of ROUTES) {
      for (const [status, response] of Object.entries(operationOf(route).responses)) {
        if (Number(status) < 400 || route.includes('/health/')) continue;
        expect(response).toMatchObject({
          content: { 'application/problem+json': { example: { status: Number(status) } } },
        });
      }
    }
  });

  it('says which routes require a function key, and which accept the token of an order', () => {
    expect(document.components?.securitySchemes).toEqual({
      functionKey: { type: 'apiKey', in: 'header', name: 'x-functions-key' },
      orderToken: { type: 'http', scheme: 'bearer', bearerFormat: 'order_…' },
    });
    const either = [{ functionKey: [] }, { orderToken: [] }];
    const byToken = ROUTES.map(([route]) => route).filter((route) => operationOf(route).security?.length === 2);
    expect(byToken.sort()).toEqual([
      'get /order/{id}',
      'get /order/{id}/history',
      'get /order/{id}/status',
      'post /order/{id}/cancel',
    ]);
    expect(new Set(operationOf('get /order/{id}').security)).toEqual(new Set(either));
    expect(operationOf('get /orders').security).toEqual([{ functionKey: [] }]);
    for (const route of ['get /health/live', 'get /health/ready', 'post /webhooks/payments', 'post /webhooks/stripe'])
      expect(operationOf(route).security).toBeUndefined();
  });

  it('has a page in which a browser can try out the routes', async () => {
    const { headers, text } = await rig.request.get('/docs').expect(200);
    expect(text).toContain('swagger-ui');
    expect(text).not.toMatch(/<script>[^<]/);
    expect(headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
    await rig.request.get('/docs/swagger-ui-bundle.js').expect(200);
  });
});
