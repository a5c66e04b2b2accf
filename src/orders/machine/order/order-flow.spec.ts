import { createActor } from 'xstate';
import { ANSWERS, eur, HOUR, reservation, SETTINGS, START, TOTAL } from '../../../../test/model/order-fixture.js';
import { OrderRun, output, refusal } from '../../../../test/model/order-run.js';
import { orderMachine } from './order-machine.js';
import { OrderStatus } from './order-status.js';

const paid = { type: 'payment.accepted', paymentId: 'payment-1', amount: TOTAL } as const;
const missing = { productId: 'ink', count: 1, available: 0 };

describe('An order', () => {
  it('has exactly the statuses of OrderStatus as its top-level states', () => {
    expect(Object.keys(orderMachine.states)).toEqual(Object.values(OrderStatus));
  });

  it('goes from the cart to the parcel when all is well', async () => {
    const run = await OrderRun.started();
    expect(run.state).toBe('AwaitingPayment.open');
    await run.send(paid);
    expect(run.called).toEqual([
      'getProducts',
      'getAddress',
      'reserveProducts',
      'calculateShipping',
      'calculateFinalPrice',
      'startPayment',
      'consumeReservation',
      'sendShippingOrder',
    ]);
    expect(run.output).toEqual({ outcome: 'fulfilled', reason: null });
    expect(run.snapshot).toMatchObject({ status: 'done', value: 'Completed' });
    expect(run.snapshot.context).toMatchObject({
      captured: TOTAL,
      shipment: { shipmentId: 'shipment-1' },
      failures: 0,
      lastFailure: null,
    });
  });

  it('tells every activity the order, the correlation and what it needs', async () => {
    const run = await OrderRun.started();
    await run.send(paid);
    const scope = { orderId: 'order-1', correlationId: 'correlation-1' };
    const address = ANSWERS.getAddress.address;
    const items = [{ productId: 'pen', count: 2 }];
    const reservationId = 'reservation-1';
    expect(run.calls.map((call) => call.input)).toEqual([
      { ...scope, shoppingCartId: 'cart-1' },
      { ...scope, userId: 'user-1' },
      { ...scope, items, holdMs: 60_000 + 49 * HOUR },
      { ...scope, reservationId, items, address },
      { ...scope, items: reservation().reserved, shipping: eur(500), country: 'DE' },
      { ...scope, amount: TOTAL },
      { ...scope, reservationId },
      { ...scope, reservationId, items, address },
    ]);
  });

  it('asks for the goods to be kept for 409 days at most', async () => {
    const run = await OrderRun.started({}, { paymentTimeoutMs: 400 * 24 * HOUR, incidentTimeoutMs: 10 * 24 * HOUR });
    expect(run.inputOf('reserveProducts')).toMatchObject({ holdMs: 409 * 24 * HOUR });
  });

  it('keeps a context that survives JSON', async () => {
    const run = await OrderRun.started();
    expect(run.stored.context).toEqual(run.snapshot.context);
  });

  it('ends at once as failed when the cart is empty', async () => {
    const run = await OrderRun.started({ getProducts: [output([])] });
    expect(run.output).toEqual({ outcome: 'failed', reason: 'cart_empty' });
    expect(run.called).toEqual(['getProducts']);
  });

  it.each([
    ['getProducts', 'cart_not_found', ['getProducts']],
    ['getAddress', 'user_not_found', ['getProducts', 'getAddress']],
    ['reserveProducts', 'reservation_refused', ['getProducts', 'getAddress', 'reserveProducts']],
  ] as const)('ends as failed without a retry when %s is refused', async (activity, code, called) => {
    const run = await OrderRun.started({ [activity]: [refusal(code)] });
    expect(run.output).toEqual({ outcome: 'failed', reason: code });
    expect(run.called).toEqual(called);
  });

  it('ends as out_of_stock and gives back what was reserved when something is missing (G4)', async () => {
    const run = await OrderRun.started({ reserveProducts: [output(reservation(missing))] });
    expect(run.output).toEqual({ outcome: 'out_of_stock', reason: 'partly_reserved' });
    expect(run.called).toEqual(['getProducts', 'getAddress', 'reserveProducts', 'releaseReservation']);
  });

  it('ends as out_of_stock, whatever the settings, when nothing could be reserved', async () => {
    const empty = { ...reservation(missing), reserved: [] };
    const run = await OrderRun.started({ reserveProducts: [output(empty)] }, { shipPartially: true });
    expect(run.output).toEqual({ outcome: 'out_of_stock', reason: 'nothing_reserved' });
    expect(run.called.at(-1)).toBe('releaseReservation');
  });

  it('ships what there is when the settings say so', async () => {
    const run = await OrderRun.started({ reserveProducts: [output(reservation(missing))] }, { shipPartially: true });
    await run.send(paid);
    expect(run.output).toEqual({ outcome: 'fulfilled', reason: null });
    expect(run.inputOf('sendShippingOrder')).toMatchObject({ items: [{ productId: 'pen', count: 2 }] });
  });

  it.each(['calculateShipping', 'calculateFinalPrice'] as const)(
    'releases the goods and ends as failed when %s is refused (G4)',
    async (activity) => {
      const run = await OrderRun.started({ [activity]: [refusal('not_served')] });
      expect(run.output).toEqual({ outcome: 'failed', reason: 'not_served' });
      expect(run.called.slice(-2)).toEqual([activity, 'releaseReservation']);
    },
  );

  it('parks itself, naming what is missing, when its activities were not provided', async () => {
    const settings = { ...SETTINGS, retry: { ...SETTINGS.retry, maxAttempts: 1 } };
    const actor = createActor(orderMachine, { input: { ...START, settings } }).start();
    await new Promise(setImmediate);
    expect(actor.getSnapshot().hasTag('incident')).toBe(true);
    expect(actor.getSnapshot().context.lastFailure).toMatchObject({ code: 'activity_not_provided' });
    actor.stop();
  });
});
