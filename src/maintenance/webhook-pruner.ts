import { Inject, Injectable } from '@nestjs/common';
import { DurableRuntime } from '../durable/index.js';
import { RECEIVED_WEBHOOKS, type ReceivedWebhooks } from '../payment-webhooks/received-webhook.port.js';
import { inPages, Pruner } from './pruner.js';

/** Injects the number of days that a received webhook is kept after its last delivery; 0: for ever. */
export const WEBHOOK_RETENTION_DAYS = Symbol('WEBHOOK_RETENTION_DAYS');

const DAY_MS = 86_400_000;
const PAGE = 500;

/** Removes received webhooks whose last delivery is long ago. */
@Injectable()
export class WebhookPruner extends Pruner {
  protected readonly isNeeded: boolean;

  constructor(
    @Inject(RECEIVED_WEBHOOKS) private readonly webhooks: ReceivedWebhooks,
    @Inject(WEBHOOK_RETENTION_DAYS) private readonly keptDays: number,
    { clock }: DurableRuntime,
  ) {
    super({ clock, name: 'Webhooks', everyMs: 3_600_000, failure: 'Old webhooks could not be forgotten' });
    this.isNeeded = keptDays > 0;
  }

  prune(): Promise<number> {
    const before = this.clock.now() - this.keptDays * DAY_MS;
    return inPages(PAGE, (limit) => this.webhooks.forget(before, limit));
  }
}
