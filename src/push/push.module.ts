import {
  Inject,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type ModuleMetadata,
  type OnModuleDestroy,
} from '@nestjs/common';
import { DURABLE_LOGGER, type DurableLogger, DurableRuntime } from '../durable/index.js';
import { OrderStreamController } from './http/order-stream.controller.js';
import { StreamServer } from './http/stream-server.js';
import { WebhookDeliveryController } from './http/webhook-delivery.controller.js';
import { WebhookEndpointController } from './http/webhook-endpoint.controller.js';
import { OrderQueries } from '../orders/order-queries.js';
import { ChangeFeed } from './feed/change-feed.js';
import { DeliveryDispatcher } from './delivery/delivery-dispatcher.js';
import { DeliveryLog } from './delivery/delivery-log.js';
import { EndpointService } from './delivery/endpoint.service.js';
import { OrderChangeStream } from './streams/order-change-stream.js';
import { OrderHistoryStream } from './streams/order-history-stream.js';
import type { PushOptions } from './push-options.js';
import type { PushStore } from './push-store.port.js';
import { PUSH_OPTIONS, PUSH_STORE } from './push-tokens.js';
import { OutboxRelay } from './delivery/outbox-relay.js';
import { StreamLimiter } from './streams/stream-limiter.js';
import { WebhookSender } from './delivery/webhook-sender.js';

export interface PushModuleOptions {
  readonly options: PushOptions;
  /** Must provide the order service and the push store. The modules of the runtime and of the logger are global. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/**
 * Provides streams, long polls and outbound webhooks. The application calls `OutboxRelay.start()` after it listens.
 * At shutdown, streams end first, because they would keep the server open. Running webhooks get a moment to end.
 */
@Module({})
export class PushModule implements OnModuleDestroy, BeforeApplicationShutdown {
  private readonly stopListening: () => void;

  constructor(
    runtime: DurableRuntime,
    private readonly limiter: StreamLimiter,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {
    this.stopListening = runtime.onCommitted(() => relay.committed());
  }

  static forRoot({ options, imports }: PushModuleOptions): DynamicModule {
    return {
      module: PushModule,
      imports,
      controllers: [OrderStreamController, WebhookEndpointController, WebhookDeliveryController],
      providers: [
        { provide: PUSH_OPTIONS, useValue: options },
        { provide: StreamLimiter, useFactory: () => new StreamLimiter(options.streams.maxClients) },
        { provide: ChangeFeed, inject: [DurableRuntime, PUSH_STORE, DURABLE_LOGGER], useFactory: changeFeed },
        {
          provide: OrderHistoryStream,
          inject: [OrderQueries, ChangeFeed],
          useFactory: (orders: OrderQueries, feed: ChangeFeed) => new OrderHistoryStream(orders, feed),
        },
        {
          provide: OrderChangeStream,
          inject: [ChangeFeed],
          useFactory: (feed: ChangeFeed) => new OrderChangeStream(feed),
        },
        StreamServer,
        {
          provide: OutboxRelay,
          inject: [DurableRuntime, PUSH_STORE, DURABLE_LOGGER, PUSH_OPTIONS],
          useFactory: outboxRelay,
        },
        {
          provide: EndpointService,
          inject: [DurableRuntime, PUSH_STORE, OutboxRelay],
          useFactory: ({ clock }: DurableRuntime, store: PushStore, relay: OutboxRelay) =>
            new EndpointService(store, clock, options.webhooks, () => relay.endpointsChanged()),
        },
        {
          provide: DeliveryLog,
          inject: [DurableRuntime, PUSH_STORE, OutboxRelay],
          useFactory: ({ clock }: DurableRuntime, store: PushStore, relay: OutboxRelay) =>
            new DeliveryLog(
              store,
              clock,
              () => options.source(),
              () => relay.wake(),
            ),
        },
      ],
      exports: [OutboxRelay],
    };
  }

  onModuleDestroy(): void {
    this.limiter.closeAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopListening();
    await this.relay.stop();
  }
}

function changeFeed(runtime: DurableRuntime, store: PushStore, logger: DurableLogger): ChangeFeed {
  const { clock } = runtime;
  const onCommitted = runtime.onCommitted.bind(runtime);
  return new ChangeFeed({ machineId: 'order', store, clock, logger, onCommitted });
}

function outboxRelay(
  { clock }: DurableRuntime,
  store: PushStore,
  logger: DurableLogger,
  push: PushOptions,
): OutboxRelay {
  const sender = new WebhookSender(push.webhooks);
  const dispatcher = new DeliveryDispatcher({
    store,
    clock,
    logger,
    webhooks: push.webhooks,
    send: (outgoing, stop) => sender.send(outgoing, stop),
    onRoom: () => relay.wake(),
  });
  const relay = new OutboxRelay({ store, clock, logger, push, dispatcher });
  return relay;
}
