/**
 * The HTTP layer over real orders on SQLite, in a process of its own; the partners answer at once inside of it. Tells its
 * parent when an order comes to wait for its payment and when it has ended, so that nobody has to poll.
 */
import 'reflect-metadata';
import type { AddressInfo } from 'node:net';
import { Module, type DynamicModule, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DurableRuntime, handleOf } from '../../../src/durable/index.js';
import { IDEMPOTENCY_STORE } from '../../../src/idempotency/idempotency-store.port.js';
import { HttpModule } from '../../../src/http/http.module.js';
import { IdempotencyModule } from '../../../src/idempotency/idempotency.module.js';
import { OrdersHttpModule } from '../../../src/orders/http/orders-http.module.js';
import { PaymentWebhooksModule } from '../../../src/payment-webhooks/payment-webhooks.module.js';
import { REVOCATION_STORE } from '../../../src/http/revocations/revocation-store.port.js';
import type { HttpOptions } from '../../../src/http/http-options.js';
import { configureHttp } from '../../../src/http/http-setup.js';
import { OrderBulk } from '../../../src/orders/order-bulk.js';
import { OrderIncidents } from '../../../src/orders/order-incidents.js';
import { OrderQueries } from '../../../src/orders/order-queries.js';
import { ORDER_REDACTOR, orderRedactor } from '../../../src/orders/redaction/order-redaction.js';
import { RECEIVED_WEBHOOKS } from '../../../src/payment-webhooks/received-webhook.port.js';
import { OrderService } from '../../../src/orders/order.service.js';
import { createStore } from '../../../src/store/store-factory.js';
import { OrderEngine } from '../engine/order-engine.js';

@Module({})
class BenchOrdersModule {}

@Module({})
class BenchApiModule {}

async function serve(file: string): Promise<void> {
  const { store, idempotency: answers, received, revocations } = await createStore({ type: 'sqlite', path: file });
  const engine = new OrderEngine(store);
  engine.onPassage((id, passage) => process.send?.({ id, passage }));
  const orders: DynamicModule = {
    module: BenchOrdersModule,
    global: true,
    providers: [
      { provide: OrderService, useValue: engine.orders },
      { provide: OrderQueries, useValue: engine.queries },
      { provide: OrderBulk, useValue: new OrderBulk(engine.orders, engine.queries, engine.handle) },
      OrderIncidents,
      { provide: handleOf('order'), useValue: engine.handle },
      { provide: ORDER_REDACTOR, useValue: orderRedactor([]) },
      { provide: RECEIVED_WEBHOOKS, useValue: received },
      { provide: REVOCATION_STORE, useValue: revocations },
      { provide: IDEMPOTENCY_STORE, useValue: answers },
      { provide: handleOf('late-payment'), useValue: engine.latePayments },
      { provide: DurableRuntime, useValue: engine.runtime },
    ],
    exports: [
      handleOf('late-payment'),
      OrderService,
      OrderQueries,
      OrderIncidents,
      OrderBulk,
      IDEMPOTENCY_STORE,
      DurableRuntime,
      ORDER_REDACTOR,
      RECEIVED_WEBHOOKS,
      REVOCATION_STORE,
      handleOf('order'),
    ],
  };
  const options: HttpOptions = {
    apiKeys: [],
    webhookSecrets: [],
    publicUrl: () => 'http://127.0.0.1',
    production: false,
  };
  const api: DynamicModule = {
    module: BenchApiModule,
    imports: [
      orders,
      HttpModule.forRoot(options, [orders]),
      IdempotencyModule.forRoot([orders]),
      OrdersHttpModule.forRoot([orders]),
      PaymentWebhooksModule.forRoot([orders]),
    ],
  };
  const quiet: Pick<NestApplicationOptions, 'bodyParser' | 'logger'> = { bodyParser: false, logger: false };
  const app = await NestFactory.create<NestExpressApplication>(api, quiet);
  configureHttp(app);
  await app.listen(0, '127.0.0.1');
  await engine.runtime.start();
  process.send?.({ port: (app.getHttpServer().address() as AddressInfo).port }); // a TCP server has a port
  process.on('message', () => process.send?.({ cpu: process.cpuUsage() }));
}

process.on('disconnect', () => process.exit(0));
void serve(process.argv[2] ?? '');
