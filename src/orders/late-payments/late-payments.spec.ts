import { activitiesOf, ANSWERS, failure, HOUR, payment, SETTINGS, TOTAL } from '../../../test/model/order-fixture.js';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../durable/testing.js';
import type { DurableRuntime } from '../../durable/index.js';
import { currentActivity } from '../../durable/index.js';
import type { OrderActivityName } from '../machine/order/order-activities.js';
import type { Payment } from '../machine/order/order-model.js';
import { OrderEndedError } from '../order-errors.js';
import { orderRegistration } from '../order-registration.js';
import { OrderQueries } from '../order-queries.js';
import { OrderService } from '../order.service.js';
import { orderRedactor } from '../redaction/order-redaction.js';
import { latePaymentRegistration } from './late-payment-registration.js';
import { LatePayments } from './late-payments.js';

const PAID = { paymentId: 'payment-1', amount: TOTAL };

/** The provider's own book of one payment; a refund counts once for each idempotency key. */
class Provider {
  status: Payment['status'] = 'pending';
  readonly refunds = new Set<string>();
  lookups = 0;
  /** Never answered. */
  silent: OrderActivityName | null = null;
  /** So many calls fail first. */
  away = 0;

  async call(activity: OrderActivityName): Promise<unknown> {
    if (activity === this.silent) return new Promise(() => {});
    if (!['lookUpPayment', 'voidPayment', 'refundLatePayment'].includes(activity))
      return activity === 'startPayment' ? payment('pending') : ANSWERS[activity];
    if (this.away > 0) {
      this.away -= 1;
      throw Object.assign(new Error(), failure('partner_unavailable', true));
    }
    if (activity === 'lookUpPayment') this.lookups += 1;
    if (activity === 'voidPayment' && this.status === 'pending') this.status = 'voided';
    if (activity !== 'refundLatePayment') return payment(this.status);
    this.refunds.add(currentActivity().actorId);
    this.status = 'refunded';
    return ANSWERS.refundLatePayment;
  }
}

