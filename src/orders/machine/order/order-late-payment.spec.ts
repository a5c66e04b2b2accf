import { ANSWERS, eur, HOUR, payment, TOTAL } from '../../../../test/model/order-fixture.js';
import { down, OrderRun, output, refusal, type Script } from '../../../../test/model/order-run.js';
import type { OrderActivityName } from './order-activities.js';
import type { OrderCommand } from './order-events.js';
import type { Payment } from './order-model.js';

const paid = (paymentId?: string): OrderCommand => ({ type: 'payment.accepted', paymentId, amount: TOTAL });
const rejected: OrderCommand = { type: 'payment.rejected', paymentId: 'payment-1' };
const cancel: OrderCommand = { type: 'order.cancel' };
const GIVEN_BACK = { paymentId: 'payment-1', found: 'captured', refund: ANSWERS.refundLatePayment };
const other = (status: Payment['status']): Payment => ({ ...payment(status), paymentId: 'payment-2' });

/** An order that gave its payment up and is still busy with the goods. */
async function windingUp(giveUp: 'deadline' | 'rejection' | 'cancellation', script: Script = {}): Promise<OrderRun> {
  const run = await OrderRun.started({ releaseReservation: [down, output(null)], ...script });
  if (giveUp === 'deadline') await run.advance(60_000);
  else await run.send(giveUp === 'rejection' ? rejected : cancel);
  expect(run.state).toBe('PaymentFailed.releasing.backoff');
  return run;
}

const after = (run: OrderRun, activity: OrderActivityName) => run.called.slice(run.called.lastIndexOf(activity) + 1);

describe('A payment that is accepted when the order does not want it any more (G4)', () => {
  it.each([
    ['deadline', 'payment_timed_out'],
    ['rejection', 'payment_failed'],
    ['cancellation', 'cancelled'],
  ] as const)('after the %s is looked up and given back, and the outcome stays %s', async (giveUp, outcome) => {
    const run = await windingUp(giveUp, { lookUpPayment: [output(payment('captured'))] });
    await run.send(paid('payment-1'));
    expect(run.state).toBe('PaymentFailed.releasing.backoff');
    await run.advance(5_000);
    expect(run.output?.outcome).toBe(outcome);
    expect(after(run, 'releaseReservation')).toEqual(['lookUpPayment', 'refundLatePayment']);
    expect(run.inputOf('refundLatePayment')).toMatchObject({ paymentId: 'payment-1', amount: TOTAL });
    expect(run.snapshot.context.latePayments).toEqual([GIVEN_BACK]);
  });

  it('is given back in the amount that the provider captured, whatever was reported', async () => {
    const run = await windingUp('deadline', { lookUpPayment: [output(payment('captured', eur(7)))] });
    await run.send({ type: 'payment.accepted', paymentId: 'payment-1', amount: eur(99_999) });
    await run.advance(5_000);
    expect(run.inputOf('refundLatePayment')).toMatchObject({ amount: eur(7) });
  });

  it('is only looked up when nothing was captured', async () => {
    for (const status of ['voided', 'rejected', 'refunded'] as const) {
      const run = await windingUp('deadline', { lookUpPayment: [output(payment(status))] });
      await run.send(paid('payment-1'));
      await run.advance(5_000);
      expect(after(run, 'releaseReservation')).toEqual(['lookUpPayment']);
      expect(run.snapshot.context.latePayments).toEqual([{ paymentId: 'payment-1', found: status, refund: null }]);
    }
  });

  it('is looked up though the callback names no payment: the order knows its own', async () => {
    const run = await windingUp('deadline', { lookUpPayment: [output(payment('captured'))] });
    await run.send(paid());
    await run.advance(5_000);
    expect(run.snapshot.context.latePayments).toEqual([GIVEN_BACK]);
  });

  it('is given back once, however often it is reported', async () => {
    const run = await windingUp('deadline', {
      lookUpPayment: [output(payment('captured')), output(payment('refunded'))],
      refundLatePayment: [down, output(ANSWERS.refundLatePayment)],
    });
    await run.send(paid('payment-1'));
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    expect(run.state).toBe('PaymentFailed.settlingLatePayment');
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    expect(run.output).toBeDefined();
    expect(run.snapshot.context.latePayments.filter(({ refund }) => refund !== null)).toEqual([GIVEN_BACK]);
    expect(run.timesOf('refundLatePayment')).toHaveLength(2);
  });

  it('is looked up again when it is reported again while it was being looked up', async () => {
    const run = await windingUp('deadline', {
      lookUpPayment: [down, output(payment('voided')), output(payment('captured'))],
    });
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    expect(run.snapshot.context.latePayments).toEqual([
      { paymentId: 'payment-1', found: 'voided', refund: null },
      GIVEN_BACK,
    ]);
  });

  it('needs no second refund when the void found it captured already', async () => {
    const run = await OrderRun.started({
      voidPayment: [down, output(payment('captured'))],
      lookUpPayment: [output(payment('refunded'))],
    });
    await run.advance(60_000);
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    expect(after(run, 'voidPayment')).toEqual(['refundPayment', 'releaseReservation', 'lookUpPayment']);
    expect(run.called).not.toContain('refundLatePayment');
  });

  it('is withdrawn when the provider says that it is still open', async () => {
    const run = await windingUp('deadline', { lookUpPayment: [output(payment('pending'))] });
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    expect(after(run, 'releaseReservation')).toEqual(['lookUpPayment', 'voidPayment']);
    expect(run.snapshot.context.latePayments).toEqual([{ paymentId: 'payment-1', found: 'voided', refund: null }]);
  });

  it('is an incident while the refund fails, which a person or time has tried again, and never is given up', async () => {
    const run = await windingUp('deadline', {
      lookUpPayment: [output(payment('captured'))],
      refundLatePayment: [down, down, down, refusal('refund_exceeds_captured'), output(ANSWERS.refundLatePayment)],
    });
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    await run.advance(5_000);
    await run.advance(10_000);
    expect(run.step).toMatchObject({
      kind: 'operator',
      incident: 'refundLatePayment',
      commands: ['order.retry'],
    });
    await run.send({ type: 'order.retry' });
    expect(run.step).toMatchObject({ kind: 'operator', failure: { code: 'refund_exceeds_captured' } });
    await run.advance(24 * HOUR);
    expect(run.output?.outcome).toBe('payment_timed_out');
    expect(run.snapshot.context.latePayments).toEqual([GIVEN_BACK]);
  });

  it('shows which try is running or comes next', async () => {
    const run = await windingUp('deadline', { lookUpPayment: [down, 'silent'] });
    await run.send(paid('payment-1'));
    await run.advance(5_000);
    expect(run.step).toMatchObject({ kind: 'retry', activity: 'lookUpPayment', attempt: 2 });
    await run.advance(5_000);
    expect(run.step).toEqual({ kind: 'activity', activity: 'lookUpPayment', attempt: 2 });
  });
});

