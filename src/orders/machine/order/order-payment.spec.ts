import { ANSWERS, eur, HOUR, payment, TOTAL } from '../../../../test/model/order-fixture.js';
import { down, OrderRun, output, refusal } from '../../../../test/model/order-run.js';
import type { OrderCommand } from './order-events.js';

const paid: OrderCommand = { type: 'payment.accepted', paymentId: 'payment-1', amount: TOTAL };
const rejected: OrderCommand = { type: 'payment.rejected', paymentId: 'payment-1' };
const cancel: OrderCommand = { type: 'order.cancel' };
const retry: OrderCommand = { type: 'order.retry' };
const once = [{}, { maxAttempts: 1 }] as const;

describe('An order awaiting its payment (G4)', () => {
  it('takes a callback that names neither payment nor amount as meant', async () => {
    const run = await OrderRun.started();
    await run.send({ type: 'payment.accepted' });
    expect(run.output).toEqual({ outcome: 'fulfilled', reason: null });
  });

  it('voids the payment, releases the goods and ends as payment_failed when it is rejected', async () => {
    const run = await OrderRun.started();
    await run.send({ ...rejected, reason: 'card declined' });
    expect(run.output).toEqual({ outcome: 'payment_failed', reason: 'payment_rejected' });
    expect(run.called.slice(-2)).toEqual(['voidPayment', 'releaseReservation']);
  });

  it('does the same at the deadline, not a millisecond earlier, and ends as payment_timed_out', async () => {
    const run = await OrderRun.started();
    await run.advance(59_999);
    expect(run.state).toBe('AwaitingPayment.open');
    await run.advance(1);
    expect(run.output).toEqual({ outcome: 'payment_timed_out', reason: 'payment_timed_out' });
    expect(run.called.slice(-2)).toEqual(['voidPayment', 'releaseReservation']);
  });

  it('lets the customer pay from the moment the provider answered, not from the first failed try', async () => {
    const run = await OrderRun.started({ startPayment: [down, output(payment('pending'))] });
    await run.advance(5_000);
    await run.advance(59_999);
    expect(run.state).toBe('AwaitingPayment.open');
    await run.advance(1);
    expect(run.output?.outcome).toBe('payment_timed_out');
  });

  it('refunds what was captured when the customer was faster than the void', async () => {
    const run = await OrderRun.started({ voidPayment: [output(payment('captured'))] });
    await run.advance(60_000);
    expect(run.output).toEqual({ outcome: 'payment_timed_out', reason: 'payment_timed_out' });
    expect(run.called.slice(-3)).toEqual(['voidPayment', 'refundPayment', 'releaseReservation']);
    expect(run.inputOf('refundPayment')).toMatchObject({ amount: TOTAL, reason: 'payment_timed_out' });
    expect(run.snapshot.context.refund).toEqual(ANSWERS.refundPayment);
  });

  it.each(['rejected', 'refunded'] as const)('has nothing left to undo when the void finds it %s', async (status) => {
    const run = await OrderRun.started({ voidPayment: [output(payment(status))] });
    await run.advance(60_000);
    expect(run.called.slice(-2)).toEqual(['voidPayment', 'releaseReservation']);
  });

  it('voids again, as after a failure, while the payment stays pending, and then is an incident', async () => {
    const run = await OrderRun.started({ voidPayment: [output(payment('pending'))] }, {}, { overallTimeoutMs: 60_000 });
    await run.send(rejected);
    expect(run.state).toBe('PaymentFailed.voiding.backoff');
    await run.advance(5_000);
    await run.advance(10_000);
    expect(run.timesOf('voidPayment')).toEqual([0, 5_000, 15_000]);
    expect(run.state).toBe('PaymentFailed.voiding.incident');
    expect(run.snapshot.context.lastFailure?.code).toBe('payment_still_pending');
  });

  it.each<[string, OrderCommand]>([
    ['too little is paid', { type: 'payment.accepted', paymentId: 'payment-1', amount: eur(1) }],
    ['another currency is paid', { type: 'payment.accepted', amount: { amount: TOTAL.amount, currency: 'USD' } }],
  ])('is disputed when %s: nothing ships and a person has to look', async (_, event) => {
    const run = await OrderRun.started();
    await run.send(event);
    expect(run.state).toBe('AwaitingPayment.disputed');
    expect(run.snapshot.hasTag('incident')).toBe(true);
    expect(run.can(retry)).toBe(false);
    await run.send({ ...rejected, paymentId: 'payment-2' });
    expect(run.state).toBe('AwaitingPayment.disputed');
    await run.send(cancel);
    expect(run.output).toEqual({ outcome: 'payment_failed', reason: 'payment_mismatch' });
    expect(run.called.slice(run.called.indexOf('voidPayment'))).toEqual(['voidPayment', 'releaseReservation']);
  });

  it('is disputed no longer when its own payment is captured as it was asked for: it ships', async () => {
    const run = await OrderRun.started();
    await run.send({ type: 'payment.accepted', paymentId: 'payment-1', amount: eur(1) });
    expect(run.state).toBe('AwaitingPayment.disputed');
    await run.send(paid);
    expect(run.output).toEqual({ outcome: 'fulfilled', reason: null });
    expect(run.called).not.toContain('lookUpPayment');
  });

  it('is disputed no longer when its own payment is called off', async () => {
    const run = await OrderRun.started();
    await run.send({ type: 'payment.accepted', paymentId: 'payment-1', amount: eur(1) });
    await run.send(rejected);
    expect(run.output).toEqual({ outcome: 'payment_failed', reason: 'payment_rejected' });
    expect(run.called).not.toContain('sendShippingOrder');
  });

  it('ships when the void finds captured what was told rejected: the goods are still reserved', async () => {
    const run = await OrderRun.started({ voidPayment: [output(payment('captured'))] });
    await run.send(rejected);
    expect(run.output).toEqual({ outcome: 'fulfilled', reason: null });
    expect(run.called).not.toContain('refundPayment');
  });

  it('gives a dispute up after 24 h, refunding what the provider took', async () => {
    const run = await OrderRun.started({ voidPayment: [output(payment('captured', eur(1)))] });
    await run.send({ type: 'payment.accepted', amount: eur(1) });
    await run.advance(24 * HOUR);
    expect(run.output).toEqual({ outcome: 'payment_failed', reason: 'payment_mismatch' });
    expect(run.inputOf('refundPayment')).toMatchObject({ amount: eur(1) });
    expect(run.called).not.toContain('sendShippingOrder');
  });
});

