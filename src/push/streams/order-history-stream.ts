import { setTimeout } from 'node:timers/promises';
import { StoreUnavailableError } from '../../durable/index.js';
import { hasEnded, type OrderHistoryEntry, type OrderSummary } from '../../orders/views/order-views.js';
import type { OrderQueries } from '../../orders/order-queries.js';
import type { ChangeFeed } from '../feed/change-feed.js';
import { OrderChangeSignal } from '../feed/order-change-signal.js';

/** `entry`: the next line of the history. `end`: the order has ended and every line was told. */
export type FollowedEvent =
  | { readonly kind: 'entry'; readonly entry: OrderHistoryEntry }
  | { readonly kind: 'end'; readonly order: OrderSummary };

/** So many lines are read at once: the most that waits for a slow reader. */
const PAGE = 100;

/**
 * Orders as somebody sees them who does not want to ask again and again. Reads what is committed and nothing else; a reader
 * pulls, so that a slow one holds up nobody and piles up nothing.
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

  /** Every line of the history after `after`, as it is written, to the order's end. @throws OrderNotFoundError */
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

  /** Null when the database is away: who follows is not sent away for that. */
  private async read(id: string, after: number) {
    try {
      // First how it stands, then the lines: those of an order that has ended are complete.
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
