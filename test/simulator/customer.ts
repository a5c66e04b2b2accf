/** What people and the payment provider do: place, pay, decline, stay silent, cancel; callbacks early, late, twice, wrong. */
import type { OrderCommand } from '../../src/orders/machine/order/order-events.js';
import type { OrderSettings } from '../../src/orders/machine/order/order-model.js';
import type { FaultPlan } from './fault-plan.js';
import type { OrderLedger, FakePartners } from './fake-partners.js';
import type { RandomSource } from './random-source.js';
import type { ServiceClient } from './service-client.js';
import { DAY, HOUR, MINUTE, SECOND, type WorldTime } from './world-time.js';

export interface CustomerOptions {
  readonly time: WorldTime;
  readonly random: RandomSource;
  readonly faults: FaultPlan;
  readonly ledger: FakePartners;
  readonly client: ServiceClient;
}

export class Customers {
  private callbacks = 0;

  constructor(private readonly options: CustomerOptions) {}

  order(orderId: string, onPlaced: () => void): void {
    const { time, random, ledger, client } = this.options;
    ledger.open(orderId);
    const place = (then: () => void): void =>
      client.place(
        {
          orderId,
          correlationId: `correlation-${orderId}`,
          shoppingCartId: `cart-${orderId}`,
          userId: `user-${orderId}`,
          settings: settingsOf(random),
        },
        then,
      );
    place(onPlaced);
    if (random.chance(0.02)) place(() => undefined);
    if (random.chance(0.05)) time.after(random.around(HOUR), () => this.cancel(orderId));
  }

  /** The provider knows the payment: the customer looks at it, now or later or never. */
  paymentAsked(ledger: OrderLedger): void {
    const { time, random } = this.options;
    const does = random.weighted({ pays: 86, declines: 6, forgets: 8 });
    if (does === 'forgets') return;
    const looksAfterMs = random.chance(0.1) ? random.between(0, 100) : random.around(2 * MINUTE);
    const status = does === 'pays' ? 'captured' : 'rejected';
    const { ledger: partners } = this.options;
    time.after(looksAfterMs, () => {
      if (partners.decide(ledger, status)) this.tell(ledger, status);
    });
  }

  private cancel(orderId: string): void {
    const { random, client, time } = this.options;
    const key = random.chance(0.7) ? this.nextKey(orderId) : null;
    client.send(orderId, { type: 'order.cancel' }, key, 5);
    if (random.chance(0.2))
      time.after(random.around(MINUTE), () => client.send(orderId, { type: 'order.cancel' }, key, 1));
  }

  private tell(ledger: OrderLedger, status: 'captured' | 'rejected'): void {
    const { time, random, faults } = this.options;
    const { orderId } = ledger;
    const how = random.weighted({
      once: 80,
      twice: 6,
      again: 3,
      late: 4,
      never: 3,
      wrongAmount: 1,
      foreign: 1,
      bare: 2,
    });
    if (how !== 'once') faults.count(`callback ${how}`);
    if (how === 'never') return;
    const command = callbackOf(ledger, status, how);
    const key = this.nextKey(orderId);
    this.deliver(orderId, command, key, how === 'late' ? random.around(6 * HOUR) : random.between(0, 3 * SECOND));
    if (how === 'twice') this.deliver(orderId, command, key, random.around(10 * SECOND));
    if (how === 'again') this.deliver(orderId, command, this.nextKey(orderId), random.around(HOUR));
    // A confused provider says the right thing, too, before or after the wrong one.
    if (how === 'wrongAmount' || how === 'foreign') {
      time.after(random.around(MINUTE), () =>
        this.deliver(orderId, callbackOf(ledger, status, 'once'), this.nextKey(orderId), 0),
      );
    }
  }

  private deliver(orderId: string, command: OrderCommand, key: string, afterMs: number): void {
    const { time, client } = this.options;
    time.after(afterMs, () => client.send(orderId, { ...command }, key, 12));
  }

  private nextKey(orderId: string): string {
    this.callbacks += 1;
    return `${orderId}-message-${this.callbacks}`;
  }
}

function callbackOf(ledger: OrderLedger, status: 'captured' | 'rejected', how: string): OrderCommand {
  const paymentId = how === 'foreign' ? 'payment-of-another-order' : (ledger.payment?.paymentId ?? '');
  if (status === 'rejected') return { type: 'payment.rejected', paymentId };
  if (how === 'bare') return { type: 'payment.accepted' };
  const amount = how === 'wrongAmount' ? { amount: 1, currency: 'EUR' } : ledger.payment?.amount;
  return { type: 'payment.accepted', paymentId, amount };
}

function settingsOf(random: RandomSource): OrderSettings {
  return {
    retry: {
      firstIntervalMs: random.pick([1, 5]) * SECOND,
      maxAttempts: random.between(2, 5),
      backoffCoefficient: random.pick([1, 2]),
      maxIntervalMs: MINUTE,
      overallTimeoutMs: random.pick([0, 0, 5 * MINUTE]),
      jitter: random.pick([0, 0.3]),
    },
    paymentTimeoutMs: random.pick([MINUTE, 30 * MINUTE, HOUR, DAY, 7 * DAY]),
    incidentTimeoutMs: random.pick([HOUR, 6 * HOUR, DAY]),
    shipPartially: random.chance(0.5),
  };
}
