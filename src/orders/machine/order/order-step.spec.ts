import { eur, TOTAL } from '../../../../test/model/order-fixture.js';
import { down, OrderRun, refusal, type Script } from '../../../../test/model/order-run.js';
import type { OrderCommand } from './order-events.js';
import { orderStatus } from './order-step.js';

describe('the step of a stored order', () => {
  it('reads the status off the stored value, however deep the order is', async () => {
    expect(orderStatus('Completed')).toBe('Completed');
    const run = await OrderRun.started({ voidPayment: [down] });
    await run.send({ type: 'order.cancel' });
    expect(orderStatus(run.stored.value)).toBe('PaymentFailed');
  });

  it('refuses the value of another machine', () => {
    expect(() => orderStatus('waiting')).toThrow('Not a state of the order machine');
    expect(() => orderStatus({})).toThrow('Not a state of the order machine');
  });

  const failure = expect.objectContaining({ code: 'partner_unavailable' }) as unknown;
  const both = ['order.retry', 'order.cancel'];
  const paid: OrderCommand = { type: 'payment.accepted', amount: TOTAL };

  it.each<[string, Script, object, OrderCommand[], number, object | null]>([
    [
      'a running activity',
      { getAddress: ['silent'] },
      {},
      [],
      0,
      { kind: 'activity', activity: 'getAddress', attempt: 1 },
    ],
    [
      'its second try',
      { getAddress: [down, 'silent'] },
      {},
      [],
      5_000,
      { kind: 'activity', activity: 'getAddress', attempt: 2 },
    ],
    [
      'the next try',
      { getAddress: [down] },
      {},
      [],
      0,
      { kind: 'retry', activity: 'getAddress', attempt: 2, delayMs: 5_000, failure },
    ],
    [
      'an operator, who may cancel',
      { reserveProducts: [down] },
      { maxAttempts: 1 },
      [],
      0,
      { kind: 'operator', incident: 'reserveProducts', failure, commands: both },
    ],
    [
      'an operator, who may not cancel what is paid',
      { sendShippingOrder: [down] },
      { maxAttempts: 1 },
      [paid],
      0,
      { kind: 'operator', incident: 'sendShippingOrder', failure, commands: ['order.retry'] },
    ],
    [
      'an operator, who may not cancel a compensation',
      { calculateShipping: [refusal('x')], releaseReservation: [down] },
      { maxAttempts: 1 },
      [],
      0,
      { kind: 'operator', incident: 'releaseReservation', failure, commands: ['order.retry'] },
    ],
    [
      'the provider',
      { startPayment: ['silent'] },
      {},
      [],
      0,
      { kind: 'activity', activity: 'startPayment', attempt: 1 },
    ],
    [
      'the next try of starting the payment',
      { startPayment: [down] },
      {},
      [],
      0,
      { kind: 'retry', activity: 'startPayment', attempt: 2, delayMs: 5_000, failure },
    ],
    [
      'an operator, when the payment stalls',
      { startPayment: [down] },
      { maxAttempts: 1 },
      [],
      0,
      { kind: 'operator', incident: 'startPayment', failure, commands: both },
    ],
    [
      'the customer',
      {},
      {},
      [],
      0,
      { kind: 'payment', paymentId: 'payment-1', checkoutUrl: 'https://pay.example/payment-1' },
    ],
    [
      'an operator, when the payment is disputed',
      {},
      {},
      [{ type: 'payment.accepted', paymentId: 'payment-1', amount: eur(1) }],
      0,
      { kind: 'operator', incident: 'payment_mismatch', failure: null, commands: ['order.cancel'] },
    ],
    ['nothing, once completed', {}, {}, [paid], 0, null],
  ])('is at %s', async (_, script, retry, events, ms, step) => {
    const run = await OrderRun.started(script, {}, retry);
    for (const event of events) await run.send(event);
    await run.advance(ms);
    expect(run.step).toEqual(step);
  });

  it('offers exactly the commands that the order takes', async () => {
    const commands: OrderCommand[] = [{ type: 'order.retry' }, { type: 'order.cancel' }];
    for (const activity of ['getProducts', 'reserveProducts', 'startPayment', 'consumeReservation'] as const) {
      const run = await OrderRun.started({ [activity]: [down] }, {}, { maxAttempts: 1 });
      if (run.can(paid)) await run.send(paid);
      const taken = commands.filter((command) => run.can(command)).map((command) => command.type);
      expect(run.step).toMatchObject({ kind: 'operator', commands: taken });
    }
  });
});
