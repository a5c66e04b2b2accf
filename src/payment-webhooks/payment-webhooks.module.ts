import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { PaymentWebhookController } from './http/payment-webhook.controller.js';
import { ReceivedWebhookController } from './http/received-webhook.controller.js';
import { WebhookVerifier } from './http/webhook-verifier.js';
import { PaymentInbox } from './payment-inbox.js';
import { StripeSignature } from './stripe/stripe-signature.js';
import { StripeWebhookController } from './stripe/stripe-webhook.controller.js';

/** Receives the webhooks of payment providers. */
@Module({})
export class PaymentWebhooksModule {
  /** @param imports must provide what OrdersModule exports, and RECEIVED_WEBHOOKS. The HTTP module is global. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: PaymentWebhooksModule,
      imports,
      controllers: [PaymentWebhookController, StripeWebhookController, ReceivedWebhookController],
      providers: [PaymentInbox, WebhookVerifier, StripeSignature],
    };
  }
}
