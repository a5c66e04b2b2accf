import { waitUntil } from '../../support/wait-until.js';
import { Receiver, verified, type Received } from './push-receiver.js';
import { PushService } from './push-service.js';
import { type Delivery, type Endpoint, webhookEndpoints } from './webhook-endpoints.js';

const typesOf = (received: readonly Received[]): string[] =>
  received.map(({ body }) => (JSON.parse(body) as { type: string }).type);

/** The whole service tells a real server what happens to real orders. */
describe('Outbound webhooks', () => {
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

  const { register, remove, endpoint, deliveries, settled } = webhookEndpoints(() => ({ service, receiver }));

  it('webhooks report every status of an order and its outcome as signed CloudEvents (G16)', async () => {
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

  it('an endpoint gets the events it subscribed to, and none while it is disabled (G16)', async () => {
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

  it('webhooks are signed by the old and the new secret during a rotation (G16)', async () => {
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

  it('a webhook is sent again under the same id until it is taken, and every attempt is recorded (G16)', async () => {
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

  it('a webhook fails at the end of its schedule, and an endpoint that failed for too long is disabled (G16)', async () => {
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

  it('an endpoint that answers 410 is disabled at once (G16)', async () => {
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

  it('a webhook follows no redirect', async () => {
    const { id } = await register(['order.completed']);
    receiver.answers(302, { location: `${receiver.url}/elsewhere` });
    await service.api.post(`/webhook-endpoints/${id}/test`).expect(202);
    expect(await settled(id, 1)).toMatchObject([{ state: 'failed', lastError: 'redirected', lastStatus: 302 }]);
    expect(receiver.at('/elsewhere')).toEqual([]);
    await remove(id);
  });

  it('a hanging endpoint does not delay webhooks to others (G16)', async () => {
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

  it('deliveries are listed in pages, by state', async () => {
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
});
