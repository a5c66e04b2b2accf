import type { Migration } from '../durable/index.js';
import type { OrderContext } from './machine/order/order-model.js';

/** Orders before version 2 knew of no late payments, and left a reservation whose answer was lost to expire. */
type OrderContext1 = Omit<OrderContext2, 'latePayments' | 'askedFor'>;

/** Orders before version 3 did not know where they may have shipped to, and who vouched for their money. */
type OrderContext2 = Omit<OrderContext, 'shipTo' | 'vouchedBy'>;

const toVersion2: Migration = {
  from: '1',
  to: '2',
  migrate(snapshot) {
    const context = snapshot.context as unknown as OrderContext1; // persisted by version 1
    const { step, reservation, items } = context;
    const isAsking = step === 'reserveProducts' && reservation === null && items !== null;
    return { ...snapshot, context: { ...context, latePayments: [], askedFor: isAsking ? [items] : [] } };
  },
};

/**
 * Version 2 took a report of another payment for a dispute. An order that is disputed for that stays so until its own
 * payment is captured or called off, or until it is cancelled.
 */
const toVersion3: Migration = {
  from: '2',
  to: '3',
  migrate(snapshot) {
    const context = snapshot.context as unknown as OrderContext2; // persisted by version 2
    const isShipping = context.step === 'sendShippingOrder' && context.customer !== null;
    return {
      ...snapshot,
      context: { ...context, shipTo: isShipping ? [context.customer.address] : [], vouchedBy: null },
    };
  },
};

/** What was stored of an order that ended, or has had no turn since, before version 2. */
export function currentContext(stored: OrderContext1 & Partial<OrderContext>): OrderContext {
  return { latePayments: [], askedFor: [], shipTo: [], vouchedBy: null, ...stored };
}

/** How orders that were placed on an earlier version of the machine come to the current one. */
export const ORDER_MIGRATIONS: readonly Migration[] = [toVersion2, toVersion3];
