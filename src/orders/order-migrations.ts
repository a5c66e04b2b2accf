import type { Migration } from '../durable/index.js';
import type { OrderContext } from './machine/order/order-model.js';

/** Orders before version 2 knew of no late payments, and left a reservation whose answer was lost to expire. */
type OrderContext1 = Omit<OrderContext, 'latePayments' | 'askedFor'>;

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

/** What was stored of an order that ended, or has had no turn since, before version 2. */
export function currentContext(stored: OrderContext1 & Partial<OrderContext>): OrderContext {
  return { latePayments: [], askedFor: [], ...stored };
}

/** How orders that were placed on an earlier version of the machine come to the current one. */
export const ORDER_MIGRATIONS: readonly Migration[] = [toVersion2];
