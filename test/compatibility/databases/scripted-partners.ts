import { currentActivity } from '../../../src/durable/index.js';
import type { OrderActivities, OrderActivityName } from '../../../src/orders/machine/order/order-activities.js';
import type { ActivityFailure, Money } from '../../../src/orders/machine/order/order-model.js';
import { PaymentClient, WarehouseClient } from '../../../src/orders/ports/partner-ports.js';
import { ANSWERS } from '../../model/order-fixture.js';

/** What one call comes to. `silence`: it never gets an answer. */
type Reply = { readonly output: unknown } | { readonly failure: ActivityFailure } | 'silence';

/** The partners of all orders. They answer well where no script says otherwise, each order with a payment of its own. */
export class ScriptedPartners {
  /** Every call of an order's activity, as `<order> <activity> <idempotency key>`. */
  readonly calls: string[] = [];
  readonly payments = new RefundingPayments();
  readonly warehouse = new ReleasingWarehouse();
  private readonly scripts = new Map<string, Reply[]>();

  /** The order's next calls of this activity come to this, one after the other. */
  script(orderId: string, activity: OrderActivityName, replies: readonly Reply[]): void {
    this.scripts.set(`${orderId} ${activity}`, [...replies]);
  }

  async call<K extends OrderActivityName>(
    activity: K,
    { orderId }: OrderActivities[K]['input'],
  ): Promise<OrderActivities[K]['output']> {
    this.calls.push(`${orderId} ${activity} ${currentActivity().idempotencyKey}`);
    const reply = this.scripts.get(`${orderId} ${activity}`)?.shift() ?? { output: ANSWERS[activity] };
    if (reply === 'silence') return new Promise(() => {});
    if ('failure' in reply) throw Object.assign(new Error(), reply.failure);
    return ownPayment(reply.output, orderId) as OrderActivities[K]['output']; // the script's author knows the activity
  }
}

export const paymentIdOf = (orderId: string): string => `payment-${orderId}`;

function ownPayment(output: unknown, orderId: string): unknown {
  if (typeof output !== 'object' || output === null || !('paymentId' in output)) return output;
  return { ...output, paymentId: paymentIdOf(orderId) };
}

const notAsked = (): Promise<never> => Promise.reject(new Error('A return does not ask for this.'));

/** What a return asks of the provider. */
class RefundingPayments extends PaymentClient {
  override start = notAsked;
  override get = notAsked;
  override void = notAsked;
  override refund(paymentId: string, amount: Money) {
    return Promise.resolve({ refundId: `refund-of-${paymentId}`, amount });
  }
}

/** What a return asks of the warehouse. */
class ReleasingWarehouse extends WarehouseClient {
  override reserve = notAsked;
  override consume = notAsked;
  override release(): Promise<void> {
    return Promise.resolve();
  }
}
