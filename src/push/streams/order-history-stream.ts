import { setTimeout } from 'node:timers/promises';
import { StoreUnavailableError } from '../../durable/index.js';
import { hasEnded, type OrderHistoryEntry, type OrderSummary } from '../../orders/views/order-views.js';
import type { OrderQueries } from '../../orders/order-queries.js';
import type { ChangeFeed } from '../feed/change-feed.js';
import { OrderChangeSignal } from '../feed/order-change-signal.js';

/** `entry`: the next line of the history. `end`: the order has ended, and every line was yielded. */
export type FollowedEvent =
  | { readonly kind: 'entry'; readonly entry: OrderHistoryEntry }
  | { readonly kind: 'end'; readonly order: OrderSummary };

/** Lines per read, and so the most that is buffered for a slow reader. */
const PAGE = 100;

/**
 * Lets a reader follow the history of an order or wait for a condition, without polling. It shows only committed data.
 * Readers pull, so a slow reader delays nobody and needs no growing buffer.
 */
export class OrderHistoryStream {
  constructor(
    private readonly orders: Pick<OrderQueries, 'summary' | 'history'>,
    private readonly feed: Pick<ChangeFeed, 'subscribe'>,
    private readonly pauseMs = 1_000,
  ) {}

  /** Whether an order has ended, and its history has no line after `after`. @throws OrderNotFoundError */
  async isOver(id: string, after: number): Promise<boolean> {
    const order = await this.orders.summary(id);
    return hasEnded(order) && (await this.orders.history(id, { after, limit: 1 })).items.length === 0;
  }

  /** Whether the history has a line of this number; 0 is before the first. @throws OrderNotFoundError */
  async hasLine(id: string, seq: number): Promise<boolean> {
    if (seq === 0) return true;
    const { items } = await this.orders.history(id, { after: seq - 1, limit: 1 });
    return items[0]?.seq === seq;
  }

  /** Yields every line after `after` as it is committed, until the order ends. @throws OrderNotFoundError */
  async *follow(id: string, after: number, signal: AbortSignal): AsyncGenerator<FollowedEvent> {
    const watch = new OrderChangeSignal(this.feed, id, signal);
    try {
      let last = after;
      while (!signal.aborted) {
        watch.clear();
        const read = await this.read(id, last);
        if (read === null) {
          await this.pause(signal);
          continue;
        }
        const { order, items, next } = read;
        for (const entry of items) {
          last = entry.seq;
          yield { kind: 'entry', entry };
        }
        if (next !== null) continue;
        if (hasEnded(order)) {
          yield { kind: 'end', order };
          return;
        }
        await watch.changed();
      }
    } finally {
      watch.close();
    }
  }

  /** Returns null while the database is unavailable, so that the reader stays connected. */
  private async read(id: string, after: number) {
    try {
      // Read the order before its lines. If it has ended, the lines are complete.
      const order = await this.orders.summary(id);
      return { order, ...(await this.orders.history(id, { after, limit: PAGE })) };
    } catch (error) {
      if (error instanceof StoreUnavailableError) return null;
      throw error;
    }
  }

  private async pause(signal: AbortSignal): Promise<void> {
    await setTimeout(this.pauseMs, undefined, { signal, ref: false }).catch(() => undefined); // cut short
  }

  /**
   * Resolves as soon as the condition holds, else when the order has ended or the signal is aborted.
   * @throws OrderNotFoundError
   */
  async wait(
    id: string,
    until: (order: OrderSummary) => boolean,
    signal: AbortSignal,
  ): Promise<{ readonly order: OrderSummary; readonly reached: boolean }> {
    const watch = new OrderChangeSignal(this.feed, id, signal);
    try {
      for (;;) {
        watch.clear();
        const order = await this.orders.summary(id);
        const reached = until(order);
        if (reached || hasEnded(order) || signal.aborted) return { order, reached };
        await watch.changed();
      }
    } finally {
      watch.close();
    }
  }
}
