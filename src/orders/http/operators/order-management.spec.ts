import { randomUUID } from 'node:crypto';
import { CART, HttpRig, PUBLIC_URL } from '../../../../test/support/http-rig.js';

interface Page {
  readonly items: { readonly id: string }[];
  readonly next: string | null;
}

describe('a cart (G18)', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start({ onePerCart: true })));
  afterAll(() => rig.close());

  it('has one order at a time: a second one is refused with the name and the address of the first', async () => {
    const id = await rig.payableOrder();
    const second = await rig.request
      .post(`/order/start/${CART}`)
      .expect(409)
      .expect('content-type', /problem\+json/);
    expect(second.body).toMatchObject({
      code: 'cart_has_live_order',
      liveOrder: { id, statusQueryGetUri: `${PUBLIC_URL}/order/${id}/status` },
    });
    expect(rig.store.actors.size).toBe(1);
    await rig.request.post(`/order/${id}/suspend`).expect(202);
    await rig.request.post(`/order/start/${CART}`).expect(409);
    await rig.request.post(`/order/${id}/resume`).expect(202);
    await rig.request.post(`/order/${id}/cancel`).expect(202);
    await rig.ended(id);
    const next = await rig.order();
    expect(next).not.toBe(id);
    const repeat = await rig.request.post(`/order/${id}/restart`).expect(409);
    expect(repeat.body).toMatchObject({ code: 'cart_has_live_order', liveOrder: { id: next } });
    await rig.request.post(`/order/${next}/terminate`).expect(202);
    await rig.request.post(`/order/${id}/restart`).expect(202);
  });

  it('has one order of many that are placed at once', async () => {
    const cart = randomUUID();
    const answers = await Promise.all(Array.from({ length: 12 }, () => rig.request.post(`/order/start/${cart}`)));
    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(11);
  });
});

describe('the list of orders', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  const place = async (cart: string, body: object): Promise<string> => {
    const answer = await rig.request.post(`/order/start/${cart}`).send(body).expect(202);
    const { id } = answer.body as { id: string };
    await rig.until(id, ({ attributes }) => attributes['paymentId'] !== undefined);
    return id;
  };
  const found = async (query: Record<string, string>): Promise<string[]> => {
    const answer = await rig.request.get('/orders').query(query).expect(200);
    return (answer.body as Page).items.map(({ id }) => id);
  };

  it('is narrowed by cart, user, time, runtime status, and by what an id begins with', async () => {
    const [cart, user] = [randomUUID(), `user-${randomUUID()}`];
    const first = await place(cart, { userId: user, correlationId: 'corr-7f3a-1' });
    const second = await place(cart, { userId: 'u-2' });
    const third = await place(randomUUID(), { userId: user });
    await rig.request.post(`/order/${third}/suspend`).expect(202);
    expect(await found({ sessionId: cart.toUpperCase() })).toEqual([second, first]);
    expect(await found({ userId: user })).toEqual([third, first]);
    expect(await found({ userId: user, sessionId: cart })).toEqual([first]);
    expect(await found({ userId: user, runtimeStatus: 'Suspended' })).toEqual([third]);
    expect(await found({ userId: user, runtimeStatus: 'Running,Suspended' })).toEqual([third, first]);
    expect(await found({ q: 'corr-7f3a' })).toEqual([first]);
    expect(await found({ q: second.slice(0, 13) })).toEqual([second]);
    expect(await found({ q: 'pay-1', userId: user })).toEqual([third, first]);
    expect(await found({ q: 'no such thing' })).toEqual([]);
    const { createdAt } = (await rig.request.get(`/order/${second}`)).body as { createdAt: string };
    expect(await found({ createdFrom: createdAt })).toEqual(expect.arrayContaining([second, third]));
    expect(await found({ createdFrom: createdAt })).not.toContain(first);
    expect(await found({ createdTo: createdAt })).not.toContain(second);
    const page = (await rig.request.get('/orders').query({ userId: user, limit: 1 })).body as Page;
    const rest = (await rig.request.get('/orders').query({ userId: user, limit: 1, cursor: page.next })).body as Page;
    expect([...page.items, ...rest.items].map(({ id }) => id)).toEqual([third, first]);
    expect(rest.next).toBeNull();
  });

  it.each([
    [{ runtimeStatus: 'running' }, 'runtimeStatus'],
    [{ createdFrom: 'yesterday' }, 'createdFrom'],
    [{ createdFrom: '2026-01-31T12:00:00' }, 'createdFrom'],
    [{ createdTo: '2026-02-30T12:00:00Z' }, 'createdTo'],
    [{ q: 'ab' }, 'q'],
    [{ userId: 'a b' }, 'userId'],
  ])('refuses %j and names the field', async (query, field) => {
    const answer = await rig.request.get('/orders').query(query).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', errors: [{ field }] });
  });
});

