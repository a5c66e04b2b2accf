import { Test } from '@nestjs/testing';
import { createActor, toPromise } from 'xstate';
import { runInActivity } from '../../durable/testing.js';
import type { ActivityContext } from '../../durable/index.js';
import type { PartnerCall } from '../ports/partner-call.js';
import { PartnerError } from '../ports/partner-error.js';
import {
  FulfilmentClient,
  PaymentClient,
  PricingClient,
  ShippingClient,
  ShoppingCartClient,
  UserClient,
  WarehouseClient,
} from '../ports/partner-ports.js';
import { OrderActivitiesFactory, type OrderActivityFunctions } from './order-activities-factory.js';

const scope = { orderId: 'order-1', correlationId: 'correlation-1' };
const context: ActivityContext = {
  actorId: 'order-1',
  activityId: 'step',
  taskId: 'step#7',
  idempotencyKey: 'order-1:step',
  attempt: 2,
  delivery: 1,
  signal: new AbortController().signal,
  heartbeat: () => undefined,
};
const call: PartnerCall = { ...scope, idempotencyKey: 'order-1:step', signal: context.signal };

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const address = { name: 'Ada', street: '1 Main St', postalCode: '12345', city: 'Berlin', country: 'DE' };
const items = [{ productId: 'tea', count: 2 }];
const lines = [{ productId: 'tea', count: 2, name: 'Tea', unitPrice: eur(500) }];
const customer = { id: 'u-1', email: 'ada@example.com', address };
const reservation = { reservationId: 'r-1', reserved: lines, notReserved: [], expiresAt: '2030-01-01T00:00:00.000Z' };
const quote = { quoteId: 'q-1', carrier: 'Post', amount: eur(490) };
const price = {
  goods: eur(1_000),
  shipping: eur(490),
  vat: eur(283),
  vatRateBasisPoints: 1_900,
  total: eur(1_773),
};
const payment = { paymentId: 'p-1', status: 'pending' as const, amount: eur(1_773), checkoutUrl: 'https://pay/p-1' };
const refund = { refundId: 'f-1', amount: eur(1_773) };
const shipment = { shipmentId: 's-1', trackingNumber: 't-1' };