describe('Starting the payment (G4)', () => {
  it('takes neither callback nor cancellation until the provider answered: they are kept', async () => {
    const run = await OrderRun.started({ startPayment: ['silent'] });
    expect(run.state).toBe('AwaitingPayment.requesting');
    expect([paid, rejected, cancel, retry].map((event) => run.can(event))).toEqual([false, false, false, false]);
  });

  it('is retried inside the payment machine, 5 s and 10 s apart, then stalls the order', async () => {
    const run = await OrderRun.started({ startPayment: [down] });
    expect(run.state).toBe('AwaitingPayment.requesting');
    await run.advance(5_000);
    await run.advance(10_000);
    expect(run.timesOf('startPayment')).toEqual([0, 5_000, 15_000]);
    expect(run.state).toBe('AwaitingPayment.stalled');
    expect(run.snapshot.hasTag('incident')).toBe(true);
    expect(run.snapshot.context).toMatchObject({ failures: 3, lastFailure: { code: 'partner_unavailable' } });
  });

  it('goes on when an operator retries it, and stalls again if that fails', async () => {
    const run = await OrderRun.started({ startPayment: [down, down, output(payment('pending'))] }, ...once);
    await run.send(retry);
    expect(run.state).toBe('AwaitingPayment.stalled');
    await run.send(retry);
    expect(run.state).toBe('AwaitingPayment.open');
    expect(run.snapshot.context).toMatchObject({ failures: 0, lastFailure: null, payment: { paymentId: 'payment-1' } });
  });

  it.each<[string, (run: OrderRun) => Promise<void>, object]>([
    ['cancelled', (run) => run.send(cancel), { outcome: 'cancelled', reason: 'cancelled' }],
    ['given up', (run) => run.advance(24 * HOUR), { outcome: 'failed', reason: 'partner_unavailable' }],
  ])('that stalled and is %s first learns which payment there is, then voids it', async (_, giveUp, end) => {
    const run = await OrderRun.started({ startPayment: [down] }, ...once);
    await giveUp(run);
    expect(run.called.slice(-3)).toEqual(['findPayment', 'voidPayment', 'releaseReservation']);
    expect(run.inputOf('findPayment')).toMatchObject({ amount: TOTAL });
    expect(run.output).toEqual(end);
  });

  it('that stalled is not abandoned while the provider stays away', async () => {
    const run = await OrderRun.started(
      { startPayment: [down], findPayment: [down, output(payment('pending'))] },
      ...once,
    );
    await run.send(cancel);
    expect(run.state).toBe('PaymentFailed.resolving.incident');
    await run.advance(24 * HOUR);
    expect(run.called.slice(-2)).toEqual(['voidPayment', 'releaseReservation']);
  });

  it('that stalled has nothing to void when the provider then refuses it: it never was executed', async () => {
    const run = await OrderRun.started({ startPayment: [down], findPayment: [refusal('refused')] }, ...once);
    await run.send(cancel);
    expect(run.called.slice(-2)).toEqual(['findPayment', 'releaseReservation']);
    expect(run.output?.outcome).toBe('cancelled');
  });

  it('that is refused fails the payment with nothing to void', async () => {
    const run = await OrderRun.started({ startPayment: [refusal('amount_too_small')] });
    expect(run.output).toEqual({ outcome: 'payment_failed', reason: 'amount_too_small' });
    expect(run.called.slice(-2)).toEqual(['startPayment', 'releaseReservation']);
  });

  it.each([
    ['captured', 'fulfilled', null],
    ['rejected', 'payment_failed', 'payment_rejected'],
    ['voided', 'payment_failed', 'payment_withdrawn'],
    ['refunded', 'payment_failed', 'payment_withdrawn'],
  ] as const)('that is answered with a payment already %s ends as %s', async (status, outcome, reason) => {
    const run = await OrderRun.started({ startPayment: [output(payment(status))] });
    expect(run.output).toEqual({ outcome, reason });
  });

  it('that is answered with another amount is a dispute', async () => {
    const run = await OrderRun.started({ startPayment: [output(payment('captured', eur(1)))] });
    expect(run.state).toBe('AwaitingPayment.disputed');
    expect(run.snapshot.context.payment?.paymentId).toBe('payment-1');
  });
});

