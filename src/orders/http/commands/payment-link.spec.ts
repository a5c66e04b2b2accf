import { HttpRig } from '../../../../test/support/http-rig.js';

describe('GET on the callbacks of a payment', () => {
  const get = (rig: HttpRig, id: string, decision: 'accepted' | 'rejected') =>
    rig.request.get(`/order/${id}/payment-${decision}`);

  it('is refused by default and in production, whatever the order, because link previews must not pay orders', async () => {
    for (const http of [{}, { paymentCallbackGet: 'compat', production: true }] as const) {
      const rig = await HttpRig.start({ http });
      try {
        for (const id of ['6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001', 'no-guid'])
          await get(rig, id, 'accepted').expect(405).expect('allow', 'POST');
        await get(rig, 'no-guid', 'rejected').expect(405).expect('allow', 'POST');
      } finally {
        await rig.close();
      }
    }
  });

  it('is served as the first version did where that is configured, once however often it is asked', async () => {
    const rig = await HttpRig.start({ http: { paymentCallbackGet: 'compat', apiKeys: [] } });
    try {
      const [paid, rejected] = [await rig.payableOrder(), await rig.payableOrder()];
      await get(rig, paid, 'accepted').expect(200, 'Thank you!');
      await get(rig, paid, 'accepted').expect(200, 'Thank you!');
      await get(rig, rejected, 'rejected')
        .expect(200, 'Thank you!')
        .expect('content-type', /^text\/plain/);
      expect(await rig.ended(paid)).toMatchObject({ outcome: 'fulfilled' });
      expect(await rig.ended(rejected)).toMatchObject({ outcome: 'payment_failed' });
      await get(rig, '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001', 'accepted')
        .expect(404)
        .expect('content-type', /problem\+json/);
    } finally {
      await rig.close();
    }
  });
});
