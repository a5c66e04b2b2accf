import { HOUR, TOTAL } from '../../../../test/model/order-fixture.js';
import { down, downFor, OrderRun, output, refusal, type Script } from '../../../../test/model/order-run.js';
import { ANSWERS } from '../../../../test/model/order-fixture.js';
import type { OrderActivityName } from './order-activities.js';

const retry = { type: 'order.retry' } as const;
const paid = { type: 'payment.accepted', paymentId: 'payment-1', amount: TOTAL } as const;

/** What brings an order to where the activity runs, and where that is. */
const STEPS: readonly [OrderActivityName, string, Script][] = [
  ['getProducts', 'GettingProducts', {}],
  ['getAddress', 'GettingAddress', {}],
  ['reserveProducts', 'ReservingProducts', {}],
  ['calculateShipping', 'CalculatingShipping', {}],
  ['calculateFinalPrice', 'CalculatingFinalPrice', {}],
  ['consumeReservation', 'PaymentSuccess', {}],
  ['sendShippingOrder', 'SendShippingOrder', {}],
  ['releaseReservation', 'CalculatingShipping.releasing', { calculateShipping: [refusal('x')] }],
  ['releaseReservation', 'CalculatingFinalPrice.releasing', { calculateFinalPrice: [refusal('x')] }],
  ['voidPayment', 'PaymentFailed.voiding', {}],
  [
    'refundPayment',
    'PaymentFailed.refunding',
    { voidPayment: [output({ ...ANSWERS.voidPayment, status: 'captured' })] },
  ],
  ['releaseReservation', 'PaymentFailed.releasing', {}],
  ['refundPayment', 'PaymentSuccess.refunding', { consumeReservation: [refusal('reservation_gone')] }],
  ['refundPayment', 'SendShippingOrder.refunding', { sendShippingOrder: [refusal('shipment_refused')] }],
];

async function orderAt(state: string, script: Script, ...settings: object[]): Promise<OrderRun> {
  const run = await OrderRun.started(script, ...settings);
  if (run.state !== 'AwaitingPayment.open') return run;
  await run.send(state.startsWith('PaymentFailed') ? { type: 'order.cancel' } : paid);
  return run;
}

describe('A step whose partner is away', () => {
  it.each(STEPS)(
    '%s is tried 3 times, 5 s and 10 s apart, then %s is an incident (G7)',
    async (activity, state, script) => {
      const run = await orderAt(state, { ...script, [activity]: [down] });
      expect(run.state).toBe(`${state}.backoff`);
      await run.advance(4_999);
      expect(run.timesOf(activity)).toEqual([0]);
      await run.advance(1);
      expect(run.timesOf(activity)).toEqual([0, 5_000]);
      expect(run.snapshot.context).toMatchObject({ step: activity, failures: 2, firstStartedAt: 1 });
      await run.advance(10_000);
      expect(run.timesOf(activity)).toEqual([0, 5_000, 15_000]);
      expect(run.state).toBe(`${state}.incident`);
      expect(run.snapshot.hasTag('incident')).toBe(true);
    },
  );

  it.each(STEPS)('%s goes on after one failure as if nothing had happened', async (activity, state, script) => {
    const run = await orderAt(state, { ...script, [activity]: [down, output(ANSWERS[activity])] });
    await run.advance(5_000);
    expect(run.timesOf(activity)).toEqual([0, 5_000]);
    expect(run.snapshot.context).toMatchObject({ failures: 0, lastFailure: null, firstStartedAt: null });
  });

  it.each(STEPS)(
    '%s begins anew, with all tries, when an operator retries %s (G13)',
    async (activity, state, script) => {
      const run = await orderAt(state, { ...script, [activity]: [down] }, {}, { maxAttempts: 2 });
      await run.advance(5_000);
      expect(run.can(retry)).toBe(true);
      await run.send(retry);
      expect(run.state).toBe(`${state}.backoff`);
      expect(run.snapshot.context.failures).toBe(1);
      expect(run.timesOf(activity)).toHaveLength(3);
    },
  );

  it('waits as long as the partner asked', async () => {
    const run = await OrderRun.started({ getProducts: [downFor(7_500), output(ANSWERS.getProducts)] });
    await run.advance(7_499);
    expect(run.timesOf('getProducts')).toEqual([0]);
    await run.advance(1);
    expect(run.timesOf('getProducts')).toEqual([0, 7_500]);
  });

  it('is tried earlier, by the jitter of this order and attempt, never later', async () => {
    const run = await OrderRun.started({ getProducts: [down] }, {}, { jitter: 0.5 });
    await run.advance(2_499);
    expect(run.timesOf('getProducts')).toHaveLength(1);
    await run.advance(2_501);
    expect(run.timesOf('getProducts')).toHaveLength(2);
  });

  it('is parked early when the next try would start after the overall timeout', async () => {
    const run = await OrderRun.started({ getProducts: [down] }, {}, { maxAttempts: 9, overallTimeoutMs: 14_999 });
    await run.advance(5_000);
    expect(run.state).toBe('GettingProducts.incident');
    expect(run.timesOf('getProducts')).toEqual([0, 5_000]);
  });

  it('takes no order.retry while it is not an incident', async () => {
    const run = await OrderRun.started({ getProducts: [down] });
    expect(run.can(retry)).toBe(false);
  });
});