describe('A paid order (G4)', () => {
  it('refunds and releases when the goods are gone', async () => {
    const run = await OrderRun.started({ consumeReservation: [refusal('reservation_gone')] });
    await run.send(paid);
    expect(run.output).toEqual({ outcome: 'failed', reason: 'reservation_gone' });
    expect(run.called.slice(-3)).toEqual(['consumeReservation', 'refundPayment', 'releaseReservation']);
  });

  it('refunds and gives the consumed goods back when shipping is refused for good', async () => {
    const run = await OrderRun.started({ sendShippingOrder: [refusal('shipment_refused')] });
    await run.send(paid);
    expect(run.output).toEqual({ outcome: 'failed', reason: 'shipment_refused' });
    expect(run.called.slice(-3)).toEqual(['sendShippingOrder', 'refundPayment', 'releaseReservation']);
  });

  it('never refunds while the parcel may be on its way', async () => {
    const run = await OrderRun.started({ sendShippingOrder: [down] }, ...once);
    await run.send(paid);
    for (let day = 1; day <= 30; day += 1) await run.advance(24 * HOUR);
    expect(run.state).toBe('SendShippingOrder.incident');
    expect(run.called).not.toContain('refundPayment');
    expect(run.timesOf('sendShippingOrder')).toHaveLength(31);
  });
});
