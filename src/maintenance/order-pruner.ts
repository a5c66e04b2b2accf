/**
 * Purges orders that have ended long enough ago, in the background. Several nodes may do it at once, and one may die at any
 * point: a page is one transaction, and what is left is found by the next run.
 */
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type DurableHandle, DurableRuntime, InjectHandle } from '../durable/index.js';
import { PeriodicTask } from './periodic-task.js';
import type { OrderMachine } from '../orders/machine/order/order-machine.js';
import { expiredBy, type RetentionRules } from './retention-rules.js';

/** Injects {@link RetentionRules}. */
export const RETENTION_RULES = Symbol('RETENTION_RULES');

const EVERY_MS = 600_000;
/** Orders in one transaction: others write in between. */
const AT_ONCE = 100;

@Injectable()
export class OrderPruner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Retention');
  private readonly periodic: PeriodicTask;
  private stopping = false;

  constructor(
    @InjectHandle('order') private readonly orders: DurableHandle<OrderMachine>,
    private readonly runtime: DurableRuntime,
    @Inject(RETENTION_RULES) private readonly rules: RetentionRules,
  ) {
    this.periodic = new PeriodicTask({
      clock: runtime.clock,
      everyMs: EVERY_MS,
      run: () => this.sweep(),
      onError: (error) => this.logger.warn(`Orders could not be purged: ${String(error)}`),
    });
  }

  onApplicationBootstrap(): void {
    if (expiredBy(this.rules, 0).length > 0) this.periodic.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    return this.periodic.stop();
  }

  /** @returns how many orders were purged. @throws StoreUnavailableError @throws DrainingError */
  async sweep(): Promise<number> {
    let total = 0;
    for (const expired of expiredBy(this.rules, this.runtime.clock.now())) {
      while (!this.stopping) {
        const ids = await this.orders.ended({ ...expired, limit: AT_ONCE });
        const purged = ids.length === 0 ? [] : await this.orders.purge(ids);
        // Where another node was faster there is nothing left to do; nothing purged means that nothing can be.
        if (purged.length === 0) break;
        total += purged.length;
        const endedBefore = new Date(expired.endedBefore).toISOString();
        this.logger.log({ orderIds: purged, by: 'retention', endedBefore }, 'orders purged');
      }
    }
    return total;
  }
}
