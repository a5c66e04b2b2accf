import type { ActivityOptions } from '../../durable/index.js';
import type { OrderActivityName } from '../machine/order.activities.js';
import type { PartnerName } from '../ports/partner.error.js';

/** How partners are called: the same for all orders, whenever they were placed. */
export interface OrderCalls {
  readonly partners: Readonly<Record<PartnerName, PartnerLimits>>;
  /** How often one try of a call may be handed to a process that then dies. */
  readonly maxDeliveries: number;
}

interface PartnerLimits {
  /** The client's own limit for a whole call, in milliseconds. */
  readonly timeoutMs: number;
  /** Calls at once, from this process. */
  readonly concurrency: number;
}

/** The client gives up first, with an error that says more; this is for a client that does not. */
const GRACE_MS = 5_000;

/** Whom an activity calls. */
export const PARTNER_OF: Readonly<Record<OrderActivityName, PartnerName>> = {
  getProducts: 'cart',
  getAddress: 'users',
  reserveProducts: 'warehouse',
  findReservation: 'warehouse',
  releaseReservation: 'warehouse',
  consumeReservation: 'warehouse',
  calculateShipping: 'shipping',
  calculateFinalPrice: 'pricing',
  startPayment: 'payment',
  findPayment: 'payment',
  voidPayment: 'payment',
  refundPayment: 'payment',
  lookUpPayment: 'payment',
  refundLatePayment: 'payment',
  sendShippingOrder: 'fulfilment',
};

/** One queue for each partner, so that one that is slow keeps no order waiting but those that need it. */
export function orderActivityOptions({ partners, maxDeliveries }: OrderCalls): ActivityOptions {
  return {
    limits: Object.fromEntries(Object.entries(partners).map(([partner, { concurrency }]) => [partner, concurrency])),
    activityDefaults: { maxDeliveries },
    activities: Object.fromEntries(
      Object.entries(PARTNER_OF).map(([activity, partner]) => [
        activity,
        { limit: partner, timeoutMs: partners[partner].timeoutMs + GRACE_MS },
      ]),
    ),
  };
}
