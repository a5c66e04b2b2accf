import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type ActorView, type DurableHandle, type HistoryEntry, InjectHandle } from '../../durable/index.js';
import { isAccountedFor, openLatePayments, reportedId } from '../machine/late-payment/late-payment-list.js';
import type { LatePaymentMachine } from '../machine/late-payment/late-payment-machine.js';
import type { OrderContext } from '../machine/order/order-model.js';

/** A payment that was reported as accepted after its order had stopped waiting for one. */
export interface OrderLatePayment {
  /** Who looks after it, with a history of its own; null: the order itself did, before it ended. */
  readonly id: string | null;
  readonly paymentId: string | null;
  /** `nothing_captured`: the provider says there was nothing to give back. Null while that is not known. */
  readonly outcome: 'refunded' | 'nothing_captured' | null;
  /** True while a person is needed. */
  readonly incident: boolean;
}

/** More of them than anybody has seen of one order. */
const MOST = 100;

/**
 * The late payments of orders that have ended: an order that is over takes no turn any more, so each is an actor of its own,
 * started before the report is acknowledged. Its id is made of order, payment and the report's key, so a repeated delivery
 * finds it; two reports of one payment are two lookups and one refund, by the refund's idempotency key.
 */
@Injectable()
export class LatePayments {
  constructor(@InjectHandle('late-payment') private readonly actors: DurableHandle<LatePaymentMachine>) {}

  /**
   * Durable when it resolves. @param order one that has ended.
   * @returns false when there is nothing to look into: the payment is accounted for, or nobody can say which it is.
   */
  async take(order: OrderContext, reported: string | undefined, key: string): Promise<boolean> {
    const paymentId = reportedId(order, reported);
    if (paymentId === null || isAccountedFor(order, paymentId)) return false;
    const { orderId, correlationId, settings, reason } = order;
    const input = { orderId, correlationId, paymentId, reason: reason ?? 'not_wanted', settings };
    await this.actors.start(input, { id: latePaymentId(orderId, paymentId, key) });
    return true;
  }

  /** What an order that was terminated had been told of and could not settle any more. @param refused `event.refused`. */
  async takeLeftOver(order: OrderContext, refused: readonly HistoryEntry[]): Promise<void> {
    for (const { paymentId } of openLatePayments(order)) await this.take(order, paymentId, 'noted');
    for (const { data } of refused) {
      const { event, key } = data as { event?: { type?: string; paymentId?: string }; key?: string | null }; // the runtime's own fact
      if (event?.type === 'payment.accepted') await this.take(order, event.paymentId, key ?? 'unkeyed');
    }
  }

  /** Oldest first: those the order settled itself, then those that came after its end. */
  async of(order: OrderContext): Promise<readonly OrderLatePayment[]> {
    const filter = { attributes: [{ name: 'orderId', value: order.orderId }] };
    const { items } = await this.actors.list(filter, { limit: MOST });
    const own = order.latePayments.map(({ paymentId, found, refund }) => ({
      id: null,
      paymentId,
      outcome: outcomeOf(
        refund !== null || found === 'refunded' ? 'refunded' : found === null ? null : 'nothing_captured',
      ),
      incident: false,
    }));
    return [...own, ...items.map(viewOf).reverse()];
  }
}

function viewOf({ id, attributes, outcome, incident }: ActorView): OrderLatePayment {
  return { id, paymentId: attributes['paymentId'] ?? null, outcome: outcomeOf(outcome), incident };
}

const outcomeOf = (word: string | null): OrderLatePayment['outcome'] =>
  word === 'refunded' || word === 'nothing_captured' ? word : null;

function latePaymentId(orderId: string, paymentId: string, key: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([paymentId, key]))
    .digest('base64url');
  return `late-payment-${orderId}-${digest.slice(0, 22)}`;
}
