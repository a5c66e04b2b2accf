import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { PaymentInbox } from './payment.inbox.js';

/** What payment providers report. */
@Module({})
export class PaymentInboxModule {
  /** @param imports must provide the order service and RECEIVED_WEBHOOKS. */
  static forRoot(imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return { module: PaymentInboxModule, imports, providers: [PaymentInbox], exports: [PaymentInbox] };
  }
}
