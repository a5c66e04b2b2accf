import { Inject, Injectable } from '@nestjs/common';
import {
  type ActorView,
  type DurableHandle,
  type HistoryEntry,
  type Page,
  type Redactor,
  InjectHandle,
} from '../durable/index.js';
import { knownOrder } from './known-order.js';
import { LatePayments } from './late-payments/late-payments.js';
import type { OrderMachine } from './machine/order/order-machine.js';
import type { OrderContext } from './machine/order/order-model.js';
import type { StoredOrder } from './machine/order/order-step.js';
import { CursorInvalidError, OrderNotFoundError } from './order-errors.js';
import { actorFilterOf, type OrderFilter } from './order-filter.js';
import { currentContext } from './order-migrations.js';
import { ORDER_REDACTOR } from './redaction/order-redaction.js';
import {
  detailsOf,
  iso,
  statusOf,
  summaryOf,
  type OrderDetails,
  type OrderHistoryEntry,
  type OrderStatusView,
  type OrderSummary,
} from './views/order-views.js';

/** One page of a history. */
export interface OrderHistoryPage {
  /** Entries with a greater sequence. */
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
  /** Only of these types. */
  readonly types?: readonly string[] | undefined;
  /** False: what activities were given is left out. */
  readonly showInput?: boolean | undefined;
  /** False: what activities gave is left out. */
  readonly showOutput?: boolean | undefined;
}

/** What can be read of orders. Every method may also throw StoreUnavailableError. */
@Injectable()
export class OrderQueries {
  constructor(
    @InjectHandle('order') private readonly orders: DurableHandle<OrderMachine>,
    @Inject(ORDER_REDACTOR) private readonly redact: Redactor,
    private readonly latePayments: LatePayments,
  ) {}

  /** @throws OrderNotFoundError */
  async status(id: string): Promise<OrderStatusView> {
    return (await this.statusWithRevision(id)).status;
  }

  /** Where the order stands, and at which revision. @throws OrderNotFoundError */
  async statusWithRevision(id: string): Promise<{ readonly revision: number; readonly status: OrderStatusView }> {
    const actor = await this.orders.get(id);
    if (actor === null) throw new OrderNotFoundError(id);
    return { revision: actor.revision, status: statusOf(actor) };
  }

  /** As a line of the list; reads no snapshot. @throws OrderNotFoundError */
  async summary(id: string): Promise<OrderSummary> {
    const actor = await this.orders.get(id);
    if (actor === null) throw new OrderNotFoundError(id);
    return summaryOf(actor);
  }

  /** @throws OrderNotFoundError */
  async get(id: string): Promise<OrderDetails> {
    const { actor, order } = await this.open(id);
    const latePayments = await this.latePayments.of(order.context);
    return detailsOf(actor, order, latePayments, this.redact);
  }

  /**
   * What the order stored of itself, with nothing hidden: to go on with, never to be shown. @throws OrderNotFoundError
   */
  async stored(id: string): Promise<{ readonly outcome: string | null; readonly context: OrderContext }> {
    const { actor, order } = await this.open(id);
    return { outcome: actor.outcome, context: order.context };
  }

  /** Oldest first; `next` is what to ask for with `after`, null on the last page. @throws OrderNotFoundError */
  async history(
    id: string,
    page: OrderHistoryPage = {},
  ): Promise<{ readonly items: readonly OrderHistoryEntry[]; readonly next: number | null }> {
    const { after = 0, limit = 100, types, showInput = true, showOutput = true } = page;
    const entries = await knownOrder(id, () => this.orders.history(id, { after, types, limit: limit + 1 }));
    const hidden = [...(showInput ? [] : ['input']), ...(showOutput ? [] : ['output'])];
    const items = entries.slice(0, limit).map((entry) => entryOf(entry, hidden));
    return { items, next: entries.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** Newest first. @throws CursorInvalidError */
  async list(
    filter: OrderFilter = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<Page<OrderSummary>> {
    const { limit = 50, cursor } = page;
    try {
      const { items, next } = await this.orders.list(actorFilterOf(filter), {
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      });
      return { items: items.map(summaryOf), next };
    } catch (error) {
      if (error instanceof RangeError) throw new CursorInvalidError({ cause: error });
      throw error;
    }
  }

  /** Id of the newest order that asked for this payment, or null. */
  async ofPayment(paymentId: string): Promise<string | null> {
    const attributes = [{ name: 'paymentId', value: paymentId }];
    const { items } = await this.orders.list({ attributes }, { limit: 1 });
    return items[0]?.id ?? null;
  }

  /** The actor and its stored snapshot, with nothing hidden. @throws OrderNotFoundError */
  async open(id: string): Promise<{ readonly actor: ActorView; readonly order: StoredOrder }> {
    const opened = await this.orders.open(id);
    if (opened === null) throw new OrderNotFoundError(id);
    const order = opened.snapshot as StoredOrder; // persisted by the order machine
    return { actor: opened.actor, order: { ...order, context: currentContext(order.context) } };
  }
}

/** @param hidden fields of the data that are left out. */
function entryOf({ seq, revision, at, type, data }: HistoryEntry, hidden: readonly string[]): OrderHistoryEntry {
  const shown = Object.entries(data).filter(([field]) => !hidden.includes(field));
  return { seq, revision, at: iso(at), type, data: hidden.length === 0 ? data : Object.fromEntries(shown) };
}
