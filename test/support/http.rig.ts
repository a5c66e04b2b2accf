import type { Server } from 'node:http';
import { Module, type DynamicModule } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import { DurableHandle, DurableRuntime, fromActivity, handleOf, type ActorView } from '../../src/durable/index.js';
import type { DemoPort } from '../../src/http/demo/demo.port.js';
import { HttpApiModule } from '../../src/http/http.module.js';
import type { HttpOptions } from '../../src/http/http.options.js';
import { configureHttp } from '../../src/http/http.setup.js';
import type { OrderActivityLogics } from '../../src/orders/machine/order.activities.js';
import type { OrderMachine } from '../../src/orders/machine/order.machine.js';
import type { OrderSettings } from '../../src/orders/machine/order.model.js';
import { orderRegistration } from '../../src/orders/order.registration.js';
import { OrderService } from '../../src/orders/order.service.js';
import { ORDER_SETTINGS } from '../../src/orders/order.settings.js';
import { MemoryStore } from './memory.store.js';

export const PUBLIC_URL = 'https://orders.example';
export const CART = '11111111-1111-4111-8111-111111111111';
export const TOTAL = { amount: 2_380, currency: 'EUR' };
const EUR = (amount: number) => ({ amount, currency: 'EUR' });

const SETTINGS: OrderSettings = {
  retry: {
    firstIntervalMs: 60_000,
    maxAttempts: 1,
    backoffCoefficient: 1,
    maxIntervalMs: 60_000,
    overallTimeoutMs: 0,
    jitter: 0,
  },
  paymentTimeoutMs: 3_600_000,
  incidentTimeoutMs: 3_600_000,
  shipPartially: false,
};

/** Partners that always answer, at once. */
const ANSWERS: OrderActivityLogics = {
  getProducts: fromActivity(() => Promise.resolve([{ productId: 'mug', count: 1 }])),
  getAddress: fromActivity((input: { userId: string }) =>
    Promise.resolve({
      id: input.userId,
      email: 'greta@example.com',
      address: { name: 'Greta Sommer', street: 'Kastanienallee 7', postalCode: '10435', city: 'Berlin', country: 'DE' },
    }),
  ),
  reserveProducts: fromActivity(() =>
    Promise.resolve({
      reservationId: 'r-1',
      reserved: [{ productId: 'mug', count: 1, name: 'Travel mug', unitPrice: EUR(1_500) }],
      notReserved: [],
      expiresAt: '2100-01-01T00:00:00.000Z',
    }),
  ),
  releaseReservation: fromActivity(() => Promise.resolve(null)),
  calculateShipping: fromActivity(() => Promise.resolve({ quoteId: 'q-1', carrier: 'Post', amount: EUR(500) })),
  calculateFinalPrice: fromActivity(() =>
    Promise.resolve({
      goods: EUR(1_500),
      shipping: EUR(500),
      vat: EUR(380),
      vatRateBasisPoints: 1_900,
      total: TOTAL,
    }),
  ),
  startPayment: fromActivity(() => Promise.resolve(payment('pending'))),
  findPayment: fromActivity(() => Promise.resolve(payment('pending'))),
  voidPayment: fromActivity(() => Promise.resolve(payment('voided'))),
  refundPayment: fromActivity(() => Promise.resolve({ refundId: 'f-1', amount: TOTAL })),
  consumeReservation: fromActivity(() => Promise.resolve(null)),
  sendShippingOrder: fromActivity(() => Promise.resolve({ shipmentId: 's-1', trackingNumber: 'T-1' })),
};

function payment(status: 'pending' | 'voided') {
  return { paymentId: 'pay-1', status, amount: TOTAL, checkoutUrl: 'https://pay.example/pay-1' };
}

@Module({})
class RigOrdersModule {}

export interface HttpRigOptions {
  readonly http?: Partial<HttpOptions>;
  readonly demo?: DemoPort;
  readonly activities?: Partial<OrderActivityLogics>;
}

/** The HTTP layer over real orders in the real runtime; only the database and the partners are in memory. */
export class HttpRig {
  private constructor(
    readonly app: NestExpressApplication,
    readonly store: MemoryStore,
    private readonly runtime: DurableRuntime,
    private readonly handle: DurableHandle<OrderMachine>,
  ) {}

  static async start(options: HttpRigOptions = {}): Promise<HttpRig> {
    const store = new MemoryStore();
    const runtime = new DurableRuntime({ store });
    const registered = runtime.register(orderRegistration({ ...ANSWERS, ...options.activities }));
    const handle = new DurableHandle<OrderMachine>(runtime, registered);
    const orders: DynamicModule = {
      module: RigOrdersModule,
      providers: [
        OrderService,
        { provide: DurableRuntime, useValue: runtime },
        { provide: handleOf('order'), useValue: handle },
        { provide: ORDER_SETTINGS, useValue: SETTINGS },
      ],
      exports: [OrderService, DurableRuntime],
    };
    const http: HttpOptions = {
      apiKeys: [],
      webhookSecrets: [],
      publicUrl: () => PUBLIC_URL,
      production: false,
      ...options.http,
    };
    const module = await Test.createTestingModule({
      imports: [HttpApiModule.forRoot({ options: http, demo: options.demo ?? null, imports: [orders] })],
    }).compile();
    const app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
    configureHttp(app);
    await app.init();
    await runtime.start();
    return new HttpRig(app, store, runtime, handle);
  }

  get request() {
    const server: Server = this.app.getHttpServer();
    return supertest(server);
  }

  /** Places an order; resolves with its id. */
  async order(): Promise<string> {
    const { body } = await this.request.post(`/order/start/${CART}`).expect(202);
    return (body as { id: string }).id; // the contract of the route
  }

  /** An order whose customer may pay. */
  async payableOrder(): Promise<string> {
    const id = await this.order();
    await this.until(id, (actor) => actor.waitingFor.some(({ name }) => name.includes('paymentTimeout')));
    return id;
  }

  until(id: string, condition: (actor: ActorView) => boolean): Promise<ActorView> {
    return this.handle.wait(id, condition, 10_000);
  }

  ended(id: string): Promise<ActorView> {
    return this.until(id, ({ completedAt }) => completedAt !== null);
  }

  /** As when the service goes down: it still answers, and takes nothing. */
  drain(): Promise<void> {
    return this.runtime.stop(0);
  }

  async close(): Promise<void> {
    await this.runtime.stop(0);
    await this.app.close();
  }
}
