import { Inject, Injectable } from '@nestjs/common';
import { handleOf, type ActorView, type DurableHandle, type Page } from '../durable/index.js';
import type { OrderContext } from '../orders/machine/order.model.js';
import { CursorInvalidError } from '../orders/order.errors.js';
import { OrderService } from '../orders/order.service.js';
import { orderNotReturnable, returnExists, returnNotFound, returnRefused } from './return.errors.js';
import type { returnMachine } from './return.machine.js';
import type { ReturnContext, ReturnEvent } from './return.model.js';
import { detailsOf, summaryOf, type ReturnDetails, type ReturnSummary } from './return.read.js';

export interface ReturnList {
  readonly status?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly incident?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

@Injectable()
export class ReturnService {
  constructor(
    @Inject(handleOf('return')) private readonly returns: DurableHandle<typeof returnMachine>,
    private readonly orders: OrderService,
  ) {}

  /** An order has one return: a second request is refused, a repeat under its key gets the first one's answer. */
  async request(orderId: string, reason: string, requestKey: string | null): Promise<ReturnDetails> {
    const order = await this.orders.get(orderId);
    const { correlationId, settings, payment, reservation, captured } = order.context as OrderContext; // only names are hidden in it
    const isFulfilled = order.runtimeStatus === 'Completed' && order.outcome === 'fulfilled';
    if (!isFulfilled || payment === null || reservation === null || captured === null) throw orderNotReturnable();
    const [{ paymentId }, { reservationId }] = [payment, reservation];
    const { created, actor } = await this.returns.start(
      { orderId, correlationId, reservationId, paymentId, captured, reason, requestKey, settings },
      { id: `return-${orderId}` },
    );
    const { context } = await this.open(actor.id);
    if (!created && (requestKey === null || context.request.requestKey !== requestKey)) throw returnExists(actor.id);
    return this.get(actor.id);
  }

  async get(id: string): Promise<ReturnDetails> {
    const { actor, context } = await this.open(id);
    return detailsOf(actor, context);
  }

  async list({ limit, cursor, ...filter }: ReturnList): Promise<Page<ReturnSummary>> {
    try {
      const { items, next } = await this.returns.list(filter, { ...(limit && { limit }), ...(cursor && { cursor }) });
      return { items: items.map(summaryOf), next };
    } catch (error) {
      throw error instanceof RangeError ? new CursorInvalidError({ cause: error }) : error;
    }
  }

  /** Stored when it resolves; under one key it counts once. */
  async send(id: string, { type, by, reason }: ReturnEvent, key?: string): Promise<ReturnDetails> {
    await this.open(id);
    const { disposition, firstState, actor } =
      type === 'return.retry'
        ? await this.returns.retry(id, { by, reason, key })
        : await this.returns.send(id, { type, by, reason }, key === undefined ? {} : { key });
    if (disposition === 'refused' || firstState === 'refused') throw returnRefused(type, actor);
    return this.get(id);
  }

  private async open(id: string): Promise<{ readonly actor: ActorView; readonly context: ReturnContext }> {
    const opened = await this.returns.open(id);
    if (opened === null) throw returnNotFound();
    return { actor: opened.actor, context: (opened.snapshot as { context: ReturnContext }).context }; // the machine's own
  }
}
