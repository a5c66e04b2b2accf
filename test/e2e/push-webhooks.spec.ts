import { waitUntil } from '../support/wait-until.js';
import { Receiver, verified, type Received } from './push-receiver.js';
import { PushService } from './push.service.js';

interface Endpoint {
  readonly id: string;
  readonly secret: string;
}

interface Delivery {
  readonly id: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: string;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly nextAttemptAt: string | null;
}

const typesOf = (received: readonly Received[]): string[] =>
  received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

/** The whole service tells a real server what happens to real orders. */
describe('outbound webhooks', () => {
  let service: PushService;
  let receiver: Receiver;

  beforeAll(async () => {
    [service, receiver] = await Promise.all([PushService.start({ WEBHOOK_DISABLE_AFTER_MS: '1' }), Receiver.start()]);
  });
  afterEach(() => receiver.takes());
  afterAll(async () => {
    await service.close();
    await receiver.close();
  });

  let paths = 0;
  async function register(events: readonly string[] = []): Promise<Endpoint & { readonly path: string }> {
    paths += 1;
    const path = `/hooks/${paths}`;
    const body = { url: `${receiver.url}${path}`, events, description: `number ${paths}` };
    const answer = await service.api.post('/webhook-endpoints').send(body).expect(201);
    return { ...(answer.body as Endpoint), path }; // the contract of the route
  }
  const remove = (id: string) => service.api.delete(`/webhook-endpoints/${id}`).expect(204);
  const endpoint = async (id: string) =>
    (await service.api.get(`/webhook-endpoints/${id}`).expect(200)).body as Record<string, unknown>;
  const deliveries = async (id: string, query = '') =>
    ((await service.api.get(`/webhook-endpoints/${id}/deliveries${query}`).expect(200)).body as { items: Delivery[] })
      .items; // the contract of the route
  const settled = (id: string, count: number) =>
    waitUntil(`${count} settled deliveries`, async () => {
      const items = await deliveries(id);
      return items.length >= count && items.every(({ state }) => state !== 'pending') ? items : null;
    });

  it('tell every status an order goes through and how it ended, as signed CloudEvents (G16)', async () => {
    const { id, secret, path } = await register();
    const orderId = await service.payable();
    await service.pay(orderId);
    await service.completed(orderId);
    const received = await receiver.came(path, 10);
    await settled(id, 10);
    const events = received.map((each) => verified(secret, each));
    expect(events.map(({ subject }) => subject)).toEqual(events.map(() => orderId));
    const inOrder = events.sort((a, b) => Number(a.data['revision']) - Number(b.data['revision']));
    expect(inOrder.filter(({ type }) => type === 'order.status_changed').map(({ data }) => data['status'])).toEqual([
      'GettingProducts',
      'GettingAddress',
      'ReservingProducts',
      'CalculatingShipping',
      'CalculatingFinalPrice',
      'AwaitingPayment',
      'PaymentSuccess',
      'SendShippingOrder',
      'Completed',
    ]);
    const end = inOrder.find(({ type }) => type === 'order.completed');
    expect(end).toMatchObject({
      specversion: '1.0',
      source: service.url,
      datacontenttype: 'application/json',
      data: { orderId, status: 'Completed', outcome: 'fulfilled', runtimeStatus: 'Completed' },
    });
    expect(received[0]?.headers).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      'webhook-id': expect.stringMatching(/^evt_[\w-]+$/) as string,
    });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(received.length);
    expect(received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(events.map((event) => event.id).sort());
    await remove(id);
  });

  it('tell an endpoint only of what it subscribed to, and one that is disabled nothing (G16)', async () => {
    const ends = await register(['order.completed']);
    const nothing = await register();
    await service.api.post(`/webhook-endpoints/${nothing.id}/disable`).expect(200);
    const orderId = await service.payable();
    await service.api.post(`/order/${orderId}/cancel`).expect(202);
    await service.completed(orderId);
    const received = await receiver.came(ends.path, 1);
    await settled(ends.id, 1);
    expect(typesOf(received)).toEqual(['order.completed']);
    expect(verified(ends.secret, received[0]!).data).toMatchObject({ outcome: 'cancelled' });
    expect(receiver.at(nothing.path)).toEqual([]);
    expect(await deliveries(nothing.id)).toEqual([]);
    await Promise.all([remove(ends.id), remove(nothing.id)]);
  });

  it('show a secret once, and never again', async () => {
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

  it('register one endpoint for one Idempotency-Key, rotate it once, and store no secret with an answer (G17)', async () => {
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

  it('are signed by the old and the new secret while one is rotated (G16)', async () => {
    const { id, secret, path } = await register(['order.completed']);
    const rotation = await service.api.post(`/webhook-endpoints/${id}/rotate`).expect(200);
    const { secret: newer } = rotation.body as Endpoint; // the contract of the route
    expect(newer).not.toBe(secret);
    expect(rotation.body).toMatchObject({ signingSecrets: 2 });
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    const [received] = await receiver.came(path, 1);
    expect(verified(secret, received!)).toMatchObject({ type: 'webhook.test', subject: id });
    expect(verified(newer, received!)).toMatchObject({ type: 'webhook.test' });
    await remove(id);
  });

  it('are sent again under the same id until they are taken, and every attempt is on record (G16)', async () => {
    const { id, path, secret } = await register(['order.completed']);
    let failures = 3;
    receiver.reply = (_, response) => {
      failures -= 1;
      response.writeHead(failures >= 0 ? 503 : 200).end();
    };
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    const received = await receiver.came(path, 4);
    const [delivery] = await settled(id, 1);
    expect(delivery).toMatchObject({ state: 'delivered', attempts: 4, lastStatus: 200, nextAttemptAt: null });
    expect(new Set(received.map((each) => verified(secret, each).id)).size).toBe(1);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
    const details = await service.api.get(`/webhook-endpoints/${id}/deliveries/${delivery!.id}`).expect(200);
    expect(details.body).toMatchObject({
      event: { id: delivery!.eventId, type: 'webhook.test' },
      log: [1, 2, 3, 4].map((attempt) => ({
        attempt,
        statusCode: attempt < 4 ? 503 : 200,
        error: attempt < 4 ? 'http_503' : null,
      })),
    });
    expect(await endpoint(id)).toMatchObject({ state: 'enabled', failingSince: null });
    await remove(id);
  });

  it('are given up at the end of their schedule, which disables an endpoint that nothing has reached for long (G16)', async () => {
    const { id, path } = await register(['order.completed']);
    receiver.answers(500);
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    const [delivery] = await settled(id, 1);
    expect(delivery).toMatchObject({ state: 'failed', attempts: 5, lastError: 'http_500' });
    expect(receiver.at(path)).toHaveLength(5);
    await waitUntil('the endpoint to be disabled', async () =>
      (await endpoint(id))['state'] === 'disabled' ? true : null,
    );
    expect(await endpoint(id)).toMatchObject({ disabledReason: 'failing' });

    // By hand: not while it is disabled; then the same event under the same id.
    const replay = `/webhook-endpoints/${id}/deliveries/${delivery!.id}/replay`;
    expect((await service.api.post(replay).expect(409)).body).toMatchObject({ code: 'webhook_endpoint_disabled' });
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(409);
    receiver.takes();
    await service.api.post(`/webhook-endpoints/${id}/enable`).expect(200);
    await service.api.post(replay).expect(202);
    await receiver.came(path, 6);
    expect(await settled(id, 1)).toMatchObject([{ state: 'delivered', attempts: 6, eventId: delivery!.eventId }]);
    await remove(id);
  });

  it('end at an endpoint that answers 410, at once (G16)', async () => {
    const { id, path } = await register(['order.completed']);
    receiver.answers(410);
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    await waitUntil('the endpoint to be disabled', async () =>
      (await endpoint(id))['disabledReason'] === 'gone' ? true : null,
    );
    expect(await deliveries(id)).toMatchObject([{ state: 'failed', attempts: 1, lastStatus: 410 }]);
    expect(receiver.at(path)).toHaveLength(1);
    await remove(id);
  });

  it('follow no redirect', async () => {
    const { id } = await register(['order.completed']);
    receiver.answers(302, { location: `${receiver.url}/elsewhere` });
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    expect(await settled(id, 1)).toMatchObject([{ state: 'failed', lastError: 'redirected', lastStatus: 302 }]);
    expect(receiver.at('/elsewhere')).toEqual([]);
    await remove(id);
  });

  it('are not held up by an endpoint that does not answer (G16)', async () => {
    const [slow, quick] = [await register(['order.completed']), await register(['order.completed'])];
    const held: (() => void)[] = [];
    receiver.reply = ({ path }, response) => {
      if (path === slow.path) held.push(() => response.writeHead(200).end());
      else response.writeHead(200).end();
    };
    for (let each = 0; each < 6; each += 1) {
      await service.api.post(`/webhook-endpoints/${slow.id}/test`).expect(202);
    }
    await receiver.came(slow.path, 4);
    await service.api.post(`/webhook-endpoints/${quick.id}/test`).expect(202);
    expect(await settled(quick.id, 1)).toMatchObject([{ state: 'delivered', attempts: 1 }]);
    // The others wait for room at their own endpoint.
    expect(receiver.at(slow.path)).toHaveLength(4);
    const waiting = await deliveries(slow.id);
    expect(waiting.map(({ attempts }) => attempts).sort()).toEqual([0, 0, 1, 1, 1, 1]);
    const underWay = waiting.find(({ attempts }) => attempts === 1)!;
    const again = await service.api.post(`/webhook-endpoints/${slow.id}/deliveries/${underWay.id}/replay`).expect(409);
    expect(again.body).toMatchObject({ code: 'webhook_delivery_under_way' });
    for (const answer of held.splice(0)) answer();
    await receiver.came(slow.path, 6);
    for (const answer of held.splice(0)) answer();
    expect(await settled(slow.id, 6)).toHaveLength(6);
    await Promise.all([remove(slow.id), remove(quick.id)]);
  });

  it('are listed in pages, by state', async () => {
    const { id } = await register(['order.completed']);
    for (let each = 0; each < 3; each += 1) await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    const all = (await settled(id, 3)).map((delivery) => delivery.id);
    const first = (await service.api.get(`/webhook-endpoints/${id}/deliveries?limit=2`).expect(200)).body as {
      items: Delivery[];
      next: string;
    };
    const second = await deliveries(id, `?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second].map((delivery) => delivery.id)).toEqual(all);
    expect(await deliveries(id, '?state=failed')).toEqual([]);
    expect(await deliveries(id, '?state=delivered')).toHaveLength(3);
    await service.api.get(`/webhook-endpoints/${id}/deliveries?cursor=nonsense`).expect(400);
    await remove(id);
  });

  it.each([
    [{ url: 'ftp://shop.example.com' }, 'url', 'isHttps'],
    [{ url: 'http://user:secret@shop.example.com' }, 'url', 'hasNoCredentials'],
    [{}, 'url', 'isString'],
    [{ url: 'https://shop.example.com', events: ['order.eaten'] }, 'events', 'isIn'],
    [{ url: 'https://shop.example.com', description: 'x'.repeat(201) }, 'description', 'maxLength'],
  ])('refuse %j by naming the field and the rule', async (body, field, rule) => {
    const answer = await service.api.post('/webhook-endpoints').send(body).expect(400);
    const { errors } = answer.body as { errors: { field: string; rule: string }[] };
    expect(errors.map((each) => [each.field, each.rule])).toContainEqual([field, rule]);
    expect(answer.text).not.toContain('secret@');
  });

  it('take null for what is left out', async () => {
    const { id } = await register(['order.completed']);
    const before = await endpoint(id);
    const nothing = { url: null, events: null, description: null };
    await service.api.patch(`/webhook-endpoints/${id}`).send(nothing).expect(200);
    expect({ ...(await endpoint(id)), updatedAt: null }).toEqual({ ...before, updatedAt: null });
    await service.api.post('/webhook-endpoints').send(nothing).expect(400);
    await remove(id);
  });

  it('are unknown by any other id', async () => {
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
