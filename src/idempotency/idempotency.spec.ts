import { randomUUID } from 'node:crypto';
import { HttpRig } from '../../test/support/http-rig.js';

interface Placed {
  readonly id: string;
}

const CLIENTS = { accessKeys: [], apiKeys: ['first-key', 'second-key'], orderTokenSecrets: ['s'.repeat(32)] };

describe('a request with an Idempotency-Key (G17)', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ onePerCart: true, http: CLIENTS })));
  afterAll(() => rig.close());

  const post = (path: string, key: string, body: object = {}, as = 'first-key') =>
    rig.request.post(path).set('x-functions-key', as).set('Idempotency-Key', key).send(body);
  const orders = () => rig.store.actors.size;

  it('places one order and gives every repeat the first answer', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const before = orders();
    const first = await post(`/order/start/${cart}`, key, { userId: 'u-1' }).expect(202);
    expect(first.headers).not.toHaveProperty('idempotency-replayed');
    for (let repeat = 0; repeat < 3; repeat += 1) {
      const again = await post(`/order/start/${cart}`, key, { userId: 'u-1' }).expect(202);
      expect(again.text).toBe(first.text);
      expect(again.headers).toMatchObject({
        'idempotency-replayed': 'true',
        location: first.headers['location'],
        'retry-after': '1',
      });
    }
    expect(orders()).toBe(before + 1);
  });

  it('is never answered with the answer to another client of the same key', async () => {
    const key = randomUUID();
    const mine = await post(`/order/start/${randomUUID()}`, key).expect(202);
    const theirs = await post(`/order/start/${randomUUID()}`, key, {}, 'second-key').expect(202);
    expect(theirs.headers).not.toHaveProperty('idempotency-replayed');
    expect((theirs.body as Placed).id).not.toBe((mine.body as Placed).id);
  });

  it('has its answer stored without the token of the order', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const { orderToken } = (await post(`/order/start/${cart}`, key).expect(202)).body as { orderToken: string };
    expect(orderToken).toMatch(/^order_/);
    const stored = [...rig.idempotency.known.values()].find((known) => known.key === key);
    expect(stored?.answer?.status).toBe(202);
    expect(JSON.stringify(stored)).not.toContain(orderToken);
    const again = await post(`/order/start/${cart}`, key).expect(202);
    expect(again.body).toMatchObject({ orderToken });
  });

  it('is refused when the key belongs to a request with another body, path or method', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const { id } = (await post(`/order/start/${cart}`, key, { userId: 'u-1' }).expect(202)).body as Placed;
    const before = orders();
    for (const other of [
      post(`/order/start/${cart}`, key, { userId: 'u-2' }),
      post(`/order/start/${randomUUID()}`, key, { userId: 'u-1' }),
      post(`/order/${id}/cancel`, key),
      rig.request.delete(`/order/${id}`).set('x-functions-key', 'first-key').set('Idempotency-Key', key),
    ]) {
      const answer = await other.expect(422).expect('content-type', /problem\+json/);
      expect(answer.body).toMatchObject({ code: 'idempotency_key_reused' });
    }
    expect(orders()).toBe(before);
  });

  it.each(['', ' ', 'with space', 'kéy', 'x'.repeat(256)])('is refused with the key %j', async (key) => {
    const answer = await post(`/order/start/${randomUUID()}`, key).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field: 'idempotency-key' }] });
  });

  it('may have a key of 255 characters', async () => {
    await post(`/order/start/${randomUUID()}`, `${'~!'.repeat(127)}x`).expect(202);
  });

  it('gets 409 while the first request runs, and then the answer to it', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    let letGo = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const commit = rig.store.commit.bind(rig.store);
    const reached = new Promise<void>((resolve) => {
      rig.store.commit = async (batch) => {
        resolve();
        await held;
        return commit(batch);
      };
    });
    const first = post(`/order/start/${cart}`, key)
      .expect(202)
      .then(({ body }) => body as Placed);
    await reached;
    const second = await post(`/order/start/${cart}`, key).expect(409).expect('retry-after', /^\d+$/);
    expect(second.body).toMatchObject({ code: 'idempotency_key_in_progress' });
    const other = await post(`/order/start/${cart}`, key, { userId: 'other' }).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
    rig.store.commit = commit;
    letGo();
    const { id } = await first;
    expect((await post(`/order/start/${cart}`, key).expect(202)).body).toMatchObject({ id });
  });

  it('may be repeated after a refusal, because a refusal changes nothing and is not kept', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const { id } = (await post(`/order/start/${cart}`, randomUUID()).expect(202)).body as Placed;
    await post(`/order/start/${cart}`, key).expect(409);
    await post(`/order/start/${cart}`, key, { userId: 'not\nvalid' }).expect(400);
    await post(`/order/${id}/terminate`, randomUUID()).expect(202);
    const later = await post(`/order/start/${cart}`, key).expect(202);
    expect((later.body as Placed).id).not.toBe(id);
  });

  it('finds the order that it placed after the answer of the database was lost', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const other = await HttpRig.start({ onePerCart: true }); // its own store, so no commit of another order meets the fault
    try {
      other.store.faults.push('lostAnswer');
      const start = () => other.request.post(`/order/start/${cart}`).set('Idempotency-Key', key);
      await start().expect(503);
      const [id] = [...other.store.actors.keys()];
      const found = await start().expect(202);
      expect(found.body).toMatchObject({ id });
      expect(other.store.actors.size).toBe(1);
      await start().expect(202).expect('idempotency-replayed', 'true');
    } finally {
      await other.close();
    }
  });

  it('is acknowledged when its answer cannot be stored, and a repeat makes the same answer', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const before = orders();
    rig.idempotency.beforeKeeping = () => {
      rig.idempotency.beforeKeeping = () => undefined;
      throw new Error('The disk is full.');
    };
    const first = await post(`/order/start/${cart}`, key).expect(202);
    const second = await post(`/order/start/${cart}`, key).expect(202);
    expect(second.headers).not.toHaveProperty('idempotency-replayed');
    expect(second.text).toBe(first.text);
    expect(orders()).toBe(before + 1);
  });

  it('runs a command once, and the history says who gave it and why', async () => {
    const { id } = (await post(`/order/start/${randomUUID()}`, randomUUID()).expect(202)).body as Placed;
    const key = randomUUID();
    const first = await post(`/order/${id}/suspend`, key, { reason: 'a look' }).expect(202);
    await post(`/order/${id}/resume`, randomUUID()).expect(202);
    const again = await post(`/order/${id}/suspend`, key, { reason: 'a look' }).expect(202);
    expect(again.body).toEqual(first.body);
    expect(again.headers).toMatchObject({ 'idempotency-replayed': 'true' });
    const history = await rig.request.get(`/order/${id}/history?type=actor.suspended`).expect(200);
    expect((history.body as { items: object[] }).items).toMatchObject([
      { data: { by: expect.stringMatching(/./) as string, reason: 'a look' } },
    ]);
  });

  it('gives each of 50 parallel repeats the stored answer', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const first = await post(`/order/start/${cart}`, key).expect(202);
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(`/order/start/${cart}`, key)));
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(50).fill([202, first.text]));
  });

  it('has one effect and one answer when it comes 50 times at once', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const before = orders();
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(`/order/start/${cart}`, key)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(202);
    expect(orders()).toBe(before + 1);
  });

  it('is the same request when the members of its body come in another order, and another one when a value differs', async () => {
    const [cart, key] = [randomUUID(), randomUUID()];
    const { id } = (await post(`/order/start/${cart}`, randomUUID()).expect(202)).body as Placed;
    const send = (body: string) =>
      rig.request
        .post(`/order/${id}/events/payment.accepted`)
        .set({ 'x-functions-key': 'first-key', 'Idempotency-Key': key })
        .type('json')
        .send(body);
    const first = await send('{"paymentId":"p","amount":{"amount":1,"currency":"EUR"}}');
    expect((await send('{"amount":{"currency":"EUR","amount":1},"paymentId":"p"}')).text).toBe(first.text);
    await send('{"amount":{"currency":"EUR","amount":2},"paymentId":"p"}').expect(422);
  });
});
