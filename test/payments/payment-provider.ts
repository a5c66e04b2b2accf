/** What a payment provider knows of the payments of one order, and how often it gave money back or was asked to ship. */
import type { OrderActivities, OrderActivityName } from '../../src/orders/machine/order/order-activities.js';
import type { Payment } from '../../src/orders/machine/order/order-model.js';
import { TerminalError } from '../../src/durable/index.js';
import { activitiesOf, ANSWERS, payment, TOTAL } from '../model/order-fixture.js';

export const OWN = 'payment-1';

export class PaymentProvider {
  readonly refunds: string[] = [];
  shipments = 0;
  private readonly payments = new Map<string, Payment['status']>();
  private readonly waiting: (() => void)[] = [];
  /** Calls of these activities wait until {@link release}. */
  readonly held = new Set<OrderActivityName>();

  readonly activities = activitiesOf((activity, input) => this.perform(activity, input));

  capture(paymentId: string): void {
    this.payments.set(paymentId, 'captured');
  }

  /** Lets the held activities go on, and holds none from now on. */
  release(): void {
    this.held.clear();
    for (const go of this.waiting.splice(0)) go();
  }

  private async perform<K extends OrderActivityName>(
    activity: K,
    input: OrderActivities[K]['input'],
  ): Promise<OrderActivities[K]['output']> {
    if (this.held.has(activity)) await new Promise<void>((resolve) => this.waiting.push(resolve));
    const answer: unknown = this.answer(activity, 'paymentId' in input ? input.paymentId : OWN);
    return answer as OrderActivities[K]['output']; // each activity's own answer
  }

  private answer(activity: OrderActivityName, paymentId: string): unknown {
    const status = this.payments.get(paymentId);
    if (activity === 'startPayment') {
      this.payments.set(OWN, status ?? 'pending');
      return payment('pending');
    }
    if (activity === 'voidPayment' && status === 'pending') this.payments.set(paymentId, 'voided');
    if (activity === 'voidPayment' || activity === 'lookUpPayment') return this.known(paymentId);
    if (activity === 'refundPayment' || activity === 'refundLatePayment') {
      this.refunds.push(paymentId);
      this.payments.set(paymentId, 'refunded');
    }
    if (activity === 'sendShippingOrder') this.shipments += 1;
    return ANSWERS[activity];
  }

  private known(paymentId: string): Payment {
    const status = this.payments.get(paymentId);
    if (status === undefined) throw new TerminalError('payment_unknown', 'There is no such payment.');
    return { ...payment(status, TOTAL), paymentId };
  }
}
