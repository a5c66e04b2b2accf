import { CART, HttpRig } from '../../../test/support/http-rig.js';

describe('function keys', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ http: { apiKeys: ['first-key', 'second-key'] } })));
  afterAll(() => rig.close());

  const start = () => rig.request.post(`/order/start/${CART}`);

  it('are required for placing and commanding orders once one is configured', async () => {
    const body: unknown = (await start().set('x-functions-key', 'first-key').expect(202)).body;
    const { id } = body as { id: string };
    const commands = ['payment-accepted', 'payment-rejected', 'cancel', 'events/order.cancel'];
    commands.push('retry', 'suspend', 'resume', 'terminate', 'restart');
    for (const path of [`/order/start/${CART}`, ...commands.map((command) => `/order/${id}/${command}`)]) {
      const answer = await rig.request
        .post(path)
        .expect(401)
        .expect('content-type', /^application\/problem\+json/);
      expect(answer.body).toMatchObject({ code: 'key_required' });
    }
    await rig.request.post('/demo/orders').expect(401);
  });

  it('are all accepted, and similar texts are refused', async () => {
    await start().set('x-functions-key', 'second-key').expect(202);
    for (const wrong of ['', 'first-ke', 'first-key ,', 'FIRST-KEY', 'second-key2']) {
      await start().set('x-functions-key', wrong).expect(401);
    }
  });

  it('are not required for reading', async () => {
    await rig.request.get('/orders').expect(200);
    await rig.request.get('/health/live').expect(200, { status: 'ok' });
    expect((await rig.request.get('/health/ready')).status).not.toBe(401);
  });

  it('are not required when none is configured', async () => {
    const open = await HttpRig.start();
    try {
      await open.request.post(`/order/start/${CART}`).expect(202);
    } finally {
      await open.close();
    }
  });
});
