import { PARTNER_PREFIXES } from '../../../src/config/env-schema.js';
import { startPostgres, type PostgresServer } from '../../contract/postgres-server.js';
import { Receiver, verified } from './push-receiver.js';
import { PushService } from './push-service.js';
import { SseClient } from './push-sse.js';

const PARTNERS = Object.values(PARTNER_PREFIXES);

/** Two whole services on one PostgreSQL: orders are commanded at one and followed at the other. */
describe('Two nodes on one PostgreSQL (G16)', () => {
  let server: PostgresServer;
  let receiver: Receiver;
  let left: PushService;
  let right: PushService;

  beforeAll(async () => {
    [server, receiver] = await Promise.all([startPostgres(), Receiver.start()]);
    left = await PushService.start({ DATABASE_URL: server.url });
    const partners = Object.fromEntries(PARTNERS.map((partner) => [`${partner}_SERVICE_URL`, left.sandboxUrl]));
    right = await PushService.start({ DATABASE_URL: server.url, ...partners });
  });
  afterAll(async () => {
    await right.close();
    await left.close();
    await receiver.close();
    await server.stop();
  });

  it('a stream gets what the other node committed, to the end and without a gap', async () => {
    const id = await left.payable();
    const [one, all] = [
      await SseClient.open(`${right.url}/order/${id}/stream`),
      await SseClient.open(`${right.url}/orders/stream`),
    ];
    const held = right.api.get(`/order/${id}/wait?until=ended&timeout=60`).then(({ body }) => body as object);
    await one.heard(5);
    await left.pay(id);
    const events = await one.end();
    const seqs = events.filter((event) => event.id !== null).map((event) => Number(event.id));
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    expect(events.at(-1)).toMatchObject({ event: 'end', data: { id, outcome: 'fulfilled' } });
    expect(await held).toMatchObject({ id, outcome: 'fulfilled', reached: true });
    await all.hears('the end', ({ data }) => data['id'] === id && data['status'] === 'Completed');
    all.close();
  });

  it('each webhook is sent once, by either node', async () => {
    const answer = await right.api
      .post('/webhook-endpoints')
      .send({ url: `${receiver.url}/hooks` })
      .expect(201);
    const { id: endpoint, secret } = answer.body as { id: string; secret: string }; // the contract of the route
    const ids = [];
    for (const node of [left, right, left, right]) {
      const id = await left.payable();
      await node.pay(id);
      await left.completed(id);
      ids.push(id);
    }
    const received = await receiver.came('/hooks', ids.length * 10);
    await left.until('everything to be settled', async () => {
      const pending = await left.api.get(`/webhook-endpoints/${endpoint}/deliveries?state=pending`).expect(200);
      return (pending.body as { items: object[] }).items.length === 0; // the contract of the route
    });
    const events = received.map((each) => verified(secret, each).id);
    expect(receiver.at('/hooks')).toHaveLength(ids.length * 10);
    expect(new Set(events).size).toBe(ids.length * 10);
  });
});
