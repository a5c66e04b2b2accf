/** What operators ask of an order, in the form in which tests make it up, and how it is asked. */
import type { DurableHandle, SendResult } from '../../src/durable/index.js';
import type { OrderMachine } from '../../src/orders/machine/order/order-machine.js';
import type { StoredOrder } from '../../src/orders/machine/order/order-step.js';
import { conflictsOf, type OrderCorrection } from '../../src/orders/order-correction.js';

export type OperatorRequest =
  | { readonly type: 'suspend' }
  | { readonly type: 'resume'; readonly deadlines: 'keep' | 'move' }
  | { readonly type: 'terminate' }
  /** A correction that does not fit where the order stands is left out, and one that whoever asks is not sure of by then. */
  | { readonly type: 'retry'; readonly correction: OrderCorrection | null; readonly isSure?: () => boolean };

export async function operate(
  orders: DurableHandle<OrderMachine>,
  orderId: string,
  request: OperatorRequest,
  key: string | null,
): Promise<SendResult> {
  const audit = { by: 'operator', reason: 'a test wants it', ...(key === null ? {} : { key }) };
  switch (request.type) {
    case 'suspend':
      return orders.suspend(orderId, audit);
    case 'resume':
      return orders.resume(orderId, { ...audit, deadlines: request.deadlines });
    case 'terminate':
      return orders.terminate(orderId, audit);
    case 'retry': {
      const { correction, isSure = () => true } = request;
      const opened = correction === null ? null : await orders.open(orderId);
      if (correction === null || opened === null) return orders.retry(orderId, audit);
      const { context } = opened.snapshot as StoredOrder; // persisted by the order machine
      if (conflictsOf(correction, context).length > 0 || !isSure()) return orders.retry(orderId, audit);
      return orders.retry(orderId, { ...audit, patch: { ...correction }, ifRevision: [opened.actor.revision] });
    }
  }
}
