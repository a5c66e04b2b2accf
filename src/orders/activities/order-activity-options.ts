import type { ActivityOptions, ActivitySettings } from '../../durable/index.js';
import type { OrderActivityName } from '../machine/order/order-activities.js';
import type { PartnerName } from '../ports/partner-error.js';
import { outputCheckOf } from './order-activity-outputs.js';

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

/** They only read, so they may begin before the commit of the turn that asked for them. */
const READS: ReadonlySet<OrderActivityName> = new Set([
  'getProducts',
  'getAddress',
  'calculateShipping',
  'calculateFinalPrice',
]);

const ACTIVITIES = Object.keys(PARTNER_OF) as OrderActivityName[]; // its keys, by its type

/**
 * One queue for each partner, so that one that is slow keeps no order waiting but those that need it.
 * @param calls without them, activities have no limits but the runtime's own.
 * @param names the activities a machine has; default: those of an order.
 */
export function orderActivityOptions(
  calls: OrderCalls | undefined,
  names: readonly string[] = ACTIVITIES,
): ActivityOptions {
  const activities = Object.fromEntries(
    ACTIVITIES.filter((activity) => names.includes(activity)).map((activity) => [
      activity,
      {
        ...(calls === undefined ? {} : limitsOf(PARTNER_OF[activity], calls)),
        safe: READS.has(activity),
        checkOutput: outputCheckOf(activity),
      },
    ]),
  );
  if (calls === undefined) return { activities };
  const { partners, maxDeliveries } = calls;
  return {
    limits: Object.fromEntries(Object.entries(partners).map(([partner, { concurrency }]) => [partner, concurrency])),
    activityDefaults: { maxDeliveries },
    activities,
  };
}

function limitsOf(partner: PartnerName, { partners }: OrderCalls): ActivitySettings {
  return { limit: partner, timeoutMs: partners[partner].timeoutMs + GRACE_MS };
}
