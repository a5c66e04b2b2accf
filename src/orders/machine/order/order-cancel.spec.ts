import { HOUR, TOTAL } from '../../../../test/model/order-fixture.js';
import { down, OrderRun, refusal, type Script } from '../../../../test/model/order-run.js';
import type { OrderCommand } from './order-events.js';

const cancel: OrderCommand = { type: 'order.cancel' };
const paid: OrderCommand = { type: 'payment.accepted', amount: TOTAL };
const CANCELLED = { outcome: 'cancelled', reason: 'cancelled' };

const orderWith = (script: Script, maxAttempts = 3) => OrderRun.started(script, {}, { maxAttempts });

describe('Cancelling an order (G4)', () => {
  it.each([
    ['GettingProducts', 'getProducts'],
    ['GettingAddress', 'getAddress'],
  ] as const)('ends it at once in %s, whether it runs, backs off or is an incident', async (status, activity) => {
    const runs = [
      await orderWith({ [activity]: ['silent'] }),
      await orderWith({ [activity]: [down] }),
      await orderWith({ [activity]: [down] }, 1),
    ];
    expect(runs.map((run) => run.state)).toEqual([`${status}.running`, `${status}.backoff`, `${status}.incident`]);
    for (const run of runs) {
      expect(run.can(cancel)).toBe(true);
      await run.send(cancel);
      expect(run.output).toEqual(CANCELLED);
      expect(run.called.at(-1)).toBe(activity);
    }
  });

  it.each([
    ['CalculatingShipping', 'calculateShipping'],
    ['CalculatingFinalPrice', 'calculateFinalPrice'],
  ] as const)(
    'releases the goods first in %s, whether it runs, backs off or is an incident',
    async (status, activity) => {
      const runs = [
        await orderWith({ [activity]: ['silent'] }),
        await orderWith({ [activity]: [down] }),
        await orderWith({ [activity]: [down] }, 1),
      ];
      expect(runs.map((run) => run.state)).toEqual([`${status}.running`, `${status}.backoff`, `${status}.incident`]);
      for (const run of runs) {
        expect(run.can(cancel)).toBe(true);
        await run.send(cancel);
        expect(run.output).toEqual(CANCELLED);
        expect(run.called.slice(-2)).toEqual([activity, 'releaseReservation']);
      }
    },
  );

  it('is not taken while goods may be on their way to being reserved', async () => {
    const running = await orderWith({ reserveProducts: ['silent'] });
    expect([running.state, running.can(cancel)]).toEqual(['ReservingProducts.running', false]);
    const backoff = await orderWith({ reserveProducts: [down] });
    expect([backoff.state, backoff.can(cancel)]).toEqual(['ReservingProducts.backoff', false]);
  });

  it('asks again for a reservation that may have been made, and releases it before the order ends', async () => {
    const run = await orderWith({ reserveProducts: [down] }, 1);
    expect(run.can(cancel)).toBe(true);
    await run.send(cancel);
    expect(run.output).toEqual(CANCELLED);
    expect(run.called.slice(-3)).toEqual(['reserveProducts', 'findReservation', 'releaseReservation']);
    expect(run.inputOf('findReservation')).toEqual({ ...run.inputOf('reserveProducts'), request: 1 });
  });

  it('has nothing to release when the warehouse then refuses the reservation: it never was made', async () => {
    const run = await orderWith({ reserveProducts: [down], findReservation: [refusal('x')] }, 1);
    await run.send(cancel);
    expect(run.output).toEqual(CANCELLED);
    expect(run.called.at(-1)).toBe('findReservation');
  });

  it('does not abandon a reservation that may have been made while the warehouse stays away', async () => {
    const run = await orderWith({ reserveProducts: [down], findReservation: [down] }, 1);
    await run.send(cancel);
    for (let day = 1; day <= 30; day += 1) await run.advance(24 * HOUR);
    expect(run.state).toBe('ReservingProducts.resolving.incident');
    expect(run.timesOf('findReservation')).toHaveLength(31);
  });

  it('voids the payment and releases the goods while the payment is awaited', async () => {
    const run = await orderWith({});
    expect(run.can(cancel)).toBe(true);
    await run.send(cancel);
    expect(run.output).toEqual(CANCELLED);
    expect(run.called.slice(-2)).toEqual(['voidPayment', 'releaseReservation']);
  });

  it('stops the payment machine: its deadline passes without effect', async () => {
    const run = await orderWith({ voidPayment: ['silent'] });
    await run.send(cancel);
    await run.advance(60_000);
    expect(run.state).toBe('PaymentFailed.voiding.running');
    expect(run.snapshot.context.outcome).toBe('cancelled');
  });

  it.each<[string, Script, OrderCommand[]]>([
    [
      'CalculatingShipping.releasing.running',
      { calculateShipping: [refusal('x')], releaseReservation: ['silent'] },
      [],
    ],
    ['CalculatingShipping.releasing.backoff', { calculateShipping: [refusal('x')], releaseReservation: [down] }, []],
    [
      'CalculatingFinalPrice.releasing.running',
      { calculateFinalPrice: [refusal('x')], releaseReservation: ['silent'] },
      [],
    ],
    ['PaymentFailed.voiding.running', { voidPayment: ['silent'] }, [{ type: 'payment.rejected' }]],
    ['PaymentFailed.releasing.running', { releaseReservation: ['silent'] }, [{ type: 'payment.rejected' }]],
    ['PaymentSuccess.running', { consumeReservation: ['silent'] }, [paid]],
    ['PaymentSuccess.backoff', { consumeReservation: [down] }, [paid]],
    ['PaymentSuccess.refunding.running', { consumeReservation: [refusal('x')], refundPayment: ['silent'] }, [paid]],
    ['SendShippingOrder.running', { sendShippingOrder: ['silent'] }, [paid]],
    ['SendShippingOrder.backoff', { sendShippingOrder: [down] }, [paid]],
    ['Completed', {}, [paid]],
  ])('is not taken in %s, and a rejection changes nothing there', async (state, script, events) => {
    const run = await orderWith(script);
    for (const event of events) await run.send(event);
    expect(run.state).toBe(state);
    expect(run.can(cancel)).toBe(false);
    const { context } = run.snapshot;
    await run.send({ type: 'payment.rejected' });
    expect([run.state, run.snapshot.context]).toEqual([state, context]);
  });

  it('is not taken in an incident of a paid order', async () => {
    for (const script of [{ consumeReservation: [down] }, { sendShippingOrder: [down] }]) {
      const run = await orderWith(script, 1);
      await run.send(paid);
      expect(run.snapshot.hasTag('incident')).toBe(true);
      expect(run.can(cancel)).toBe(false);
    }
  });
});