describe("the order's activities", () => {
  const asked: unknown[][] = [];
  /** A method of a port that notes what it was asked. */
  const answering =
    <T>(method: string, answer: T) =>
    (...parameters: unknown[]): Promise<T> => {
      asked.push([method, ...parameters]);
      return Promise.resolve(answer);
    };
  const carts = { getCart: answering('getCart', items) };
  let factory: OrderActivitiesFactory;
  let run: OrderActivityFunctions;

  beforeAll(async () => {
    const warehouse = {
      reserve: answering('reserve', reservation),
      consume: answering('consume', undefined),
      release: answering('release', undefined),
    };
    const payments = {
      start: answering('start', payment),
      void: answering('void', { ...payment, status: 'voided' }),
      refund: answering('refund', refund),
    };
    const module = await Test.createTestingModule({
      providers: [
        OrderActivitiesFactory,
        { provide: ShoppingCartClient, useValue: carts },
        { provide: UserClient, useValue: { getUser: answering('getUser', customer) } },
        { provide: WarehouseClient, useValue: warehouse },
        { provide: ShippingClient, useValue: { quote: answering('quote', quote) } },
        { provide: PricingClient, useValue: { price: answering('price', price) } },
        { provide: PaymentClient, useValue: payments },
        { provide: FulfilmentClient, useValue: { ship: answering('ship', shipment) } },
      ],
    }).compile();
    factory = module.get(OrderActivitiesFactory);
    run = factory.functions();
  });

  beforeEach(() => {
    asked.length = 0;
  });

  it.each<[string, () => Promise<unknown>, unknown, unknown[]]>([
    [
      'getProducts',
      () => run.getProducts({ ...scope, shoppingCartId: 'c-1' }, context),
      items,
      ['getCart', 'c-1', call],
    ],
    ['getAddress', () => run.getAddress({ ...scope, userId: 'u-1' }, context), customer, ['getUser', 'u-1', call]],
    [
      'reserveProducts',
      () => run.reserveProducts({ ...scope, items, holdMs: 90_000 }, context),
      reservation,
      ['reserve', items, 90_000, call],
    ],
    [
      'releaseReservation',
      () => run.releaseReservation({ ...scope, reservationId: 'r-1' }, context),
      null,
      ['release', 'r-1', call],
    ],
    [
      'consumeReservation',
      () => run.consumeReservation({ ...scope, reservationId: 'r-1' }, context),
      null,
      ['consume', 'r-1', call],
    ],
    [
      'calculateShipping',
      () => run.calculateShipping({ ...scope, reservationId: 'r-1', items, address }, context),
      quote,
      ['quote', 'r-1', items, address, call],
    ],
    [
      'calculateFinalPrice',
      () => run.calculateFinalPrice({ ...scope, items: lines, shipping: eur(490), country: 'DE' }, context),
      price,
      ['price', lines, eur(490), 'DE', call],
    ],
    [
      'startPayment',
      () => run.startPayment({ ...scope, amount: eur(1_773) }, context),
      payment,
      ['start', eur(1_773), call],
    ],
    [
      'voidPayment',
      () => run.voidPayment({ ...scope, paymentId: 'p-1' }, context),
      { ...payment, status: 'voided' },
      ['void', 'p-1', call],
    ],
    [
      'refundPayment',
      () => run.refundPayment({ ...scope, paymentId: 'p-1', amount: eur(1_773), reason: 'late' }, context),
      refund,
      ['refund', 'p-1', eur(1_773), 'late', call],
    ],
    [
      'sendShippingOrder',
      () => run.sendShippingOrder({ ...scope, reservationId: 'r-1', items, address }, context),
      shipment,
      ['ship', 'r-1', items, address, call],
    ],
  ])(
    '%s asks its partner once, with the idempotency key and the correlation id (G3)',
    async (_, act, output, question) => {
      await expect(act()).resolves.toEqual(output);
      expect(asked).toEqual([question]);
    },
  );

  it('findPayment asks again under the key of the original start, so that no second payment is made (G3)', async () => {
    await expect(run.findPayment({ ...scope, amount: eur(1_773) }, context)).resolves.toEqual(payment);
    expect(asked).toEqual([['start', eur(1_773), { ...call, idempotencyKey: 'order-1:payment/startPayment' }]]);
  });

  it('findReservation asks again under the key of the original request, also of a request that was corrected (G3)', async () => {
    const input = { ...scope, items, holdMs: 60_000 };
    await run.findReservation({ ...input, request: 1 }, context);
    await run.findReservation({ ...input, request: 2 }, context);
    expect(asked).toEqual([
      ['reserve', items, 60_000, { ...call, idempotencyKey: 'order-1:reserveProducts' }],
      ['reserve', items, 60_000, { ...call, idempotencyKey: 'order-1:reserveProducts:2' }],
    ]);
  });

  it('refundLatePayment has one key for each payment, whoever asks, so that it is one refund (G4)', async () => {
    await run.refundLatePayment({ ...scope, paymentId: 'p-9', amount: eur(7), reason: 'not_wanted' }, context);
    const idempotencyKey = 'order-1:refundLatePayment:p-9';
    expect(asked).toEqual([['refund', 'p-9', eur(7), 'not_wanted', { ...call, idempotencyKey }]]);
  });

  it('passes on the error of a partner as it is', async () => {
    const error = new PartnerError('cart', 'cart_not_found', 'cart answered 404', false, 404);
    jest.spyOn(carts, 'getCart').mockRejectedValueOnce(error);
    await expect(run.getProducts({ ...scope, shoppingCartId: 'c-1' }, context)).rejects.toBe(error);
  });

  it('has promise logic for every function, which takes its context from the runtime', async () => {
    const logics = factory.logics();
    expect(Object.keys(logics).sort()).toEqual(Object.keys(run).sort());
    const output = await runInActivity(context, () =>
      toPromise(createActor(logics.getProducts, { input: { ...scope, shoppingCartId: 'c-1' } }).start()),
    );
    expect(output).toEqual(items);
    expect(asked).toEqual([['getCart', 'c-1', call]]);
  });
});