describe('A second payment of one order (G4)', () => {
  it('is given back after the order was shipped for the first', async () => {
    const run = await OrderRun.started({
      sendShippingOrder: [down, output(ANSWERS.sendShippingOrder)],
      lookUpPayment: [output(other('captured'))],
    });
    await run.send(paid('payment-1'));
    await run.send(paid('payment-2'));
    await run.advance(5_000);
    expect(run.output?.outcome).toBe('fulfilled');
    expect(after(run, 'sendShippingOrder')).toEqual(['lookUpPayment', 'refundLatePayment']);
    expect(run.inputOf('refundLatePayment')).toMatchObject({ paymentId: 'payment-2' });
    expect(run.snapshot.context).toMatchObject({ captured: TOTAL, refund: null });
  });

  it('that is reported first decides nothing: the order ships for its own, and gives the other back', async () => {
    const run = await OrderRun.started({ lookUpPayment: [output(other('captured'))] });
    await run.send(paid('payment-2'));
    expect(run.state).toBe('AwaitingPayment.open');
    await run.send(paid('payment-1'));
    expect(run.output).toEqual({ outcome: 'fulfilled', reason: null });
    expect(run.inputOf('refundLatePayment')).toMatchObject({ paymentId: 'payment-2' });
    expect(run.called).not.toContain('refundPayment');
  });

  it('that this order does not have is not touched', async () => {
    const run = await OrderRun.started({
      sendShippingOrder: [down, output(ANSWERS.sendShippingOrder)],
      lookUpPayment: [refusal('payment_unknown')],
    });
    await run.send(paid('payment-1'));
    await run.send(paid('payment-of-another-order'));
    await run.advance(5_000);
    expect(run.output?.outcome).toBe('fulfilled');
    expect(after(run, 'sendShippingOrder')).toEqual(['lookUpPayment']);
    expect(run.snapshot.context.latePayments).toEqual([
      { paymentId: 'payment-of-another-order', found: 'unknown', refund: null },
    ]);
  });
});

describe('A repeated report of the payment that pays for the order (G4)', () => {
  it.each([paid('payment-1'), paid()])('is taken, and changes nothing', async (again) => {
    const run = await OrderRun.started({ consumeReservation: ['silent'] });
    await run.send(paid('payment-1'));
    const { context, value } = run.snapshot;
    expect(run.can(again)).toBe(true);
    await run.send(again);
    expect([run.snapshot.context, run.snapshot.value]).toEqual([context, value]);
  });
});
