import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { IdempotencyPruner } from './idempotency-pruner.js';
import { OrderPruner, RETENTION_RULES } from './order-pruner.js';
import type { RetentionRules } from './retention-rules.js';
import { RevocationPruner } from './revocation-pruner.js';
import { WEBHOOK_RETENTION_DAYS, WebhookPruner } from './webhook-pruner.js';

export interface MaintenanceOptions {
  readonly orders: RetentionRules;
  /** A received webhook is kept for this many days after its last delivery; 0: for ever. */
  readonly webhookDays: number;
  /** Must provide the handle of orders, RECEIVED_WEBHOOKS, IDEMPOTENCY_STORE and REVOCATION_STORE; the runtime's module is global. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/** Removes old orders, webhooks and answers in the background. */
@Module({})
export class MaintenanceModule {
  static forRoot({ orders, webhookDays, imports }: MaintenanceOptions): DynamicModule {
    return {
      module: MaintenanceModule,
      imports,
      providers: [
        { provide: RETENTION_RULES, useValue: orders },
        { provide: WEBHOOK_RETENTION_DAYS, useValue: webhookDays },
        OrderPruner,
        WebhookPruner,
        IdempotencyPruner,
        RevocationPruner,
      ],
    };
  }
}
