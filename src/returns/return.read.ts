import type { ActorView } from '../durable/index.js';
import { iso } from '../orders/order.read.js';
import type { ReturnContext } from './return.model.js';

/** A line of the list. All times are ISO 8601. */
export interface ReturnSummary {
  readonly id: string;
  readonly orderId: string | null;
  /** The machine's state: Requested, AwaitingGoods, Refunding, Restocking, Refunded, Rejected, Closed. */
  readonly status: string;
  /** `refunded`, `rejected`, `expired` (nobody decided), `goods_missing`; null while it is open. */
  readonly outcome: string | null;
  /** True while a person is needed. */
  readonly incident: boolean;
  /** When it goes on by itself. */
  readonly until: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ReturnDetails extends ReturnSummary, Pick<ReturnContext, 'refund'> {
  readonly reason: string;
  /** What goes back: all that the customer paid. */
  readonly amount: ReturnContext['request']['captured'];
}

export function summaryOf(actor: ActorView): ReturnSummary {
  const { id, status, outcome, incident } = actor;
  const timer = actor.waitingFor.find((each) => each.kind === 'timer');
  return {
    id,
    orderId: actor.attributes['orderId'] ?? null,
    status,
    outcome,
    incident,
    until: timer === undefined ? null : iso(timer.dueAt),
    createdAt: iso(actor.createdAt),
    updatedAt: iso(actor.updatedAt),
  };
}

/** A stored return, opened up. */
export interface OpenedReturn {
  readonly actor: ActorView;
  readonly context: ReturnContext;
}

export function detailsOf({ actor, context: { request, refund } }: OpenedReturn): ReturnDetails {
  return { ...summaryOf(actor), reason: request.reason, amount: request.captured, refund };
}