describe('The payment of an order that has ended (G4)', () => {
  let store: MemoryStore;
  let clock: VirtualClock;
  let provider: Provider;
  let runtime: DurableRuntime;
  let orders: OrderService;
  let queries: OrderQueries;
  let id: string;

  async function boot(): Promise<void> {
    // The outputs are those of the activities asked for.
    const logics = activitiesOf((activity) => provider.call(activity) as never);
    const harness = await DurableHarness.start({
      store,
      clock,
      register: (node) => ({
        late: node.register(latePaymentRegistration(logics)),
        orders: node.register(orderRegistration(logics)),
      }),
    });
    const { late, orders: handle } = harness.handles;
    const latePayments = new LatePayments(late);
    runtime = harness.runtime;
    queries = new OrderQueries(handle, orderRedactor([]), latePayments);
    orders = new OrderService(handle, SETTINGS, queries, latePayments);
    await harness.settle();
  }
  /** The process is killed: nothing is handed back, and another one finds what is stored. */
  async function kill(): Promise<void> {
    await runtime.stop(0);
    store.nodes.clear();
    await boot();
  }
  const latePayments = async () => (await queries.get(id)).latePayments;
  const pay = (key: string, decision: { paymentId?: string } = PAID) => orders.acceptPayment(id, decision, key);

  beforeEach(async () => {
    [store, clock, provider] = [new MemoryStore(), new VirtualClock(), new Provider()];
    await boot();
    ({ id } = await orders.start({ sessionId: 'cart-1' }));
    await settle();
  });
  afterEach(() => runtime.stop(0));

  describe('that timed out', () => {
    beforeEach(async () => {
      await clock.advance(60_000);
      expect(await queries.status(id)).toMatchObject({ status: 'Completed', outcome: 'payment_timed_out' });
      expect(provider.status).toBe('voided');
    });

    it('is given back when it is captured after all, and the outcome of the order stays', async () => {
      provider.status = 'captured';
      expect(await pay('w-1')).toMatchObject({ result: 'accepted' });
      await settle();
      expect(provider.refunds.size).toBe(1);
      const [late] = await latePayments();
      expect(late).toMatchObject({ paymentId: 'payment-1', outcome: 'refunded', incident: false });
      expect(await queries.status(id)).toMatchObject({ outcome: 'payment_timed_out' });
      const types = (await queries.history(id)).items.map(({ type }) => type);
      expect(types.at(-1)).toBe('event.refused');
    });

    it('is given back once, however often and under however many keys it is reported', async () => {
      provider.status = 'captured';
      for (const key of ['w-1', 'w-1', 'w-2', 'w-1']) await pay(key);
      await settle();
      for (const key of ['w-2', 'w-3']) await pay(key);
      await settle();
      expect(provider.refunds.size).toBe(1);
      expect(await latePayments()).toHaveLength(3);
    });

    it('is looked up, and left alone when the provider took nothing', async () => {
      await pay('w-1', {});
      await settle();
      expect(provider).toMatchObject({ lookups: 1, status: 'voided' });
      expect(await latePayments()).toMatchObject([{ paymentId: 'payment-1', outcome: 'nothing_captured' }]);
      provider.status = 'captured';
      await pay('w-2', {});
      await settle();
      expect(provider.refunds.size).toBe(1);
    });

    it('is not acknowledged when the process dies after the order refused it, and handed on by the next delivery (invariant 3)', async () => {
      provider.status = 'captured';
      const commit = store.commit.bind(store);
      // The order's own commit is written; whatever comes after it finds the process dead.
      store.commit = async (batch) => {
        const results = await commit(batch);
        store.commit = () => Promise.reject(new Error('The process is gone.'));
        return results;
      };
      await expect(pay('w-1')).rejects.toThrow();
      store.commit = commit;
      expect(await latePayments()).toEqual([]);
      await kill();
      await pay('w-1');
      await settle();
      expect(provider.refunds.size).toBe(1);
      expect(await latePayments()).toMatchObject([{ outcome: 'refunded' }]);
    });

    it('is given back though the process dies while the provider is asked', async () => {
      provider.status = 'captured';
      provider.away = 2;
      await pay('w-1');
      await settle();
      await kill();
      await clock.advance(5_000);
      await clock.advance(10_000);
      await settle();
      expect(provider.refunds.size).toBe(1);
    });

    it('is an incident after as many failures as an order has, and time has it tried again', async () => {
      provider.status = 'captured';
      provider.away = 3;
      await pay('w-1');
      await settle();
      await clock.advance(5_000);
      await clock.advance(10_000);
      expect(await latePayments()).toMatchObject([{ outcome: null, incident: true }]);
      await clock.advance(24 * HOUR);
      expect(await latePayments()).toMatchObject([{ outcome: 'refunded', incident: false }]);
    });
  });

  it('that was fulfilled is not given back: it paid for the goods', async () => {
    await pay('w-1');
    await settle();
    expect(await queries.status(id)).toMatchObject({ outcome: 'fulfilled' });
    provider.status = 'captured';
    await expect(pay('w-2')).rejects.toThrow(OrderEndedError);
    await expect(pay('w-3', {})).rejects.toThrow(OrderEndedError);
    expect(await latePayments()).toEqual([]);
    expect(provider.lookups).toBe(0);
  });

  it('that was terminated is given back, whether it comes later or was kept when the order ended', async () => {
    await orders.suspend(id, { by: 'ops' });
    provider.status = 'captured';
    await pay('w-1');
    await orders.terminate(id, { by: 'ops' });
    await settle();
    expect(provider.refunds.size).toBe(1);
    await expect(orders.terminate(id, { by: 'ops' })).rejects.toThrow(OrderEndedError);
    await pay('w-1');
    await settle();
    expect(await latePayments()).toMatchObject([{ outcome: 'refunded' }]);
  });

  it('that never came to a payment is nothing anybody can look up', async () => {
    provider.silent = 'getProducts';
    const { id: empty } = await orders.start({ sessionId: 'cart-2' });
    await orders.terminate(empty, { by: 'ops' });
    await expect(orders.acceptPayment(empty, {}, 'w-9')).rejects.toThrow(OrderEndedError);
  });
});
