import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Test, type TestingModule } from '@nestjs/testing';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { PartnerError } from '../orders/ports/partner-error.js';
import {
  FulfilmentClient,
  PaymentClient,
  PricingClient,
  ShippingClient,
  ShoppingCartClient,
  UserClient,
  WarehouseClient,
} from '../orders/ports/partner-ports.js';
import { ClientsModule } from './clients.module.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const address = { name: 'Ada', street: '1 Main St', postalCode: '12345', city: 'Berlin', country: 'DE' };
const items = [{ productId: 'tea', count: 2 }];
const reservation = {
  reservationId: 'r-1',
  reserved: [{ productId: 'tea', count: 2, name: 'Tea', unitPrice: eur(500) }],
  notReserved: [],
  expiresAt: '2030-01-01T00:00:00.000Z',
};
const payment = {
  paymentId: 'p-1',
  orderId: 'order-1',
  status: 'pending',
  amount: eur(1_500),
  checkoutUrl: 'https://pay.example.com/p-1',
};
const price = { goods: eur(1_000), shipping: eur(490), vat: eur(283), vatRateBasisPoints: 1_900, total: eur(1_773) };

const partner = { key: null, timeoutMs: 5_000 };
const call: PartnerCall = {
  orderId: 'order-1',
  correlationId: 'correlation-1',
  idempotencyKey: 'order-1:step',
  signal: new AbortController().signal,
};

const answering = (status: number, body: unknown) => ({ status, body });

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly body: unknown;
}

