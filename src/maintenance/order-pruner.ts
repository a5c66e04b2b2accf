import { Inject, Injectable } from '@nestjs/common';
import { type DurableHandle, DurableRuntime, InjectHandle } from '../durable/index.js';
import type { OrderMachine } from '../orders/machine/order/order-machine.js';
import { Pruner } from './pruner.js';
import { expiredBy, type RetentionRules } from './retention-rules.js';

/** Injects {@link RetentionRules}. */
export const RETENTION_RULES = Symbol('RETENTION_RULES');

/** Orders in one transaction. Other writers get their turn between two. */
const PAGE = 100;

/**
 * Purges orders that ended long enough ago. Each page is one transaction. When the process dies, the next run purges the
 * rest.
 */
@Injectable()
export class OrderPruner extends Pruner {
  protected readonly isNeeded: boolean;

  constructor(
    @InjectHandle('order') private readonly orders: DurableHandle<OrderMachine>,
    { clock }: DurableRuntime,
    @Inject(RETENTION_RULES) private readonly rules: RetentionRules,
  ) {
    super({ clock, name: 'Retention', everyMs: 600_000, failure: 'Orders could not be purged' });
    this.isNeeded = expiredBy(rules, 0).length > 0;
  }

  /** @throws StoreUnavailableError @throws DrainingError */
  async prune(): Promise<number> {
    let total = 0;
    for (const expired of expiredBy(this.rules, this.clock.now())) {
      while (!this.stopping) {
        const ids = await this.orders.ended({ ...expired, limit: PAGE });
        const purged = ids.length === 0 ? [] : await this.orders.purge(ids);
        // Another node was faster, or none of these can be purged.
        if (purged.length === 0) break;
        total += purged.length;
        const endedBefore = new Date(expired.endedBefore).toISOString();
        this.logger.log({ orderIds: purged, by: 'retention', endedBefore }, 'orders purged');
      }
    }
    return total;
  }
}
