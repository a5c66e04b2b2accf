import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { PaymentInbox } from './payment-inbox.js';
import { WebhookPruner, WEBHOOK_RETENTION_DAYS } from '../maintenance/webhook-pruner.js';

export interface PaymentInboxOptions {
  /** Must provide the order service and RECEIVED_WEBHOOKS; the runtime's module is global. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  /** How long a webhook is kept after its last delivery; 0: for ever. */
  readonly retentionDays: number;
}

/** What payment providers report. */
@Module({})
export class PaymentInboxModule {
  static forRoot({ imports, retentionDays }: PaymentInboxOptions): DynamicModule {
    return {
      module: PaymentInboxModule,
      imports,
      providers: [PaymentInbox, WebhookPruner, { provide: WEBHOOK_RETENTION_DAYS, useValue: retentionDays }],
      exports: [PaymentInbox],
    };
  }
}
