import { HttpRig } from '../../test/support/http-rig.js';
import type { DemoPort } from '../dashboard/demo/demo.port.js';

class RecordingDemo implements DemoPort {
  readonly calls: string[] = [];
  placeOrder(): Promise<string> {
    this.calls.push('place');
    return Promise.resolve('6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001');
  }
  pay(orderId: string): Promise<void> {
    this.calls.push(`pay ${orderId}`);
    return Promise.reject(new Error('the provider said token=abc'));
  }
  reject(orderId: string): Promise<void> {
    this.calls.push(`reject ${orderId}`);
    return Promise.resolve();
  }
  moods(): ReturnType<DemoPort['moods']> {
    const fine = { cart: 'fine', users: 'fine', warehouse: 'fine', shipping: 'fine', pricing: 'fine' } as const;
    return Promise.resolve({ ...fine, payments: 'fine', fulfilment: 'slow' });
  }
  setMood(partner: string, mood: string): Promise<void> {
    this.calls.push(`${partner} is ${mood}`);
    return Promise.resolve();
  }
}

describe('the body of a request without a key', () => {
  it.each(['{"reason":', JSON.stringify({ reason: 'x'.repeat(200_000) })])(
    'is not read: 401 before all else',
    async (body) => {
      const rig = await HttpRig.start({ http: { apiKeys: ['key-of-a-developer'] } });
      await rig.request.post('/order/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001/cancel').type('json').send(body).expect(401);
      await rig.close();
    },
  );
});

describe('every answer', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('carries the caller’s request id when it is safe to log, also as the traceId of a problem', async () => {
    const answer = await rig.request.get('/nowhere?secret=1').set('X-Request-Id', 'req-7').expect(404);
    expect(answer.headers['x-request-id']).toBe('req-7');
    expect(answer.body).toEqual({
      type: 'urn:durable-orders:problem:route_unknown',
      title: 'Not found',
      status: 404,
      detail: 'There is nothing here.',
      instance: '/nowhere',
      code: 'route_unknown',
      traceId: 'req-7',
    });
    const other = await rig.request.get('/nowhere').set('X-Request-Id', 'a b').expect(404);
    expect(other.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect((other.body as { traceId: string }).traceId).toBe(other.headers['x-request-id']);
  });

  it('is a problem with 400 when the path cannot be decoded', async () => {
    await rig.request
      .get('/order/%E0%A4%A/status')
      .expect(400)
      .expect('content-type', /problem\+json/);
  });

  it('has security headers that work on plain http', async () => {
    const { headers } = await rig.request.get('/health/live').expect(200);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toMatch(/unsafe-inline|upgrade-insecure-requests/);
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

describe('the demo', () => {
  let rig: HttpRig;
  const demo = new RecordingDemo();
  beforeAll(async () => (rig = await HttpRig.start({ demo })));
  afterAll(() => rig.close());

  it('redirects the root path to the dashboard', async () => {
    await rig.request.get('/').expect(302).expect('location', '/dashboard');
  });

  it('acts as the customer only when the service has a demo', async () => {
    const id = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
    await rig.request.post('/demo/orders').expect(202, { id });
    await rig.request.post(`/demo/orders/${id}/reject`).expect(202, { id });
    const failed = await rig.request.post(`/demo/orders/${id}/pay`).expect(502);
    expect(failed.text).not.toContain('token=abc');
    expect(demo.calls).toEqual(['place', `reject ${id}`, `pay ${id}`]);

    const without = await HttpRig.start();
    try {
      await without.request.post('/demo/orders').expect(404);
    } finally {
      await without.close();
    }
  });

  it('does not exist in production, and neither do the API documents', async () => {
    const production = await HttpRig.start({ demo, http: { production: true, apiKeys: ['key'] } });
    try {
      for (const path of ['/docs', '/docs-json']) await production.request.get(path).expect(404);
      await production.request.post('/demo/orders').set('x-functions-key', 'key').expect(404);
      const { headers } = await production.request.get('/health/live').expect(200);
      expect(headers['strict-transport-security']).toBeDefined();
    } finally {
      await production.close();
    }
  });
});
