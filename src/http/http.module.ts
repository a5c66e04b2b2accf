import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import { DemoController } from '../dashboard/demo/demo.controller.js';
import { DEMO, type DemoPort } from '../dashboard/demo/demo.port.js';
import { HealthController } from './health/health.controller.js';
import { ReadinessCheck } from './health/readiness-check.js';
import { HTTP_OPTIONS, type HttpOptions } from './http-options.js';
import { AuthenticationGuard } from './auth/authentication.guard.js';
import { AccessKeys } from './auth/access-keys.js';
import { OrderTokens } from './auth/order-token.js';
import { RoleGuard } from './auth/role.guard.js';
import { OrderCommandController } from '../orders/http/commands/order-command.controller.js';
import { OrderOperatorController } from '../orders/http/operators/order-operator.controller.js';
import { IncidentController } from '../orders/http/operators/incident.controller.js';
import { IdempotentRequests } from '../idempotency/idempotent-requests.js';
import { IdempotencyPruner } from '../maintenance/idempotency-pruner.js';
import { OrderBulkController } from '../orders/http/operators/order-bulk.controller.js';
import { OrderPurgeController } from '../orders/http/commands/order-purge.controller.js';
import { OrderReadController } from '../orders/http/queries/order-read.controller.js';
import { OrderRestartController } from '../orders/http/commands/order-restart.controller.js';
import { OrderStartController } from '../orders/http/commands/order-start.controller.js';
import { PaymentLinkController } from '../orders/http/commands/payment-link.controller.js';
import { PageController } from './page/page.controller.js';
import { PaymentWebhookController } from '../payment-webhooks/http/payment-webhook.controller.js';
import { ReceivedWebhookController } from '../payment-webhooks/http/received-webhook.controller.js';
import { StripeSignature } from '../payment-webhooks/stripe/stripe-signature.js';
import { StripeWebhookController } from '../payment-webhooks/stripe/stripe-webhook.controller.js';
import { RateLimitGuard, throttlerOptions } from './rate-limit/rate-limit.guard.js';
import { latePaymentRoutes } from './workflows/late-payment-routes.js';
import { workflowController, workflowProvider } from './workflows/workflow.controller.js';
import { WebhookVerifier } from '../payment-webhooks/http/webhook-verifier.js';

export interface HttpApiOptions {
  readonly options: HttpOptions;
  /** Makes the demo, or null where the partner sandbox does not run; not asked in production. */
  readonly demo: Pick<FactoryProvider<DemoPort | null>, 'inject' | 'useFactory'>;
  /** Must provide the order service and management, the handle of late payments, what requests were answered (ANSWER_STORE), and the payment inbox; the runtime's module is global. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/**
 * The HTTP API and the page. `configureHttp(app)` belongs to it. Global, so that controllers of other features are guarded
 * as ours are.
 */
@Module({})
export class HttpApiModule {
  static forRoot({ options, demo, imports }: HttpApiOptions): DynamicModule {
    return {
      module: HttpApiModule,
      global: true,
      imports: [...imports, ThrottlerModule.forRoot(throttlerOptions(options))],
      controllers: [
        OrderStartController,
        OrderReadController,
        PaymentLinkController,
        OrderCommandController,
        OrderOperatorController,
        OrderRestartController,
        OrderPurgeController,
        OrderBulkController,
        PaymentWebhookController,
        StripeWebhookController,
        ReceivedWebhookController,
        IncidentController,
        workflowController(latePaymentRoutes),
        HealthController,
        DemoController,
        PageController,
      ],
      providers: [
        { provide: HTTP_OPTIONS, useValue: options },
        options.production ? { provide: DEMO, useValue: null } : { provide: DEMO, ...demo },
        workflowProvider(latePaymentRoutes),
        ReadinessCheck,
        AccessKeys,
        OrderTokens,
        IdempotentRequests,
        IdempotencyPruner,
        // Of every route, also of other features, in this order.
        { provide: APP_GUARD, useClass: AuthenticationGuard },
        { provide: APP_GUARD, useClass: RateLimitGuard },
        { provide: APP_GUARD, useClass: RoleGuard },
        WebhookVerifier,
        StripeSignature,
      ],
      // What the decorators that other features use of ours need.
      exports: [HTTP_OPTIONS, IdempotentRequests, OrderTokens],
    };
  }
}
