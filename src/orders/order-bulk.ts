/**
 * What operators do to many orders at once, and what ends what is stored of them. Every order is asked by itself, with its
 * own answer; who did it and why is in the history of each, and of a purge, which leaves no history, in the log.
 */
import { Injectable, Logger } from '@nestjs/common';
import {
  DrainingError,
  type DurableHandle,
  type RuntimeStatus,
  StoreUnavailableError,
  InjectHandle,
} from '../durable/index.js';
import type { OrderMachine } from './machine/order/order-machine.js';
import { OrderError, OrderNotEndedError, OrderNotFoundError } from './order-errors.js';
import type { OrderFilter } from './order-filter.js';
import { OrderQueries } from './order-queries.js';
import { OrderService, type Audited } from './order.service.js';

export const BULK_ACTIONS = ['retry', 'suspend', 'resume', 'terminate', 'cancel', 'purge'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

export interface BulkRequest extends Omit<Audited, 'ifRevision'> {
  readonly filter: OrderFilter;
  /** Orders at the most; the newest ones. */
  readonly limit: number;
  /** True: nothing is done, the answer tells which orders would be asked. */
  readonly dryRun: boolean;
}

/** `selected`: would be asked. `refused`: `code` says why. `failed`: nothing could be stored, `code` says why; ask again. */
export interface BulkItem {
  readonly id: string;
  readonly result: 'accepted' | 'selected' | 'refused' | 'failed';
  readonly code?: string;
}

export interface BulkAnswer {
  readonly action: BulkAction;
  readonly dryRun: boolean;
  readonly items: readonly BulkItem[];
  /** True: more orders are meant than the limit allows. Once these are done, ask again. */
  readonly more: boolean;
}

/** Commands on their way at once: their commits share transactions. */
const AT_ONCE = 50;

const ENDED: readonly RuntimeStatus[] = ['completed', 'terminated'];

/** Which orders an action is for at all. */
const MEANT: Readonly<Record<BulkAction, OrderFilter>> = {
  retry: { incident: true, runtimeStatus: ['running', 'failed'] },
  suspend: { runtimeStatus: ['running'] },
  resume: { runtimeStatus: ['suspended'] },
  terminate: { runtimeStatus: ['running', 'suspended', 'failed'] },
  cancel: { runtimeStatus: ['running', 'suspended'] },
  purge: { runtimeStatus: ENDED },
};

@Injectable()
export class OrderBulk {
  private readonly logger = new Logger('Orders');

  constructor(
    private readonly orders: OrderService,
    private readonly queries: OrderQueries,
    @InjectHandle('order') private readonly handle: DurableHandle<OrderMachine>,
  ) {}

  /** Newest first. @throws StoreUnavailableError when the orders cannot be listed. */
  async bulk(action: BulkAction, { filter, limit, dryRun, ...audit }: BulkRequest): Promise<BulkAnswer> {
    const { items: found } = await this.queries.list(narrowed(filter, MEANT[action]), { limit: limit + 1 });
    const ids = found.slice(0, limit).map(({ id }) => id);
    const items = dryRun ? ids.map((id) => ({ id, result: 'selected' as const })) : await this.run(action, ids, audit);
    return { action, dryRun, items, more: found.length > limit };
  }

  /**
   * Deletes an order that has ended, with all that is stored of it.
   * @throws OrderNotFoundError @throws OrderNotEndedError
   */
  async purge(id: string, { by, reason }: Pick<Audited, 'by' | 'reason'>): Promise<void> {
    const [purged] = await this.handle.purge([id]);
    if (purged === undefined) {
      const actor = await this.handle.get(id);
      if (actor === null) throw new OrderNotFoundError(id);
      throw new OrderNotEndedError(id, actor.runtimeStatus === 'running' ? `in ${actor.status}` : actor.runtimeStatus);
    }
    this.logger.log({ orderId: id, by, reason: reason ?? null }, 'order purged');
  }

  private async run(action: BulkAction, ids: readonly string[], audit: Audited): Promise<BulkItem[]> {
    const items: BulkItem[] = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE);
      items.push(...(await Promise.all(some.map((id) => this.one(action, id, audit)))));
    }
    return items;
  }

  private async one(action: BulkAction, id: string, audit: Audited): Promise<BulkItem> {
    try {
      await this.act(action, id, audit);
      return { id, result: 'accepted' };
    } catch (error) {
      if (error instanceof OrderError) return { id, result: 'refused', code: error.code };
      if (error instanceof StoreUnavailableError || error instanceof DrainingError)
        return { id, result: 'failed', code: error.code };
      throw error;
    }
  }

  private act(action: BulkAction, id: string, audit: Audited): Promise<unknown> {
    switch (action) {
      case 'retry':
        return this.orders.retry(id, audit);
      case 'suspend':
        return this.orders.suspend(id, audit);
      case 'resume':
        return this.orders.resume(id, audit);
      case 'terminate':
        return this.orders.terminate(id, audit);
      case 'cancel':
        return this.orders.cancel(id, audit);
      case 'purge':
        return this.purge(id, audit);
    }
  }
}

/** Both apply. */
function narrowed(filter: OrderFilter, meant: OrderFilter): OrderFilter {
  const { runtimeStatus: wanted } = filter;
  const runtimeStatus = meant.runtimeStatus?.filter((word) => wanted?.includes(word) ?? true);
  if (meant.incident !== undefined && filter.incident === !meant.incident) return { ...filter, runtimeStatus: [] };
  return { ...filter, ...meant, runtimeStatus };
}
