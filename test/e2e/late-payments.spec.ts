import { EMBEDDED_SANDBOX } from '../../src/sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox-options.js';
import { effectsOf } from '../support/ledger-audit.js';
import { ServiceRig } from '../support/service-rig.js';
import { waitUntil } from '../support/wait-until.js';

interface Order {
  readonly payment: { readonly paymentId: string } | null;
  readonly latePayments: readonly { readonly id: string | null; readonly outcome: string | null }[];
}

interface Callback {
  readonly webhookId: string;
  readonly state: string;
}

/** What the provider captures is told by its own signed webhooks, and counted in its own ledger. */
describe('Payments captured after their order has decided (G4)', () => {
  let rig: ServiceRig;
  beforeAll(async () => (rig = await ServiceRig.start({ RETRY_FIRST_INTERVAL_MS: '20' })));
  afterAll(() => rig.close());

  const sandbox = () => rig.service.app.get<RunningSandbox>(EMBEDDED_SANDBOX, { strict: false }).url;
  const ask = async (method: string, route: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${sandbox()}${route}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(answer.status).toBeLessThan(300);
    return answer.json();
  };
  const read = async (id: string) => (await rig.api.get(`/order/${id}`).expect(200)).body as Order; // the contract of the route
  const payable = async () => {
    const id = await rig.place();
    await rig.payable(id);
    const { payment } = await read(id);
    return { id, paymentId: payment?.paymentId ?? '' };
  };
  const captureLate = (paymentId: string) =>
    ask('POST', `/payments/${paymentId}/checkout`, { decision: 'accept', settlesLate: true });
  const refunded = (id: string) =>
    waitUntil(`the payment of ${id} to be given back`, async () => {
      const effects = await effectsOf(sandbox(), id);
      return effects.refunded > 0 ? effects : null;
    });
  const callbacksDelivered = (id: string) =>
    waitUntil(`the callbacks of ${id} to be delivered`, async () => {
      const callbacks = (await ask('GET', `/payments/callbacks?orderId=${id}`)) as Callback[]; // the sandbox's contract
      return callbacks.length > 0 && callbacks.every(({ state }) => state === 'delivered') ? callbacks : null;
    });

  it.each([
    ['cancelled', 'cancel', 'cancelled'],
    ['rejected', 'payment-rejected', 'payment_failed'],
  ])(
    'a payment captured after its order was %s is refunded once, and the outcome stays',
    async (_, command, outcome) => {
      const { id, paymentId } = await payable();
      await rig.api.post(`/order/${id}/${command}`).expect(202);
      await rig.completed(id);
      await captureLate(paymentId);
      expect(await refunded(id)).toMatchObject({ captured: 1, refunded: 1, shipped: 0 });

      const [callback] = await callbacksDelivered(id);
      await ask('POST', `/payments/callbacks/${callback?.webhookId ?? ''}/resend`);
      await callbacksDelivered(id);
      await rig.api.post(`/order/${id}/payment-accepted`).send({ paymentId });
      await waitUntil('every report to be looked into', async () => {
        const { latePayments } = await read(id);
        return latePayments.length === 2 && latePayments.every((late) => late.outcome === 'refunded') ? true : null;
      });
      expect(await effectsOf(sandbox(), id)).toMatchObject({ captured: 1, refunded: 1 });
      expect(await rig.completed(id)).toMatchObject({ outcome });

      const { latePayments } = await read(id);
      const shown = await rig.api.get(`/late-payments/${latePayments[0]?.id ?? ''}`).expect(200);
      expect(shown.body).toMatchObject({ orderId: id, paymentId, status: 'Settled', outcome: 'refunded' });
      const history = await rig.api.get(`/late-payments/${latePayments[0]?.id ?? ''}/history`).expect(200);
      expect(JSON.stringify(history.body)).toContain('lookUpPayment');
      await rig.api.post(`/late-payments/${latePayments[0]?.id ?? ''}/retry`).expect(410);
    },
  );

  it('a late payment is refunded once although the answer to the refund is lost', async () => {
    const { id, paymentId } = await payable();
    await rig.api.post(`/order/${id}/cancel`).expect(202);
    await rig.completed(id);
    const fault = { service: 'payments', operation: 'payments.refund', orderId: id, kind: 'drop_after', times: 1 };
    await ask('PUT', '/faults', [fault]);
    await captureLate(paymentId);
    const effects = await waitUntil('the refund to be asked for again', async () => {
      const seen = await effectsOf(sandbox(), id);
      return seen.repeats > 0 ? seen : null;
    });
    expect(effects).toMatchObject({ captured: 1, refunded: 1 });
  });

  it('a payment captured after its order was terminated is refunded', async () => {
    const { id, paymentId } = await payable();
    await rig.api.post(`/order/${id}/terminate`).send({ reason: 'test' }).expect(202);
    await ask('POST', `/payments/${paymentId}/checkout`, { decision: 'accept' });
    expect(await refunded(id)).toMatchObject({ captured: 1, refunded: 1, shipped: 0 });
  });

  it('the payment of a shipped order is not refunded, however often it is reported', async () => {
    const { id, paymentId } = await payable();
    await ask('POST', `/payments/${paymentId}/checkout`, { decision: 'accept' });
    expect(await rig.completed(id)).toMatchObject({ outcome: 'fulfilled' });
    await rig.api.post(`/order/${id}/payment-accepted`).set('Idempotency-Key', 'again').send({ paymentId }).expect(410);
    expect((await read(id)).latePayments).toEqual([]);
    expect(await effectsOf(sandbox(), id)).toMatchObject({ captured: 1, refunded: 0, shipped: 1 });
  });

  it('a report never touches the payment of another order', async () => {
    const [mine, other] = [await payable(), await payable()];
    await rig.api.post(`/order/${mine.id}/cancel`).expect(202);
    await rig.completed(mine.id);
    await ask('POST', `/payments/${other.paymentId}/checkout`, { decision: 'accept' });
    await rig.completed(other.id);
    await rig.api.post(`/order/${mine.id}/payment-accepted`).send({ paymentId: other.paymentId }).expect(202);
    await waitUntil('the report to be looked into', async () =>
      (await read(mine.id)).latePayments.some(({ outcome }) => outcome === 'nothing_captured') ? true : null,
    );
    expect(await effectsOf(sandbox(), other.id)).toMatchObject({ captured: 1, refunded: 0, shipped: 1 });
  });
});