describe('An incident nobody attends to (G7)', () => {
  const once = [{}, { maxAttempts: 1 }] as const;
  const GIVES_UP: readonly [OrderActivityName, string, OrderActivityName[]][] = [
    ['getProducts', 'GettingProducts', []],
    ['getAddress', 'GettingAddress', []],
    ['reserveProducts', 'ReservingProducts', ['findReservation', 'releaseReservation']],
    ['calculateShipping', 'CalculatingShipping', ['releaseReservation']],
    ['calculateFinalPrice', 'CalculatingFinalPrice', ['releaseReservation']],
    ['consumeReservation', 'PaymentSuccess', ['refundPayment', 'releaseReservation']],
  ];

  it.each(GIVES_UP)('of %s gives %s up after 24 h and undoes what was done', async (activity, state, undone) => {
    const run = await orderAt(state, { [activity]: [down] }, ...once);
    expect(run.state).toBe(`${state}.incident`);
    await run.advance(24 * HOUR - 1);
    expect(run.output).toBeUndefined();
    await run.advance(1);
    expect(run.output).toEqual({ outcome: 'failed', reason: 'partner_unavailable' });
    expect(run.called.slice(run.called.indexOf(activity) + 1)).toEqual(undone);
  });

  const NEVER_ABANDONED = STEPS.filter(([, state]) => /releasing|refunding|voiding|SendShippingOrder/.test(state));

  it.each(NEVER_ABANDONED)('of %s is never abandoned: %s tries again', async (activity, state, script) => {
    const run = await orderAt(state, { ...script, [activity]: [down, down, output(ANSWERS[activity])] }, ...once);
    await run.advance(24 * HOUR);
    expect(run.state).toBe(`${state}.incident`);
    await run.advance(24 * HOUR);
    expect(run.timesOf(activity)).toEqual([0, 24 * HOUR, 48 * HOUR]);
    expect(run.output).toBeDefined();
  });

  const COMPENSATIONS = STEPS.filter(([, state]) => /releasing|refunding|voiding/.test(state));

  it.each(COMPENSATIONS)('arises at once when %s is refused, and %s is not over', async (activity, state, script) => {
    const run = await orderAt(state, { ...script, [activity]: [refusal('refused')] });
    expect(run.state).toBe(`${state}.incident`);
    expect(run.snapshot.hasTag('compensating')).toBe(true);
    expect(run.can({ type: 'order.cancel' })).toBe(false);
  });
});
