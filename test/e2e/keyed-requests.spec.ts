/**
 * A partner that is asked again under one idempotency key is asked the same, byte for byte, whatever was configured
 * otherwise since: it may refuse a key that comes with another request.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Test } from '@nestjs/testing';
import { ClientsModule } from '../../src/clients/clients.module.js';
import { runInActivity } from '../../src/durable/testing.js';
import { OrderActivitiesFactory } from '../../src/orders/activities/order-activities-factory.js';
import type { OrderActivities, OrderActivityName } from '../../src/orders/machine/order/order-activities.js';
import { ANSWERS, eur, TOTAL } from '../model/order-fixture.js';

const scope = { orderId: '6a1f0f3e-7f5e-4c55-9a38-0b7c8a4cf001', correlationId: 'correlation-1' };
const { address } = ANSWERS.getAddress;
const items = ANSWERS.getProducts;
const reservationId = 'reservation-1';
const paymentId = 'payment-1';
const callbackUrl = 'https://shop.example.com/webhooks/payments';

/** As the actor has stored them. */
const INPUTS: { readonly [K in OrderActivityName]: OrderActivities[K]['input'] } = {
  getProducts: { ...scope, shoppingCartId: 'cart-1' },
  getAddress: { ...scope, userId: 'user-1' },
  reserveProducts: { ...scope, items, holdMs: 60_000 },
  findReservation: { ...scope, items, holdMs: 60_000, request: 2 },
  releaseReservation: { ...scope, reservationId },
  calculateShipping: { ...scope, reservationId, items, address },
  calculateFinalPrice: {
    ...scope,
    items: ANSWERS.reserveProducts.reserved,
    shipping: eur(500),
    country: 'DE',
  },
  startPayment: { ...scope, amount: TOTAL, callbackUrl },
  findPayment: { ...scope, amount: TOTAL, callbackUrl },
  voidPayment: { ...scope, paymentId },
  refundPayment: { ...scope, paymentId, amount: TOTAL, reason: 'order_failed' },
  lookUpPayment: { ...scope, paymentId },
  refundLatePayment: { ...scope, paymentId, amount: TOTAL, reason: 'not_wanted' },
  consumeReservation: { ...scope, reservationId },
  sendShippingOrder: { ...scope, reservationId, items: ANSWERS.reserveProducts.reserved, address },
};

describe('A request that is repeated under its key (G3)', () => {
  let server: Server;
  let seen: { readonly line: string; readonly key: unknown; readonly body: string }[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const line = `${request.method ?? ''} ${request.url ?? ''}`;
        seen.push({ line, key: request.headers['idempotency-key'], body: Buffer.concat(chunks).toString() });
        response.writeHead(503).end();
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  /** Asks in a process that is configured in one of two ways, with nothing alike. */
  async function ask(activity: OrderActivityName, way: 1 | 2): Promise<(typeof seen)[number]> {
    const settings = { key: `key-${way}`, timeoutMs: way * 4_000 };
    const { port } = server.address() as AddressInfo; // it listens on a port
    const module = await Test.createTestingModule({
      imports: [
        ClientsModule.forRoot({
          partners: {
            cart: settings,
            users: settings,
            warehouse: settings,
            shipping: settings,
            pricing: settings,
            payment: settings,
            fulfilment: settings,
          },
          urlOf: () => `http://127.0.0.1:${port}`,
          callbackUrl: () => `https://other-${way}.example.net/webhooks/payments`,
        }),
      ],
      providers: [OrderActivitiesFactory],
    }).compile();
    seen = [];
    const run = module.get(OrderActivitiesFactory).functions()[activity] as (...given: unknown[]) => Promise<unknown>;
    const context = {
      actorId: scope.orderId,
      activityId: activity,
      taskId: `${activity}#7`,
      idempotencyKey: `${scope.orderId}:${activity}`,
      attempt: way,
      delivery: way,
      signal: new AbortController().signal,
      heartbeat: () => undefined,
    };
    await expect(runInActivity(context, () => run(INPUTS[activity], context))).rejects.toMatchObject({
      code: 'partner_unavailable',
    });
    await module.close();
    expect(seen).toHaveLength(1);
    return seen[0]!;
  }

  const ACTIVITIES = Object.keys(INPUTS) as OrderActivityName[]; // exactly these

  it.each(ACTIVITIES)('is the same under other settings: %s', async (activity) => {
    expect(await ask(activity, 2)).toEqual(await ask(activity, 1));
  });

  it('asks for a payment that may exist as it was asked for first', async () => {
    const [started, found] = [await ask('startPayment', 1), await ask('findPayment', 2)];
    expect(found.body).toBe(started.body);
  });
});
