import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  handleOf,
  UnknownActorError,
  type ActorView,
  type DurableHandle,
  type HistoryEntry,
  type Page,
} from '../durable/index.js';
import type { OrderCommand } from './machine/order.events.js';
import type { OrderMachine } from './machine/order.machine.js';
import type { Money, OrderSettings } from './machine/order.model.js';
import type { StoredOrder } from './machine/order.view.js';
import { CursorInvalidError, NotNowError, OrderEndedError, OrderNotFoundError } from './order.errors.js';
import {
  detailsOf,
  iso,
  statusOf,
  summaryOf,
  type OrderDetails,
  type OrderHistoryEntry,
  type OrderStatusView,
  type OrderSummary,
} from './order.read.js';
import { ORDER_SETTINGS } from './order.settings.js';

export interface StartOrder {
  /** The shopping cart's GUID. */
  readonly sessionId: string;
  readonly userId?: string | undefined;
  readonly correlationId?: string | undefined;
}

export interface PaymentDecision {
  readonly paymentId?: string | undefined;
  readonly amount?: Money | undefined;
  readonly reason?: string | undefined;
}

export interface OrderFilter {
  readonly status?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly incident?: boolean | undefined;
}

/**
 * What became of an event, durable: the order took it, or keeps it until it can. The same for every delivery under one
 * key. What an order refuses is thrown instead.
 */
export interface CommandReceipt {
  readonly id: string;
  readonly event: OrderCommand['type'];
  readonly result: 'accepted';
}

/**
 * Orders as the outside sees them. Every method may also throw StoreUnavailableError, and the writing ones DrainingError;
 * nothing is acknowledged then.
 */
@Injectable()
export class OrderService {
  constructor(
    @Inject(handleOf('order')) private readonly orders: DurableHandle<OrderMachine>,
    @Inject(ORDER_SETTINGS) private readonly settings: OrderSettings,
  ) {}

  /** The order is durable when this resolves. Missing ids are generated. */
  async start(request: StartOrder): Promise<{ readonly id: string }> {
    const orderId = randomUUID();
    const { actor } = await this.orders.start(
      {
        orderId,
        correlationId: request.correlationId ?? randomUUID(),
        shoppingCartId: request.sessionId,
        userId: request.userId ?? randomUUID(),
        settings: this.settings,
      },
      { id: orderId },
    );
    return { id: actor.id };
  }

  /** @throws OrderNotFoundError */
  async status(id: string): Promise<OrderStatusView> {
    const actor = await this.orders.get(id);
    if (actor === null) throw new OrderNotFoundError(id);
    return statusOf(actor);
  }

  /** @throws OrderNotFoundError */
  async get(id: string): Promise<OrderDetails> {
    const opened = await this.orders.open(id);
    if (opened === null) throw new OrderNotFoundError(id);
    return detailsOf(opened.actor, opened.snapshot as StoredOrder); // persisted by the order machine
  }

  /** Oldest first; `next` is what to ask for with `after`, null on the last page. @throws OrderNotFoundError */
  async history(
    id: string,
    page: { readonly after?: number | undefined; readonly limit?: number | undefined } = {},
  ): Promise<{ readonly items: readonly OrderHistoryEntry[]; readonly next: number | null }> {
    const limit = page.limit ?? 100;
    const entries = await known(id, () => this.orders.history(id, { after: page.after ?? 0, limit: limit + 1 }));
    const items = entries.slice(0, limit).map(entryOf);
    return { items, next: entries.length > limit ? (items.at(-1)?.seq ?? null) : null };
  }

  /** Newest first. @throws CursorInvalidError */
  async list(
    filter: OrderFilter = {},
    page: { readonly limit?: number | undefined; readonly cursor?: string | undefined } = {},
  ): Promise<Page<OrderSummary>> {
    const { limit = 50, cursor } = page;
    try {
      const { items, next } = await this.orders.list(filter, { limit, ...(cursor === undefined ? {} : { cursor }) });
      return { items: items.map(summaryOf), next };
    } catch (error) {
      if (error instanceof RangeError) throw new CursorInvalidError({ cause: error });
      throw error;
    }
  }

  /** @param key deduplicates; without one the same decision counts once. @throws OrderNotFoundError @throws OrderEndedError */
  acceptPayment(id: string, { paymentId, amount }: PaymentDecision, key?: string): Promise<CommandReceipt> {
    const event = { type: 'payment.accepted', paymentId, amount } as const;
    return this.send(
      id,
      event,
      key ?? `once:${JSON.stringify([event.type, paymentId, amount?.amount, amount?.currency])}`,
    );
  }

  /** As {@link acceptPayment}; the amount of a rejection does not count. */
  rejectPayment(id: string, { paymentId, reason }: PaymentDecision, key?: string): Promise<CommandReceipt> {
    const event = { type: 'payment.rejected', paymentId, reason } as const;
    return this.send(id, event, key ?? `once:${JSON.stringify([event.type, paymentId])}`);
  }

  /** @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError once the payment is decided. */
  cancel(id: string, reason?: string, key?: string): Promise<CommandReceipt> {
    return this.send(id, { type: 'order.cancel', reason }, key);
  }

  /** Has an incident's step tried again. @throws OrderNotFoundError @throws OrderEndedError @throws NotNowError without one. */
  retry(id: string, reason?: string, key?: string): Promise<CommandReceipt> {
    return this.send(id, { type: 'order.retry', reason }, key);
  }

  private async send(id: string, event: OrderCommand, key?: string): Promise<CommandReceipt> {
    const answer = await known(id, () => this.orders.send(id, { ...event }, key === undefined ? {} : { key }));
    const refused = answer.disposition === 'refused' || answer.firstState === 'refused';
    if (refused) throw refusal(answer.actor, event, answer.reason);
    return { id, event: event.type, result: 'accepted' };
  }
}

function refusal(actor: ActorView, event: OrderCommand, reason: string | null): Error {
  return reason === 'actor_ended'
    ? new OrderEndedError(actor.id, actor.outcome)
    : new NotNowError(actor.id, event.type, actor.status);
}

async function known<T>(id: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof UnknownActorError ? new OrderNotFoundError(id) : error;
  }
}

function entryOf({ seq, revision, at, type, data }: HistoryEntry): OrderHistoryEntry {
  return { seq, revision, at: iso(at), type, data };
}
