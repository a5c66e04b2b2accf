import { Logger, Module, type DynamicModule } from '@nestjs/common';
import type { Logger as Pino } from 'pino';
import { AuditModule } from './audit/audit.module.js';
import { AppAddress } from './app-address.js';
import { ClientsModule } from './clients/clients.module.js';
import type { ClientsOptions } from './clients/clients-options.js';
import type { AppConfig } from './config/app-config.js';
import { type CrashPoints, DurableModule, noCrashPoints } from './durable/index.js';
import { DashboardModule } from './dashboard/dashboard.module.js';
import { DemoCustomer } from './demo/demo-customer.js';
import { LoggingModule } from './logging.module.js';
import { HttpModule } from './http/http.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { OrdersHttpModule } from './orders/http/orders-http.module.js';
import { PaymentWebhooksModule } from './payment-webhooks/payment-webhooks.module.js';
import { OrderQueries } from './orders/order-queries.js';
import { OrderService } from './orders/order.service.js';
import { OrdersModule } from './orders/orders.module.js';
import type { OrderSettings } from './orders/machine/order/order-model.js';
import { EMBEDDED_SANDBOX, EmbeddedSandboxModule } from './sandbox/embedded-sandbox.module.js';
import type { RunningSandbox, SandboxOptions } from './sandbox/sandbox-options.js';
import { PushModule } from './push/push.module.js';
import { ReturnsModule } from './returns/returns.module.js';
import type { Shutdown } from './shutdown.js';
import { StoreModule } from './store/store.module.js';
import type { LogContext } from './telemetry/logs/log-context.js';
import type { Telemetry } from './telemetry/telemetry.js';
import { TelemetryModule } from './telemetry/telemetry.module.js';

export interface AppOptions {
  readonly config: AppConfig;
  readonly log: Pino;
  /** Which order a line of the log is about. */
  readonly context: LogContext;
  readonly telemetry: Telemetry;
  readonly shutdown: Shutdown;
  /** Tests kill the process there. */
  readonly crashPoints?: CrashPoints | undefined;
}

/** The composition root: the only place that knows every layer. */
@Module({})
export class AppModule {
  static forRoot({
    config,
    log,
    context,
    telemetry,
    shutdown,
    crashPoints = noCrashPoints,
  }: AppOptions): DynamicModule {
    const address = new AppAddress(config.publicUrl);
    const { maxBytes } = config.operations.overload;
    const store = StoreModule.forRoot(config.database);
    const partners = ClientsModule.forRootAsync({
      inject: [EMBEDDED_SANDBOX],
      useFactory: (sandbox: RunningSandbox | null) => ({
        ...clientsOptions(config, sandbox, address),
        tracer: telemetry.tracing?.tracer,
      }),
    });
    const orders = OrdersModule.forRoot({
      settings: orderSettings(config, address),
      calls: { partners: config.partners, maxDeliveries: config.activityMaxDeliveries },
      rules: { onePerCart: config.oneOrderPerCart, maxKeptEvents: config.maxKeptEvents },
      redactKeys: config.redactKeys,
      partners: [partners],
    });
    return {
      module: AppModule,
      imports: [
        LoggingModule.forRoot(log, context),
        EmbeddedSandboxModule.forRoot(sandboxOptions(config)),
        DurableModule.forRoot({
          imports: [store],
          autoStart: false,
          crashPoints,
          observer: telemetry.observer,
          maxClockOffsetMs: config.operations.readiness.maxClockOffsetMs,
          maxPendingMs: config.operations.overload.maxWaitMs,
          safeBeforeCommit: config.operations.readsBeforeCommit,
          ...(maxBytes === undefined ? {} : { maxPendingBytes: maxBytes }),
        }),
        TelemetryModule.forRoot({
          telemetry,
          readiness: config.operations.readiness,
          isEnding: () => shutdown.begun,
          imports: [store],
        }),
        orders,
        ReturnsModule.forRoot([orders, partners]),
        PushModule.forRoot({ imports: [orders, store], options: { ...config.push, source: () => address.get() } }),
        HttpModule.forRoot(
          {
            apiKeys: config.apiKeys,
            accessKeys: config.accessKeys,
            orderTokenSecrets: config.orderTokenSecrets,
            orderTokenDays: config.orderTokenDays,
            idempotencyTtlMs: config.idempotencyTtlMs,
            requireIfMatch: config.requireIfMatch,
            webhookSecrets: config.payment.webhookSecrets,
            stripeWebhookSecrets: config.payment.stripeWebhookSecrets,
            paymentCallbackGet: config.payment.callbackGet,
            rateLimits: config.rateLimits,
            trustedProxies: config.trustedProxies,
            publicUrl: () => address.get(),
            production: config.nodeEnv === 'production',
          },
          [store],
        ),
        AuditModule.forRoot([store]),
        IdempotencyModule.forRoot([store]),
        OrdersHttpModule.forRoot([orders]),
        PaymentWebhooksModule.forRoot([orders, store]),
        MaintenanceModule.forRoot({
          imports: [orders, store],
          orders: config.retention,
          webhookDays: config.payment.webhookDays,
        }),
        DashboardModule.forRoot({
          imports: [orders, store],
          demo: {
            inject: [EMBEDDED_SANDBOX, OrderService, OrderQueries],
            useFactory: config.nodeEnv === 'production' ? () => null : demoCustomer,
          },
        }),
      ],
      providers: [{ provide: AppAddress, useValue: address }],
      exports: [AppAddress],
    };
  }
}

