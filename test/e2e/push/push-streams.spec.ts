import { PushService } from './push-service.js';
import { SseClient, type SseEvent } from './push-sse.js';

const UNKNOWN = '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001';

/** The whole service on one database file, followed by clients over real connections. */
describe('Following orders', () => {
  let service: PushService;
  const clients: SseClient[] = [];

  beforeAll(async () => {
    service = await PushService.start({ STREAM_MAX_CLIENTS: '4', STREAM_HEARTBEAT_MS: '100' });
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    await service.until('all clients to be gone', () => Promise.resolve(service.followers === 0));
  });
  afterAll(() => service.close());

  async function listen(path: string, lastEventId?: string | null): Promise<SseClient> {
    const client = await SseClient.open(`${service.url}${path}`, lastEventId);
    clients.push(client);
    return client;
  }
  const seqsOf = (events: readonly SseEvent[]) => events.filter(({ id }) => id !== null).map(({ id }) => Number(id));
  const history = async (id: string) =>
    ((await service.api.get(`/order/${id}/history?limit=500`).expect(200)).body as { items: { seq: number }[] }).items;

  describe('the stream of one order', () => {
    it('the stream of an order has every line of its history once and in order, and then its end (G16)', async () => {
      const id = await service.payable();
      const client = await listen(`/order/${id}/stream`);
      expect(client.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(client.response.headers.get('cache-control')).toContain('no-store');
      await client.hears('the payment being waited for', ({ data }) => data['type'] === 'timer.set');
      await service.pay(id);
      const events = await client.end();
      const lines = await history(id);
      expect(events.slice(0, -1).map(({ data }) => data)).toEqual(lines);
      expect(seqsOf(events)).toEqual(lines.map(({ seq }) => seq));
      expect(events.at(-1)).toMatchObject({
        id: null,
        event: 'end',
        data: { id, status: 'Completed', outcome: 'fulfilled', runtimeStatus: 'Completed' },
      });
    });

    it('a stream resumes after a break and a restart of the service without a gap and without a repeat (G16)', async () => {
      const id = await service.payable();
      const first = await listen(`/order/${id}/stream`);
      await first.heard(5);
      first.close();
      await first.end();
      await service.restart();
      const second = await listen(`/order/${id}/stream`, first.lastEventId);
      await service.pay(id);
      const rest = await second.end();
      const seqs = [...seqsOf(first.events), ...seqsOf(rest)];
      expect(seqs).toEqual((await history(id)).map(({ seq }) => seq));
    });

    it('a stream that resumes at the end gets 204, so a browser does not reconnect for ever', async () => {
      const id = await service.payable();
      await service.pay(id);
      await service.completed(id);
      const all = await listen(`/order/${id}/stream`);
      await all.end();
      const again = await listen(`/order/${id}/stream`, all.lastEventId);
      expect(again.response.status).toBe(204);
      // One that asks anew hears it anew.
      expect((await (await listen(`/order/${id}/stream?after=3`)).end()).at(0)).toMatchObject({ id: '4' });
    });

    it('a stream hides what the history hides (G8)', async () => {
      const id = await service.payable();
      const client = await listen(`/order/${id}/stream`);
      await client.hears('the address', ({ data }) => JSON.stringify(data).includes('"getAddress"'));
      await service.pay(id);
      const text = JSON.stringify(await client.end());
      expect(text).toContain('[redacted]');
      expect(text).not.toMatch(/@example/);
    });

    it('an idle stream gets heartbeats', async () => {
      const id = await service.payable();
      const client = await listen(`/order/${id}/stream`);
      await client.hears('the payment being waited for', ({ data }) => data['type'] === 'timer.set');
      const before = client.comments;
      await service.until('two comments', () => Promise.resolve(client.comments > before + 1));
    });

    it('a stream is refused for an unknown order and for an invalid position', async () => {
      expect((await listen(`/order/${UNKNOWN}/stream`)).response.status).toBe(404);
      const id = await service.place();
      expect((await listen(`/order/${id}/stream`, 'yesterday')).response.status).toBe(400);
      expect((await listen(`/order/${id}/stream?after=-1`)).response.status).toBe(400);
    });

    it('a stream is refused at the limit of streams, and admitted when another one leaves', async () => {
      const id = await service.payable();
      const held = [];
      for (let each = 0; each < 4; each += 1) held.push(await listen(`/order/${id}/stream`));
      const refused = await service.api.get(`/order/${id}/stream`).expect(503);
      expect(refused.body).toMatchObject({ code: 'streams_exhausted' });
      expect(refused.headers['retry-after']).toBe('2');
      held[0]?.close();
      await service.until('a place', async () => (await listen(`/order/${id}/stream`)).response.status === 200);
    });
  });

  describe('the stream of all orders', () => {
    it('the stream of all orders has each order as it stands after a change, and at last its end', async () => {
      const client = await listen('/orders/stream');
      const id = await service.payable();
      await service.pay(id);
      const end = await client.hears('the end', ({ data }) => data['id'] === id && data['status'] === 'Completed');
      expect(end.data).toMatchObject({ outcome: 'fulfilled', runtimeStatus: 'Completed', incident: false });
      const revisions = client.events
        .filter(({ data }) => data['id'] === id)
        .map(({ data }) => Number(data['revision']));
      expect(revisions).toEqual([...revisions].sort((a, b) => a - b));
      expect(Object.keys(end.data).sort()).toEqual(
        ['id', 'incident', 'outcome', 'revision', 'runtimeStatus', 'status', 'updatedAt'].sort(),
      );
    });

    it('the stream of all orders has after a break what changed meanwhile (G16)', async () => {
      const first = await listen('/orders/stream');
      const seen = await service.payable();
      await first.hears('an order', ({ data }) => data['id'] === seen);
      first.close();
      const missed = await service.payable();
      await service.pay(missed);
      await service.completed(missed);
      const second = await listen('/orders/stream', first.lastEventId);
      const event = await second.hears('the missed order', ({ data }) => data['id'] === missed);
      expect(event.data).toMatchObject({ status: 'Completed', outcome: 'fulfilled' });
      await service.api.get('/orders/stream?cursor=nonsense').expect(400);
    });
  });

  describe('the long poll', () => {
    const wait = (id: string, query: string) => service.api.get(`/order/${id}/wait${query}`);

    it('a long poll is answered when the order is in the awaited situation or status', async () => {
      const id = await service.place();
      const payable = await wait(id, '?until=payable').expect(200);
      expect(payable.body).toMatchObject({ id, status: 'AwaitingPayment', reached: true });
      const ended = wait(id, '?until=PaymentSuccess,ended&timeout=30').expect(200);
      const held = ended.then(({ body }) => body as object);
      await service.pay(id);
      expect(await held).toMatchObject({ id, reached: true });
      expect((await wait(id, '').expect(200)).body).toMatchObject({
        status: 'Completed',
        outcome: 'fulfilled',
        reached: true,
      });
    });

    it('a long poll is answered when its time is over, and when the awaited situation has become impossible', async () => {
      const id = await service.payable();
      const late = await wait(id, '?until=ended&timeout=0').expect(200);
      expect(late.body).toMatchObject({ status: 'AwaitingPayment', reached: false });
      const never = wait(id, '?until=incident').expect(200);
      const held = never.then(({ body }) => body as object);
      await service.pay(id);
      expect(await held).toMatchObject({ status: 'Completed', reached: false });
    });

    it('a long poll is refused for an unknown situation, too long a time and an unknown order', async () => {
      const id = await service.place();
      for (const query of ['?until=lunch', '?timeout=61', '?timeout=-1', '?timeout=soon'])
        await wait(id, query).expect(400);
      await wait(UNKNOWN, '').expect(404);
    });
  });

  it('streams and long polls end at once when the service shuts down', async () => {
    const id = await service.payable();
    const [one, all] = [await listen(`/order/${id}/stream`), await listen('/orders/stream')];
    const held = service.api.get(`/order/${id}/wait?timeout=60`).then(({ body }) => body as object);
    await one.heard(5);
    await service.until('all of them to be held', () => Promise.resolve(service.followers === 3));
    await service.restart();
    expect(await held).toMatchObject({ reached: false });
    await Promise.all([one.end(), all.end()]);
  });
});
