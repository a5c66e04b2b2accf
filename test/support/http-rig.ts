import type { Server } from 'node:http';
import { Module, type DynamicModule, type NestApplicationOptions } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import supertest from 'supertest';
import type { PromiseActorLogic } from 'xstate';
import {
  type ActorView,
  DurableHandle,
  DurableRuntime,
  type DurableStore,
  fromActivity,
  handleOf,
} from '../../src/durable/index.js';
import { AUDIT_LOG } from '../../src/audit/audit-log.port.js';
import { AuditModule } from '../../src/audit/audit.module.js';
import { IDEMPOTENCY_STORE, type IdempotencyStore } from '../../src/idempotency/idempotency-store.port.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { DEMO, type DemoPort } from '../../src/dashboard/demo/demo.port.js';
import { DemoController } from '../../src/dashboard/demo/demo.controller.js';
import { RootController } from '../../src/dashboard/root.controller.js';
import { HttpModule } from '../../src/http/http.module.js';
import { IdempotencyModule } from '../../src/idempotency/idempotency.module.js';
import { OrdersHttpModule } from '../../src/orders/http/orders-http.module.js';
import { PaymentWebhooksModule } from '../../src/payment-webhooks/payment-webhooks.module.js';
import type { HttpOptions } from '../../src/http/http-options.js';
import { configureHttp } from '../../src/http/http-setup.js';
import type {
  OrderActivities,
  OrderActivityLogics,
  OrderActivityName,
} from '../../src/orders/machine/order/order-activities.js';
import type { OrderMachine } from '../../src/orders/machine/order/order-machine.js';
import type { OrderSettings, Payment } from '../../src/orders/machine/order/order-model.js';
import { REVOCATION_STORE } from '../../src/http/revocations/revocation-store.port.js';
import { RECEIVED_WEBHOOKS } from '../../src/payment-webhooks/received-webhook.port.js';
import { latePaymentRegistration } from '../../src/orders/late-payments/late-payment-registration.js';
import { LatePayments } from '../../src/orders/late-payments/late-payments.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import { OrderBulk } from '../../src/orders/order-bulk.js';
import { OrderIncidents } from '../../src/orders/order-incidents.js';
import { OrderQueries } from '../../src/orders/order-queries.js';
import { ORDER_REDACTOR, orderRedactor } from '../../src/orders/redaction/order-redaction.js';
import { OrderService } from '../../src/orders/order.service.js';
import { ORDER_SETTINGS } from '../../src/orders/order-settings.js';
import { MemoryAuditLog } from './memory-audit-log.js';
import { MemoryIdempotencyStore } from './memory-idempotency-store.js';
import { MemoryRevocations } from './memory-revocations.js';
import { MemoryWebhooks } from './memory-webhooks.js';

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

/** A partner's answer, given at once. */
function answers<K extends OrderActivityName>(
  output: OrderActivities[K]['output'],
): PromiseActorLogic<OrderActivities[K]['output'], OrderActivities[K]['input']> {
  return fromActivity<OrderActivities[K]['output'], OrderActivities[K]['input']>(() => Promise.resolve(output));
}

const payment = (status: Payment['status']): Payment => ({
  paymentId: 'pay-1',
  status,
  amount: TOTAL,
  checkoutUrl: 'https://pay.example/pay-1',
});

const ANSWERS: OrderActivityLogics = {
  getProducts: answers<'getProducts'>([{ productId: 'mug', count: 1 }]),
  getAddress: answers<'getAddress'>({
    id: 'u-1',
    email: 'greta@example.com',
    address: { name: 'Greta Sommer', street: 'Kastanienallee 7', postalCode: '10435', city: 'Berlin', country: 'DE' },
  }),
  reserveProducts: answers<'reserveProducts'>({
    reservationId: 'r-1',
    reserved: [{ productId: 'mug', count: 1, name: 'Travel mug', unitPrice: EUR(1_500) }],
    notReserved: [],
    expiresAt: '2100-01-01T00:00:00.000Z',
  }),
  findReservation: answers<'findReservation'>({
    reservationId: 'r-1',
    reserved: [],
    notReserved: [],
    expiresAt: '2100-01-01T00:00:00.000Z',
  }),
  releaseReservation: answers<'releaseReservation'>(null),
  calculateShipping: answers<'calculateShipping'>({ quoteId: 'q-1', carrier: 'Post', amount: EUR(500) }),
  calculateFinalPrice: answers<'calculateFinalPrice'>({
    goods: EUR(1_500),
    shipping: EUR(500),
    vat: EUR(380),
    vatRateBasisPoints: 1_900,
    total: TOTAL,
  }),
  startPayment: answers<'startPayment'>(payment('pending')),
  findPayment: answers<'findPayment'>(payment('pending')),
  voidPayment: answers<'voidPayment'>(payment('voided')),
  refundPayment: answers<'refundPayment'>({ refundId: 'f-1', amount: TOTAL }),
  lookUpPayment: answers<'lookUpPayment'>(payment('captured')),
  refundLatePayment: answers<'refundLatePayment'>({ refundId: 'f-2', amount: TOTAL }),
  consumeReservation: answers<'consumeReservation'>(null),
  sendShippingOrder: answers<'sendShippingOrder'>({ shipmentId: 's-1', trackingNumber: 'T-1' }),
};

