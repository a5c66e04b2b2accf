import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { paymentCallbackSchema, paymentSchema, refundSchema } from '../../../src/contracts/payments-contract.js';
import { CallbackReceiver, SandboxRig, WEBHOOK_SECRET, eventually, refusalOf } from './sandbox-fixture.js';
import type { Delivery } from './sandbox-fixture.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const callbackListSchema = z.array(
  z.object({ webhookId: z.string(), state: z.string(), attempts: z.number(), lastStatus: z.number().nullable() }),
);

function verified(delivery: Delivery) {
  const headers = z.record(z.string(), z.string()).parse(delivery.headers);
  return paymentCallbackSchema.parse(new Webhook(WEBHOOK_SECRET).verify(delivery.body, headers));
}

describe('The payment provider of the sandbox', () => {
  let rig: SandboxRig;
  let shop: CallbackReceiver;
  beforeEach(async () => {
    shop = await CallbackReceiver.start();
    rig = await SandboxRig.start();
  });
  afterEach(async () => {
    await rig.close();
    await shop.close();
  });

  const start = async (orderId: string, amount = 4_900) => {
    const request = { orderId, amount: eur(amount), callbackUrl: shop.url, correlationId: `c-${orderId}` };
    const answer = await rig.post('/payments', request, `${orderId}:pay`);
    expect(answer.status).toBe(202);
    return paymentSchema.parse(answer.json());
  };
  const decide = (paymentId: string, decision: string) => rig.post(`/payments/${paymentId}/checkout`, { decision });
  const voided = (paymentId: string) => rig.post(`/payments/${paymentId}/void`, {});
  const refund = (paymentId: string, amount: unknown, key?: string) =>
    rig.post(`/payments/${paymentId}/refunds`, { amount, reason: 'late' }, key);
  const statusOf = async (id: string) => paymentSchema.parse((await rig.get(`/payments/${id}`)).json()).status;
  const kinds = async (orderId: string) => (await rig.ledger('payments', orderId)).map(({ kind }) => kind);
  const callbacks = async (orderId: string) =>
    callbackListSchema.parse((await rig.get(`/payments/callbacks?orderId=${orderId}`)).json());
  const callbackIs = (orderId: string, state: string, attempts: number) =>
    eventually(`the callback of ${orderId} is ${state} after ${attempts} tries`, async () => {
      const [callback] = await callbacks(orderId);
      return callback?.state === state && callback.attempts === attempts;
    });

  describe('callbacks', () => {
    it.each([
      ['accept', 'captured', 'payment.accepted'],
      ['reject', 'rejected', 'payment.rejected'],
    ])('a decision to %s is reported to the shop once, signed', async (decision, status, type) => {
      const payment = await start('o-1');
      expect(payment.status).toBe('pending');
      expect((await decide(payment.paymentId, decision)).status).toBe(200);
      expect(await statusOf(payment.paymentId)).toBe(status);
      await callbackIs('o-1', 'delivered', 1);
      expect((await decide(payment.paymentId, decision)).status).toBe(200);
      expect(shop.deliveries).toHaveLength(1);
      const callback = verified(shop.deliveries[0]!);
      expect([callback.type, callback.data.amount]).toEqual([type, eur(4_900)]);
      expect(callback.data).toMatchObject({ paymentId: payment.paymentId, orderId: 'o-1' });
      expect(await kinds('o-1')).toEqual(['requested', status]);
    });

    it('a callback is tried again under the same id, freshly signed, until the shop takes it', async () => {
      shop.statuses.push(500, 401, 302);
      const { paymentId } = await start('o-2');
      await decide(paymentId, 'accept');
      for (const [attempts, pauseMs] of [
        [1, 1_000],
        [2, 2_000],
        [3, 5_000],
      ] as const) {
        await callbackIs('o-2', 'pending', attempts);
        rig.advance(pauseMs);
      }
      await callbackIs('o-2', 'delivered', 4);
      expect(new Set(shop.deliveries.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
      expect(new Set(shop.deliveries.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
      for (const delivery of shop.deliveries) verified(delivery);
    });

    it('a callback is delivered after a restart when the shop was away', async () => {
      const { paymentId } = await start('o-3');
      shop.statuses.push(503);
      await decide(paymentId, 'accept');
      await callbackIs('o-3', 'pending', 1);
      await rig.restart();
      rig.advance(1_000);
      await callbackIs('o-3', 'delivered', 2);
      const [first, second] = shop.deliveries;
      expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
      expect(second?.body).toBe(first?.body);
    });

    it.each([404, 410])('a callback ends when the shop answers %i, and that is recorded', async (status) => {
      const { paymentId } = await start('o-4');
      shop.statuses.push(status);
      await decide(paymentId, 'accept');
      await callbackIs('o-4', 'gone', 1);
      expect((await callbacks('o-4'))[0]?.lastStatus).toBe(status);
    });

    it('a callback is sent once more on demand, under the same id', async () => {
      const { paymentId } = await start('o-5');
      await decide(paymentId, 'accept');
      await callbackIs('o-5', 'delivered', 1);
      const [callback] = await callbacks('o-5');
      expect((await rig.post(`/payments/callbacks/${callback!.webhookId}/resend`)).status).toBe(202);
      await eventually('it came again', () => shop.deliveries.length === 2);
      expect(shop.deliveries[1]?.headers['webhook-id']).toBe(callback!.webhookId);
    });

    it('a payment that the sandbox decides is reported by itself', async () => {
      await rig.put('/payments/settings', { autoPay: 'reject' });
      await rig.put('/payments/settings', { autoPay: 'accept', orderId: 'o-6' });
      await rig.restart();
      expect((await start('o-6')).status).toBe('pending');
      await start('o-7');
      await callbackIs('o-6', 'delivered', 1);
      await callbackIs('o-7', 'delivered', 1);
      expect(await kinds('o-6')).toEqual(['requested', 'captured']);
      expect(await kinds('o-7')).toEqual(['requested', 'rejected']);
      await rig.put('/payments/settings', { autoPay: null });
      expect(await statusOf((await start('o-8')).paymentId)).toBe('pending');
    });
  });

  it('one key starts one payment', async () => {
    expect(await start('o-9')).toEqual(await start('o-9'));
    expect(await rig.ledger('payments', 'o-9')).toMatchObject([
      { kind: 'requested', amount: 4_900, currency: 'EUR', quantity: null, timesAsked: 2 },
    ]);
  });

  it('a payment is captured or voided, never both, when both are asked at once', async () => {
    for (let n = 0; n < 10; n += 1) {
      const { paymentId } = await start(`race-${n}`);
      const [paid, gone] = await Promise.all([decide(paymentId, 'accept'), voided(paymentId)]);
      const status = await statusOf(paymentId);
      expect(await kinds(`race-${n}`)).toEqual(['requested', status]);
      expect(paymentSchema.parse(gone.json()).status).toBe(status);
      expect(paid.status).toBe(status === 'captured' ? 200 : 409);
    }
  });

  it('a voided payment is never captured, and a decided one is never voided', async () => {
    const one = await start('o-10');
    expect(paymentSchema.parse((await voided(one.paymentId)).json()).status).toBe('voided');
    expect(refusalOf(await decide(one.paymentId, 'accept'))).toEqual([409, 'payment_voided']);
    expect(paymentSchema.parse((await voided(one.paymentId)).json()).status).toBe('voided');
    expect(await kinds('o-10')).toEqual(['requested', 'voided']);
    const other = await start('o-11');
    await decide(other.paymentId, 'reject');
    expect(paymentSchema.parse((await voided(other.paymentId)).json()).status).toBe('rejected');
    expect(refusalOf(await decide(other.paymentId, 'accept'))).toEqual([409, 'payment_decided']);
  });

  it('a payment is refunded up to what was captured', async () => {
    const { paymentId } = await start('o-12', 1_000);
    expect(refusalOf(await refund(paymentId, eur(1)))).toEqual([409, 'payment_not_captured']);
    await decide(paymentId, 'accept');
    const answer = await refund(paymentId, eur(600), 'first');
    expect(answer.status).toBe(201);
    expect((await refund(paymentId, eur(600), 'first')).json()).toEqual(refundSchema.parse(answer.json()));
    expect(refusalOf(await refund(paymentId, eur(401)))).toEqual([422, 'refund_exceeds_captured']);
    expect(refusalOf(await refund(paymentId, { amount: 1, currency: 'USD' }))).toEqual([
      422,
      'refund_currency_differs',
    ]);
    expect(refusalOf(await refund(paymentId, eur(0)))).toEqual([422, 'refund_of_nothing']);
    expect(await statusOf(paymentId)).toBe('captured');
    await refund(paymentId, eur(400));
    expect(await statusOf(paymentId)).toBe('refunded');
    expect((await refund(paymentId, eur(1))).status).toBe(422);
    const refunds = (await rig.ledger('payments', 'o-12')).filter(({ kind }) => kind === 'refunded');
    expect(refunds.map(({ amount, timesAsked }) => [amount, timesAsked])).toEqual([
      [600, 2],
      [400, 1],
    ]);
  });

  it('concurrent refunds never exceed what was captured', async () => {
    const { paymentId } = await start('o-13', 1_000);
    await decide(paymentId, 'accept');
    await Promise.all(Array.from({ length: 10 }, () => refund(paymentId, eur(300))));
    const refunds = (await rig.ledger('payments', 'o-13')).filter(({ kind }) => kind === 'refunded');
    expect(refunds).toHaveLength(3);
  });

  it.each([
    [{ amount: { amount: 100, currency: 'USD' } }, 422, 'currency_not_supported'],
    [{ callbackUrl: 'ftp://example.com/x' }, 422, 'callback_url_unsupported'],
    [{ callbackUrl: 'nonsense' }, 400, 'body_invalid'],
    [{ amount: { amount: 0.5, currency: 'EUR' } }, 400, 'body_invalid'],
    [{ amount: { amount: -5, currency: 'EUR' } }, 400, 'body_invalid'],
  ])('a request with %j is refused and changes nothing', async (part, status, code) => {
    const request = { orderId: 'bad', amount: eur(100), callbackUrl: shop.url, correlationId: 'c', ...part };
    expect(refusalOf(await rig.post('/payments', request, 'bad'))).toEqual([status, code]);
    expect(await rig.ledger('payments')).toEqual([]);
  });

  describe('the hosted checkout page', () => {
    const form = (url: string, decision: string) =>
      fetch(url, { method: 'POST', body: new URLSearchParams({ decision }) });

    it('the checkout page pays by a plain form and says so', async () => {
      const { checkoutUrl, paymentId } = await start('o-<script>');
      const page = await fetch(checkoutUrl);
      expect(page.headers.get('content-type')).toContain('text/html');
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const html = await page.text();
      expect(html).toContain('Pay € 49.00');
      expect(html).toContain('o-&lt;script&gt;');
      expect(html).not.toMatch(/<script|https?:\/\//);
      const after = await form(checkoutUrl, 'accept');
      expect([after.status, (await after.text()).includes('Thank you')]).toEqual([200, true]);
      expect(await statusOf(paymentId)).toBe('captured');
      expect(await (await fetch(checkoutUrl)).text()).not.toContain('<button');
    });

    it('the checkout page tells a late customer that nothing was charged', async () => {
      const { checkoutUrl, paymentId } = await start('o-14');
      await voided(paymentId);
      const after = await form(checkoutUrl, 'accept');
      expect([after.status, (await after.text()).includes('nothing was charged')]).toEqual([409, true]);
    });

    it('the checkout page takes two decisions only', async () => {
      const { checkoutUrl, paymentId } = await start('o-15');
      expect((await form(checkoutUrl, 'maybe')).status).toBe(400);
      expect(await statusOf(paymentId)).toBe('pending');
    });
  });
});