describe('the clients of the partners', () => {
  let server: Server;
  let module: TestingModule;
  let answer: { readonly status: number; readonly body: unknown };
  let seen: Seen[];
  const callbackUrl = jest.fn(() => 'https://shop.example.com/webhooks/payments');

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        seen.push({ method: request.method, url: request.url, body: text === '' ? undefined : JSON.parse(text) });
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const bound = server.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
    module = await Test.createTestingModule({
      imports: [
        ClientsModule.forRoot({
          partners: {
            cart: partner,
            users: partner,
            warehouse: partner,
            shipping: partner,
            pricing: partner,
            payment: partner,
            fulfilment: partner,
          },
          urlOf: () => `http://127.0.0.1:${port}`,
          callbackUrl,
        }),
      ],
    }).compile();
    await module.init();
  });

  beforeEach(() => {
    seen = [];
  });

  afterAll(async () => {
    await module.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const getCart = () => module.get(ShoppingCartClient).getCart('c-1', call);
  const reserve = () => module.get(WarehouseClient).reserve(items, 60_000, call);
  const consume = () => module.get(WarehouseClient).consume('r-1', call);
  const release = () => module.get(WarehouseClient).release('r-1', call);
  const startPayment = () => module.get(PaymentClient).start(eur(1_500), call);

  async function failureOf(promise: Promise<unknown>): Promise<PartnerError> {
    const error: unknown = await promise.then(
      () => new Error('The call succeeded.'),
      (reason: unknown) => reason,
    );
    if (error instanceof PartnerError) return error;
    throw new Error('Not a PartnerError', { cause: error });
  }

  describe('what each partner refuses', () => {
    const users = () => module.get(UserClient).getUser('u-1', call);
    const ship = () => module.get(FulfilmentClient).ship('r-1', items, address, call);

    it.each([
      ['an unknown cart', 404, () => getCart(), 'cart_not_found'],
      ['an unknown user', 404, users, 'user_not_found'],
      ['a reservation that expired', 409, () => consume(), 'reservation_gone'],
      ['an unknown reservation', 404, () => consume(), 'reservation_gone'],
      ['an address that is not served', 422, ship, 'shipment_refused'],
      ['a payment', 402, () => startPayment(), 'payment_refused'],
      ['a malformed payment', 400, () => startPayment(), 'payment_refused'],
      ['anything else', 400, () => getCart(), 'partner_refused'],
    ])('takes the refusal of %s (%i) as final', async (_, status, ask, code) => {
      answer = answering(status, { code: 'some_code' });
      await expect(failureOf(ask())).resolves.toMatchObject({ code, retryable: false, status });
    });

    it('retries while an earlier try is still in progress (G3)', async () => {
      answer = answering(409, { code: 'request_in_progress' });
      await expect(failureOf(consume())).resolves.toMatchObject({ code: 'partner_busy', retryable: true });
    });
  });

  describe('what each partner answers', () => {
    it('returns the requested customer, and never another one', async () => {
      const user = { id: 'U-1', email: 'ada@example.com', address };
      answer = answering(200, user);
      await expect(module.get(UserClient).getUser('u-1', call)).resolves.toEqual(user);
      const failure = await failureOf(module.get(UserClient).getUser('u-2', call));
      expect(failure).toMatchObject({ code: 'partner_answer_invalid', retryable: true });
    });

    it('reserves goods, and rejects goods that it did not request (G4)', async () => {
      answer = answering(201, reservation);
      await expect(reserve()).resolves.toEqual(reservation);
      expect(seen[0]).toMatchObject({
        method: 'POST',
        url: '/warehouse/reservations',
        body: { orderId: 'order-1', items, holdMs: 60_000 },
      });
      answer = answering(201, { ...reservation, reserved: [{ ...reservation.reserved[0], count: 3 }] });
      await expect(failureOf(reserve())).resolves.toMatchObject({ code: 'partner_answer_invalid', retryable: true });
    });

    it('requests a hold of at least a second, in whole milliseconds', async () => {
      answer = answering(201, reservation);
      await module.get(WarehouseClient).reserve(items, 0.5, call);
      expect(seen[0]?.body).toMatchObject({ holdMs: 1_000 });
    });

    it('accepts a consume only when the reservation is consumed', async () => {
      answer = answering(200, { reservationId: 'r-1', state: 'consumed' });
      await expect(consume()).resolves.toBeUndefined();
      answer = answering(200, { reservationId: 'r-1', state: 'expired' });
      await expect(failureOf(consume())).resolves.toMatchObject({ code: 'reservation_gone', retryable: false });
      answer = answering(200, { reservationId: 'r-1', state: 'held' });
      await expect(failureOf(consume())).resolves.toMatchObject({ code: 'partner_answer_invalid', retryable: true });
      answer = answering(200, { reservationId: 'r-2', state: 'consumed' });
      await expect(failureOf(consume())).resolves.toMatchObject({ code: 'partner_answer_invalid' });
    });

    it('accepts a release when nothing is left to give back', async () => {
      for (const state of ['released', 'expired']) {
        answer = answering(200, { reservationId: 'r-1', state });
        await expect(release()).resolves.toBeUndefined();
      }
      for (const status of [404, 410]) {
        answer = answering(status, {});
        await expect(release()).resolves.toBeUndefined();
      }
      answer = answering(200, { reservationId: 'r-1', state: 'held' });
      await expect(failureOf(release())).resolves.toMatchObject({ code: 'partner_answer_invalid' });
    });

    it('quotes the shipping', async () => {
      const quote = { quoteId: 'q-1', carrier: 'Post', amount: eur(490) };
      answer = answering(200, quote);
      await expect(module.get(ShippingClient).quote('r-1', items, address, call)).resolves.toEqual(quote);
      expect(seen[0]?.body).toEqual({ orderId: 'order-1', reservationId: 'r-1', items, address });
    });

    it('accepts only a price whose total is goods, shipping and VAT in the requested currency (G4)', async () => {
      const ask = () => module.get(PricingClient).price(reservation.reserved, eur(490), 'DE', call);
      answer = answering(200, price);
      await expect(ask()).resolves.toEqual(price);
      const dollars = (amount: number) => ({ amount, currency: 'USD' });
      for (const wrong of [
        { total: eur(1_772) },
        { vat: dollars(283) },
        { goods: dollars(1_000), shipping: dollars(490), vat: dollars(283), total: dollars(1_773) },
      ]) {
        answer = answering(200, { ...price, ...wrong });
        await expect(failureOf(ask())).resolves.toMatchObject({ code: 'partner_answer_invalid', retryable: true });
      }
    });

    it('starts a payment with the address of our webhook (G3)', async () => {
      answer = answering(202, payment);
      const { orderId, ...expected } = payment;
      await expect(startPayment()).resolves.toEqual(expected);
      expect(seen[0]?.body).toEqual({
        orderId,
        amount: eur(1_500),
        callbackUrl: 'https://shop.example.com/webhooks/payments',
        correlationId: 'correlation-1',
      });
    });

    it.each([
      ['another amount', { amount: eur(1) }],
      ['another currency', { amount: { amount: 1_500, currency: 'USD' } }],
      ['another order', { orderId: 'order-2' }],
      ['a checkout page that is a script', { checkoutUrl: 'javascript:alert(1)' }],
    ])('rejects a payment with %s (G4)', async (_, wrong) => {
      answer = answering(202, { ...payment, ...wrong });
      await expect(failureOf(startPayment())).resolves.toMatchObject({
        code: 'partner_answer_invalid',
        retryable: true,
      });
    });

    it('starts no payment while our own address is unknown', async () => {
      callbackUrl.mockImplementationOnce(() => {
        throw new Error('not listening');
      });
      await expect(failureOf(startPayment())).resolves.toMatchObject({ code: 'partner_unavailable', retryable: true });
      expect(seen).toEqual([]);
    });

    it('reads the current payment, and reports a payment of another order as unknown (G4)', async () => {
      answer = answering(200, { ...payment, status: 'captured' });
      await expect(module.get(PaymentClient).get('p-1', call)).resolves.toMatchObject({ status: 'captured' });
      expect(seen[0]).toMatchObject({ method: 'GET', url: '/payments/p-1' });
      const unknown = { code: 'payment_unknown', retryable: false };
      answer = answering(200, { ...payment, orderId: 'another-order' });
      expect(await failureOf(module.get(PaymentClient).get('p-1', call))).toMatchObject(unknown);
      answer = answering(404, { code: 'payment_unknown' });
      expect(await failureOf(module.get(PaymentClient).get('p-1', call))).toMatchObject(unknown);
      answer = answering(200, payment);
      expect(await failureOf(module.get(PaymentClient).get('p-2', call))).toMatchObject({
        code: 'partner_answer_invalid',
        retryable: true,
      });
    });

    it('returns the true status of a payment that it could not void', async () => {
      answer = answering(200, { ...payment, status: 'captured' });
      await expect(module.get(PaymentClient).void('p-1', call)).resolves.toMatchObject({ status: 'captured' });
      expect(seen[0]).toMatchObject({ method: 'POST', url: '/payments/p-1/void' });
      expect(await failureOf(module.get(PaymentClient).void('p-2', call))).toMatchObject({
        code: 'partner_answer_invalid',
      });
    });

    it('accepts a refund of exactly the requested amount (G4)', async () => {
      const refund = { refundId: 'f-1', paymentId: 'p-1', amount: eur(1_500), status: 'refunded' };
      const ask = () => module.get(PaymentClient).refund('p-1', eur(1_500), 'late', call);
      answer = answering(201, refund);
      await expect(ask()).resolves.toEqual({ refundId: 'f-1', amount: eur(1_500) });
      expect(seen[0]).toMatchObject({ url: '/payments/p-1/refunds', body: { amount: eur(1_500), reason: 'late' } });
      answer = answering(201, { ...refund, amount: eur(1_499) });
      await expect(failureOf(ask())).resolves.toMatchObject({ code: 'partner_answer_invalid' });
    });

    it('ships a reservation', async () => {
      const shipment = { shipmentId: 's-1', trackingNumber: 't-1' };
      answer = answering(201, shipment);
      await expect(module.get(FulfilmentClient).ship('r-1', items, address, call)).resolves.toEqual(shipment);
      expect(seen[0]).toMatchObject({ url: '/fulfilment/shipments', body: { orderId: 'order-1', items, address } });
    });
  });
});
