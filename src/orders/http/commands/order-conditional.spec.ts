import { HttpRig } from '../../../../test/support/http-rig.js';

describe('the ETag of an order (G19)', () => {
  let rig: HttpRig;
  beforeAll(async () => (rig = await HttpRig.start()));
  afterAll(() => rig.close());

  const etagOf = async (id: string): Promise<string> => {
    const { headers } = await rig.request.get(`/order/${id}/status`).expect(200);
    return headers['etag'] ?? '';
  };

  it('is its revision, and spares who knows it the answer until the order moves', async () => {
    const id = await rig.payableOrder();
    for (const path of [`/order/${id}`, `/order/${id}/status`]) {
      const { headers } = await rig.request.get(path).expect(200);
      const { revision } = (await rig.request.get(`/order/${id}`)).body as { revision: number };
      expect(headers).toMatchObject({ etag: `"${revision}"`, 'cache-control': 'private, no-cache' });
      const unmoved = await rig.request.get(path).set('If-None-Match', `"${revision}"`).expect(304);
      expect(unmoved.text).toBe('');
      await rig.request
        .get(path)
        .set('If-None-Match', `"${revision - 1}"`)
        .expect(200);
    }
    const etag = await etagOf(id);
    await rig.request.post(`/order/${id}/suspend`).expect(202);
    await rig.request.get(`/order/${id}/status`).set('If-None-Match', etag).expect(200);
  });

  it.each(['suspend', 'terminate', 'cancel', 'events/order.cancel'])(
    'makes %s conditional: it is refused, without a trace, when the order has moved on',
    async (command) => {
      const id = await rig.payableOrder();
      const seen = await etagOf(id);
      await rig.request.post(`/order/${id}/suspend`).expect(202);
      await rig.request.post(`/order/${id}/resume`).expect(202);
      const now = await etagOf(id);
      const before = (await rig.request.get(`/order/${id}/history?limit=500`)).text;
      const stale = await rig.request.post(`/order/${id}/${command}`).set('If-Match', seen).expect(412);
      expect(stale.body).toMatchObject({ code: 'revision_moved' });
      expect(stale.headers).toMatchObject({ etag: now });
      expect((await rig.request.get(`/order/${id}/history?limit=500`)).text).toBe(before);
      await rig.request.post(`/order/${id}/${command}`).set('If-Match', `W/${now}`).expect(412);
      await rig.request.post(`/order/${id}/${command}`).set('If-Match', `${seen}, ${now}`).expect(202);
    },
  );

  it('lets exactly one of many conditional commands through that come at once', async () => {
    const id = await rig.payableOrder();
    const seen = await etagOf(id);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => rig.request.post(`/order/${id}/suspend`).set('If-Match', seen)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([202, ...Array.from({ length: 7 }, () => 412)]);
  });

  it('is no obstacle to a command that comes again under its Idempotency-Key', async () => {
    const id = await rig.payableOrder();
    const seen = await etagOf(id);
    const suspend = () => rig.request.post(`/order/${id}/suspend`).set('If-Match', seen).set('Idempotency-Key', 'k');
    await suspend().expect(202);
    // As after a crash: what was answered is forgotten, what was done is not.
    for (const [key, known] of rig.idempotency.known)
      rig.idempotency.known.set(key, { ...known, answer: null, ownerNode: 'dead' });
    const again = await suspend().expect(202);
    expect(again.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('need not be known: any order matches *, and a header that is none is refused', async () => {
    const id = await rig.payableOrder();
    await rig.request.post(`/order/${id}/suspend`).set('If-Match', '*').expect(202);
    const bad = await rig.request.post(`/order/${id}/resume`).set('If-Match', '7').expect(400);
    expect(bad.body).toMatchObject({ code: 'request_invalid', errors: [{ field: 'if-match', rule: 'isETag' }] });
  });

  it('says nothing of an order that has ended: that is the answer', async () => {
    const id = await rig.payableOrder();
    const seen = await etagOf(id);
    await rig.request.post(`/order/${id}/terminate`).expect(202);
    await rig.request.post(`/order/${id}/suspend`).set('If-Match', seen).expect(410);
  });

  it("is asked for by operators' commands where the service is so configured", async () => {
    const strict = await HttpRig.start({ http: { requireIfMatch: true } });
    try {
      const id = await strict.payableOrder();
      const answer = await strict.request.post(`/order/${id}/suspend`).expect(428);
      expect(answer.body).toMatchObject({ code: 'precondition_required' });
      const { headers } = await strict.request.get(`/order/${id}`).expect(200);
      await strict.request
        .post(`/order/${id}/suspend`)
        .set('If-Match', headers['etag'] ?? '')
        .expect(202);
      await strict.request.post(`/order/${id}/cancel`).expect(202);
    } finally {
      await strict.close();
    }
  });
});