describe('the history of an order', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('can be asked for some types alone, in pages, and without what activities were given and gave', async () => {
    const id = await rig.payableOrder();
    interface Entries {
      readonly items: { readonly type: string; readonly seq: number; readonly data: object }[];
      readonly next: number | null;
    }
    const read = async (query: string) =>
      (await rig.request.get(`/order/${id}/history?${query}`).expect(200)).body as Entries;
    const completed = await read('type=activity.completed&limit=500');
    expect(new Set(completed.items.map(({ type }) => type))).toEqual(new Set(['activity.completed']));
    const paged = await read(`type=activity.completed&limit=2&after=${completed.items[0]!.seq}`);
    expect(paged.items).toEqual(completed.items.slice(1, 3));
    expect(paged.next).toBe(completed.items[2]!.seq);
    expect(completed.items[0]!.data).toHaveProperty('output');
    const shown = await read('type=activity.completed,activity.scheduled&showInput=false&showOutput=false');
    expect(shown.items.length).toBeGreaterThan(completed.items.length);
    for (const { data } of shown.items) {
      expect(data).not.toHaveProperty('output');
      expect(data).not.toHaveProperty('input');
      expect(data).toHaveProperty('activityId');
    }
    await rig.request.get(`/order/${id}/history?type=no%20type`).expect(400);
    await rig.request.get(`/order/${id}/history?showInput=maybe`).expect(400);
  });
});

describe('a purge (G20)', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  it('leaves nothing of an order that has ended, and never takes one that has not', async () => {
    const id = await rig.payableOrder();
    const early = await rig.request.delete(`/order/${id}`).expect(409);
    expect(early.body).toMatchObject({ code: 'order_not_ended' });
    await rig.request.post(`/order/${id}/suspend`).expect(202);
    await rig.request.delete(`/order/${id}`).expect(409);
    await rig.request.post(`/order/${id}/terminate`).set('Idempotency-Key', 'the-last').expect(202);
    const gone = await rig.request.delete(`/order/${id}`).query({ reason: 'asked for' }).expect(200);
    expect(gone.body).toEqual({ id, result: 'purged' });
    for (const path of ['', '/status', '/history']) await rig.request.get(`/order/${id}${path}`).expect(404);
    await rig.request.post(`/order/${id}/cancel`).expect(404);
    await rig.request.delete(`/order/${id}`).expect(404);
    const { store } = rig;
    for (const table of [store.actors, store.events, store.tasks, store.incidents, rig.idempotency.known])
      expect(JSON.stringify([...table.values()])).not.toContain(id);
    expect(store.rows.filter((row) => row.actorId === id)).toEqual([]);
  });

  it('gives the same answer again under its Idempotency-Key', async () => {
    const id = await rig.payableOrder();
    await rig.request.post(`/order/${id}/terminate`).expect(202);
    const purge = () => rig.request.delete(`/order/${id}`).set('Idempotency-Key', 'purge-1');
    const first = await purge().expect(200);
    const again = await purge().expect(200).expect('idempotency-replayed', 'true');
    expect(again.body).toEqual(first.body);
  });

  it('of many takes those that have ended, first as a dry run', async () => {
    const user = `user-${randomUUID()}`;
    const place = async () => {
      const answer = await rig.request.post(`/order/start/${CART}`).send({ userId: user }).expect(202);
      return (answer.body as { id: string }).id;
    };
    const [open, ended, other] = [await place(), await place(), await place()];
    for (const id of [ended, other]) await rig.request.post(`/order/${id}/terminate`).expect(202);
    const body = { filter: { userId: user }, reason: 'test data' };
    const look = await rig.request
      .post('/orders/purge')
      .send({ ...body, dryRun: true })
      .expect(200);
    const selected = [other, ended].map((id) => ({ id, result: 'selected' }));
    expect(look.body).toEqual({ action: 'purge', dryRun: true, items: selected, more: false });
    await rig.request.get(`/order/${ended}`).expect(200);
    const one = await rig.request
      .post('/orders/purge')
      .send({ ...body, limit: 1 })
      .expect(200);
    expect(one.body).toMatchObject({ items: [{ id: other, result: 'accepted' }], more: true });
    const rest = await rig.request.post('/orders/purge').send(body).expect(200);
    expect(rest.body).toMatchObject({ items: [{ id: ended, result: 'accepted' }], more: false });
    await rig.request.get(`/order/${open}`).expect(200);
    await rig.request.get(`/order/${ended}`).expect(404);
  });
});
