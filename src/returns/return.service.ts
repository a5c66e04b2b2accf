import { Inject, Injectable } from '@nestjs/common';
import { handleOf, type ActorFilter, type DurableHandle } from '../durable/index.js';
import type { OrderContext } from '../orders/machine/order.model.js';
import { OrderService } from '../orders/order.service.js';
import { cursorInvalid, orderNotReturnable, returnExists, returnNotFound, returnRefused } from './return.errors.js';
import type { returnMachine } from './return.machine.js';
import type { ReturnContext, ReturnEvent } from './return.model.js';
import { detailsOf, summaryOf, type OpenedReturn, type ReturnDetails } from './return.read.js';

@Injectable()
export class ReturnService {
  constructor(
    @Inject(handleOf('return')) private readonly returns: DurableHandle<typeof returnMachine>,
    private readonly orders: OrderService,
  ) {}

  /** An order has one return: a second request is refused, a repeat under its key gets the first one's answer. */
  async request(orderId: string, reason: string, requestKey: string | null): Promise<ReturnDetails> {
    const { runtimeStatus, outcome, context } = await this.orders.get(orderId);
    const { correlationId, settings, payment, reservation, captured } = context as OrderContext; // only names are hidden
    if (runtimeStatus !== 'Completed' || outcome !== 'fulfilled' || !payment || !reservation || !captured)
      throw orderNotReturnable();
    const [{ paymentId }, { reservationId }] = [payment, reservation];
    const input = { orderId, correlationId, reservationId, paymentId, captured, reason, requestKey, settings };
    const { created, actor } = await this.returns.start(input, { id: `return-${orderId}` });
    const isRepeat = requestKey !== null && (await this.open(actor.id)).context.request.requestKey === requestKey;
    if (!created && !isRepeat) throw returnExists(actor.id);
    return this.get(actor.id);
  }

  async get(id: string): Promise<ReturnDetails> {
    return detailsOf(await this.open(id));
  }

  async list(filter: ActorFilter, page: { readonly limit?: number; readonly cursor?: string }) {
    const { items, next } = await this.returns.list(filter, page).catch(cursorInvalid);
    return { items: items.map(summaryOf), next };
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

  private async open(id: string): Promise<OpenedReturn> {
    const opened = await this.returns.open(id);
    if (opened === null) throw returnNotFound();
    return { actor: opened.actor, context: (opened.snapshot as { context: ReturnContext }).context }; // the machine's own
  }
}