/** Plays the customer on the dashboard; null without the sandbox to play against. */
function demoCustomer(
  sandbox: RunningSandbox | null,
  orders: OrderService,
  queries: OrderQueries,
): DemoCustomer | null {
  if (sandbox === null) return null;
  return new DemoCustomer(sandbox.url, {
    order: async (cartId, paymentTimeoutMs) => (await orders.start({ sessionId: cartId, paymentTimeoutMs })).id,
    checkoutUrl: async (orderId) => (await queries.get(orderId)).payment?.checkoutUrl ?? null,
    status: async (orderId) => (await queries.status(orderId)).status,
    sceneFailed: (orderId, error) =>
      new Logger('Demo').warn(`The scene of order ${orderId} ended early: ${String(error)}`),
  });
}

function clientsOptions(config: AppConfig, sandbox: RunningSandbox | null, address: AppAddress): ClientsOptions {
  return {
    partners: config.partners,
    urlOf: (partner) => {
      const url = config.partners[partner].url ?? sandbox?.url;
      if (url === undefined) throw new Error(`No URL is configured for the partner ${partner}.`);
      return url;
    },
    callbackUrl: () => callbackUrlOf(address),
  };
}

function sandboxOptions({ sandbox, payment, partners }: AppConfig): SandboxOptions | null {
  if (sandbox === null) return null;
  const [webhookSecret] = payment.webhookSecrets;
  if (webhookSecret === undefined) throw new Error('The sandbox needs a webhook secret to sign with.');
  const apiKey = partners.payment.url === null ? partners.payment.key : null;
  return { ...sandbox, webhookSecret, silent: true, ...(apiKey === null ? {} : { apiKey }) };
}

/** The address may be known only once the service listens: it is read when an order is placed, and kept with it. */
function orderSettings(
  { retry, payment, incidentTimeoutMs, shipPartially }: AppConfig,
  address: AppAddress,
): OrderSettings {
  return {
    retry,
    paymentTimeoutMs: payment.timeoutMs,
    incidentTimeoutMs,
    shipPartially,
    get callbackUrl() {
      return callbackUrlOf(address);
    },
  };
}

const callbackUrlOf = (address: AppAddress): string => `${address.get()}/webhooks/payments`;
