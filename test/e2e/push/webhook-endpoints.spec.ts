import { Receiver } from './push-receiver.js';
import { PushService } from './push-service.js';
import { type Endpoint, webhookEndpoints } from './webhook-endpoints.js';

/** Endpoints of the whole service over HTTP: what is registered, shown, changed and refused. */
describe('Webhook endpoints', () => {
  let service: PushService;
  let receiver: Receiver;

  beforeAll(async () => {
    [service, receiver] = await Promise.all([PushService.start(), Receiver.start()]);
  });
  afterAll(async () => {
    await service.close();
    await receiver.close();
  });

  const { register, remove, endpoint } = webhookEndpoints(() => ({ service, receiver }));

  it('the secret of an endpoint is shown once', async () => {
    const { id, secret } = await register(['order.completed']);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const answers = [
      await service.api.get('/webhook-endpoints').expect(200),
      await service.api.get(`/webhook-endpoints/${id}`).expect(200),
      await service.api.patch(`/webhook-endpoints/${id}`).send({ description: 'renamed' }).expect(200),
      await service.api.post(`/webhook-endpoints/${id}/disable`).expect(200),
      await service.api.post(`/webhook-endpoints/${id}/enable`).expect(200),
    ];
    for (const { text } of answers) expect(text).not.toContain('whsec_');
    expect(await endpoint(id)).toMatchObject({ description: 'renamed', state: 'enabled', events: ['order.completed'] });
    await remove(id);
    await service.api.get(`/webhook-endpoints/${id}`).expect(404);
  });

  it('an Idempotency-Key registers one endpoint and rotates it once, and no kept response holds a secret (G17)', async () => {
    const path = '/hooks/keyed';
    const body = { url: `${receiver.url}${path}`, events: ['order.completed'] };
    const register = () => service.api.post('/webhook-endpoints').set('Idempotency-Key', 'register-1').send(body);
    const { secret, ...shown } = (await register().expect(201)).body as Endpoint; // the contract of the route
    const repeated = await register().expect(201);
    expect(repeated.headers['idempotency-replayed']).toBe('true');
    expect(repeated.body).toEqual(shown);

    const rotate = () => service.api.post(`/webhook-endpoints/${shown.id}/rotate`).set('Idempotency-Key', 'rotate-1');
    const rotated = (await rotate().expect(200)).body as Endpoint & { signingSecrets: number }; // as above
    expect(rotated.secret).not.toBe(secret);
    expect((await rotate().expect(200)).body).not.toHaveProperty('secret');
    expect(await endpoint(shown.id)).toMatchObject({ signingSecrets: 2 });
    await remove(shown.id);
  });

  it.each([
    [{ url: 'ftp://shop.example.com' }, 'url', 'isHttps'],
    [{ url: 'http://user:secret@shop.example.com' }, 'url', 'hasNoCredentials'],
    [{}, 'url', 'isString'],
    [{ url: 'https://shop.example.com', events: ['order.eaten'] }, 'events', 'isIn'],
    [{ url: 'https://shop.example.com', description: 'x'.repeat(201) }, 'description', 'maxLength'],
  ])('the endpoint %j is refused, and the problem names field and rule', async (body, field, rule) => {
    const answer = await service.api.post('/webhook-endpoints').send(body).expect(400);
    const { errors } = answer.body as { errors: { field: string; rule: string }[] };
    expect(errors.map((each) => [each.field, each.rule])).toContainEqual([field, rule]);
    expect(answer.text).not.toContain('secret@');
  });

  it('null in a change of an endpoint counts as left out', async () => {
    const { id } = await register(['order.completed']);
    const before = await endpoint(id);
    const nothing = { url: null, events: null, description: null };
    await service.api.patch(`/webhook-endpoints/${id}`).send(nothing).expect(200);
    expect({ ...(await endpoint(id)), updatedAt: null }).toEqual({ ...before, updatedAt: null });
    await service.api.post('/webhook-endpoints').send(nothing).expect(400);
    await remove(id);
  });

  it('every route of an unknown endpoint or delivery answers 404', async () => {
    const unknown = '/webhook-endpoints/6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';
    const { id } = await register();
    const answers = await Promise.all([
      service.api.get(unknown),
      service.api.patch(unknown).send({ description: 'x' }),
      service.api.delete(unknown),
      service.api.post(`${unknown}/rotate`),
      service.api.post(`${unknown}/test`),
      service.api.get(`${unknown}/deliveries`),
      service.api.get(`/webhook-endpoints/${id}/deliveries/none`),
      service.api.post(`/webhook-endpoints/${id}/deliveries/none/replay`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404));
    await remove(id);
  });
});