@Module({})
class RigOrdersModule {}

export interface HttpRigOptions {
  readonly http?: Partial<HttpOptions>;
  readonly demo?: DemoPort;
  readonly activities?: Partial<OrderActivityLogics>;
  /** What carts with several open orders are refused. Default: they are not. */
  readonly onePerCart?: boolean;
  /** Instead of a database in memory; whoever opened it closes it. */
  readonly database?: { readonly store: DurableStore; readonly answers: IdempotencyStore };
}

/** The HTTP layer over real orders in the real runtime; only the database and the partners are in memory. */
export class HttpRig {
  private constructor(
    readonly app: NestExpressApplication,
    readonly store: MemoryStore,
    readonly idempotency: MemoryIdempotencyStore,
    readonly webhooks: MemoryWebhooks,
    readonly audit: MemoryAuditLog,
    readonly revocations: MemoryRevocations,
    private readonly runtime: DurableRuntime,
    private readonly handle: DurableHandle<OrderMachine>,
  ) {}

  static async start(options: HttpRigOptions = {}): Promise<HttpRig> {
    const store = new MemoryStore();
    const idempotency = new MemoryIdempotencyStore(store);
    const webhooks = new MemoryWebhooks();
    const audit = new MemoryAuditLog();
    const revocations = new MemoryRevocations((id) => store.actors.has(id));
    const runtime = new DurableRuntime({ store: options.database?.store ?? store });
    const rules = { onePerCart: options.onePerCart ?? false };
    const registered = runtime.register(orderRegistration({ ...ANSWERS, ...options.activities }, undefined, rules));
    const handle = new DurableHandle<OrderMachine>(runtime, registered);
    const late = runtime.register(latePaymentRegistration({ ...ANSWERS, ...options.activities }));
    const orders: DynamicModule = {
      module: RigOrdersModule,
      global: true,
      providers: [
        OrderService,
        OrderQueries,
        OrderIncidents,
        OrderBulk,
        { provide: ORDER_REDACTOR, useValue: orderRedactor([]) },
        { provide: IDEMPOTENCY_STORE, useValue: options.database?.answers ?? idempotency },
        { provide: DurableRuntime, useValue: runtime },
        { provide: handleOf('order'), useValue: handle },
        { provide: handleOf('late-payment'), useValue: new DurableHandle(runtime, late) },
        LatePayments,
        { provide: ORDER_SETTINGS, useValue: SETTINGS },
        { provide: RECEIVED_WEBHOOKS, useValue: webhooks },
        { provide: AUDIT_LOG, useValue: audit },
        { provide: REVOCATION_STORE, useValue: revocations },
      ],
      exports: [
        handleOf('late-payment'),
        OrderService,
        OrderQueries,
        OrderIncidents,
        OrderBulk,
        IDEMPOTENCY_STORE,
        DurableRuntime,
        LatePayments,
        ORDER_REDACTOR,
        RECEIVED_WEBHOOKS,
        AUDIT_LOG,
        REVOCATION_STORE,
        handleOf('order'),
      ],
    };
    const http: HttpOptions = {
      apiKeys: [],
      webhookSecrets: [],
      publicUrl: () => PUBLIC_URL,
      production: false,
      ...options.http,
    };
    const module = await Test.createTestingModule({
      imports: [
        orders,
        HttpModule.forRoot(http, [orders]),
        AuditModule.forRoot([orders]),
        IdempotencyModule.forRoot([orders]),
        OrdersHttpModule.forRoot([orders]),
        PaymentWebhooksModule.forRoot([orders]),
        // As the application does.
        demoOf(http.production ? null : (options.demo ?? null)),
      ],
    }).compile();
    const quiet: Pick<NestApplicationOptions, 'bodyParser' | 'logger'> = { bodyParser: false, logger: false };
    const app = module.createNestApplication<NestExpressApplication>(quiet);
    configureHttp(app);
    await app.init();
    await runtime.start();
    return new HttpRig(app, store, idempotency, webhooks, audit, revocations, runtime, handle);
  }

  get request() {
    const server: Server = this.app.getHttpServer();
    return supertest(server);
  }

  /** Places an order; resolves with its id. */
  async order(): Promise<string> {
    const answer = await this.request.post(`/order/start/${CART}`).expect(202);
    return (answer.body as { id: string }).id; // the contract of the route
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

@Module({})
class RigDemoModule {}

function demoOf(demo: DemoPort | null): DynamicModule {
  return {
    module: RigDemoModule,
    controllers: [DemoController, RootController],
    providers: [{ provide: DEMO, useValue: demo }],
  };
}
