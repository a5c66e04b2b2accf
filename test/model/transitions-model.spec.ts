import { createMachine, type AnyMachineSnapshot, type DoneActorEvent, type EventObject } from 'xstate';
import { orderMachine, provideOrderActivities } from '../../src/orders/machine/order/order-machine.js';
import { ORDER_OUTCOMES, OrderStatus } from '../../src/orders/machine/order/order-status.js';
import type { LatePayment, OrderContext } from '../../src/orders/machine/order/order-model.js';
import { latePaymentMachine } from '../../src/orders/machine/late-payment/late-payment-machine.js';
import { paymentMachine, type PaymentOutput } from '../../src/orders/machine/payment/payment-machine.js';
import { activitiesOf, ANSWERS, eur, failure, payment, reservation, SETTINGS, START, TOTAL } from './order-fixture.js';
import { allTransitions, tour, type Payloads, type Tour } from './transition-coverage.js';

const failures = [{ error: failure('partner_unavailable', true) }, { error: failure('refused', false) }];
const outputs = (...all: unknown[]) => all.map((output) => ({ output }));
const missing = { productId: 'ink', count: 1, available: 0 };
const paid = (result: string, paymentId: string | null = 'payment-1') => ({
  result,
  paymentId,
  reason: result === 'rejected' ? 'payment_rejected' : null,
});

/** Two tries are enough to see both a retry and an exhausted one. */
const settings = { ...SETTINGS, retry: { ...SETTINGS.retry, maxAttempts: 2 } };
const silent = activitiesOf(() => new Promise<never>(() => {}));

const COMMANDS: Payloads = {
  'order.cancel': [{}],
  'order.retry': [{}],
  'payment.accepted': [
    {},
    { paymentId: 'payment-2' },
    { amount: eur(1) },
    { paymentId: 'payment-1', amount: TOTAL },
    { by: 'clerk' },
  ],
  'payment.rejected': [{}, { paymentId: 'payment-2' }],
};

const ORDER_PAYLOADS: Payloads = {
  ...COMMANDS,
  ...Object.fromEntries<readonly object[]>(
    Object.entries(ANSWERS).flatMap(([activity, answer]) => [
      [`xstate.done.actor.${activity}`, outputs(answer)],
      [`xstate.error.actor.${activity}`, failures],
    ]),
  ),
  'xstate.done.actor.getProducts': outputs([], ANSWERS.getProducts),
  'xstate.done.actor.reserveProducts': outputs(reservation(), reservation(missing), {
    ...reservation(missing),
    reserved: [],
  }),
  'xstate.done.actor.voidPayment': outputs(payment('voided'), payment('captured'), payment('pending')),
  'xstate.done.actor.payment': outputs(
    paid('accepted'),
    paid('rejected'),
    paid('timed_out'),
    paid('disputed'),
    paid('failed'),
    paid('failed', null),
  ),
  'xstate.done.actor.latePayment': outputs(
    { paymentId: 'payment-2', found: 'captured', refund: ANSWERS.refundLatePayment },
    { paymentId: 'payment-2', found: 'unknown', refund: null },
  ),
  'payment.requested': [{ paymentId: 'payment-1', checkoutUrl: 'https://pay.example' }],
  'payment.stalled': [{ failures: 2, failure: failure('partner_unavailable', true) }],
};

const PAYMENT_PAYLOADS: Payloads = {
  ...COMMANDS,
  'xstate.done.actor.startPayment': outputs(
    payment('pending'),
    payment('captured'),
    payment('rejected'),
    payment('voided'),
    payment('pending', eur(1)),
  ),
  'xstate.error.actor.startPayment': failures,
};

/** The payment machine ends with a payment only after it told of one, and without one only if it never did. */
function isPossible(snapshot: AnyMachineSnapshot, event: EventObject): boolean {
  if (event.type !== 'xstate.done.actor.payment') return true;
  const { output } = event as DoneActorEvent<PaymentOutput>;
  const { payment } = snapshot.context as OrderContext;
  return (output.paymentId === null) === (payment === null);
}

function coverage(name: string, all: Set<string>, toured: Tour): string {
  const percent = ((100 * toured.taken.size) / all.size).toFixed(1);
  return `${name}: ${toured.taken.size} of ${all.size} transitions (${percent} %) over ${toured.paths} paths`;
}

describe('The state graph of the order machine (G4)', () => {
  const toured = tour(provideOrderActivities(orderMachine, silent), { ...START, settings }, ORDER_PAYLOADS, isPossible);
  const all = allTransitions(orderMachine);

  /** Taken after an operator's correction, which is no event of the chart: test/payments/corrected-shipment.spec.ts. */
  const CORRECTED =
    'order.SendShippingOrder.running --xstate.error.actor.sendShippingOrder[0]--> order.SendShippingOrder.incident';

  it('every transition of the order machine can be taken', () => {
    console.info(coverage('order machine', all, toured));
    expect(all).toContain(CORRECTED);
    expect([...toured.taken, CORRECTED].sort()).toEqual([...all].sort());
  });

  it('every status of an order can be reached', () => {
    expect([...toured.statuses, OrderStatus.Starting].sort()).toEqual(Object.values(OrderStatus).sort());
  });

  it('every outcome of an order can be reached, and every end has an outcome', () => {
    // The ends of this tour are the order machine's.
    const outcomes = new Set(toured.ends.map((end) => (end.output as { outcome: string }).outcome));
    expect([...outcomes].sort()).toEqual([...ORDER_OUTCOMES].sort());
  });

  it('every end of an order has captured money shipped or refunded', () => {
    for (const { context } of toured.ends) {
      // The ends of this tour are the order machine's.
      const { captured, shipment, refund, outcome } = context as OrderContext;
      if (captured !== null) expect(shipment ?? refund).not.toBeNull();
      expect(outcome === 'fulfilled').toBe(shipment !== null);
      if (outcome === 'fulfilled') expect([captured, refund]).toEqual([TOTAL, null]);
    }
  });

  it('every end of an order has reported payments looked up and lost reservations asked for', () => {
    for (const { context } of toured.ends) {
      const { latePayments, askedFor } = context as OrderContext; // likewise
      expect(latePayments.filter(({ found }) => found === null)).toEqual([]);
      expect(askedFor).toEqual([]);
    }
  });
});

describe('The state graph of the payment machine (G4)', () => {
  // As a root it has no parent to tell; that it tells is seen where the order runs it.
  const orphan = paymentMachine.provide({
    actors: { startPayment: silent.startPayment },
    actions: { tellRequested: () => {}, tellStalled: () => {} },
  });
  const input = { orderId: 'order-1', correlationId: 'correlation-1', amount: TOTAL, settings };
  const toured = tour(orphan, input, PAYMENT_PAYLOADS);
  const all = allTransitions(paymentMachine);

  it('every transition of the payment machine can be taken', () => {
    console.info(coverage('payment machine', all, toured));
    expect([...toured.taken].sort()).toEqual([...all].sort());
  });

  it('every result of a payment can be reached', () => {
    // ... and of this one the payment machine's.
    const results = new Set(toured.ends.map((end) => (end.output as { result: string }).result));
    expect([...results].sort()).toEqual(['accepted', 'disputed', 'failed', 'rejected', 'timed_out']);
  });
});

describe('The state graph of the late payment machine (G4)', () => {
  const { lookUpPayment, voidPayment, refundLatePayment } = silent;
  const machine = latePaymentMachine.provide({ actors: { lookUpPayment, voidPayment, refundLatePayment } });
  const states = outputs(...(['captured', 'pending', 'voided'] as const).map((status) => payment(status)));
  const payloads = {
    'late-payment.retry': [{}],
    'xstate.done.actor.lookUpPayment': states,
    'xstate.error.actor.lookUpPayment': [...failures, { error: failure('payment_unknown', false) }],
    'xstate.done.actor.voidPayment': states,
    'xstate.error.actor.voidPayment': failures,
    'xstate.done.actor.refundLatePayment': outputs(ANSWERS.refundLatePayment),
    'xstate.error.actor.refundLatePayment': failures,
  };
  const input = { orderId: 'o', correlationId: 'c', paymentId: 'payment-1', reason: 'not_wanted', settings };
  const toured = tour(machine, input, payloads);
  const all = allTransitions(latePaymentMachine);

  it('every transition of the late payment machine can be taken', () => {
    console.info(coverage('late payment machine', all, toured));
    expect([...toured.taken].sort()).toEqual([...all].sort());
  });

  it("every late payment ends with the provider's answer, and refunded if it was captured", () => {
    for (const { output } of toured.ends) {
      const { found, refund } = output as LatePayment; // the ends of this tour are this machine's
      expect(found).not.toBeNull();
      expect(refund !== null).toBe(found === 'captured');
    }
  });
});

describe('The coverage of transitions', () => {
  it('the coverage misses a transition whose guard never holds, and a transition of a state that is never entered', () => {
    const machine = createMachine({
      id: 'toy',
      initial: 'here',
      states: {
        here: { on: { go: [{ guard: () => false, target: 'there' }, { target: 'end' }] } },
        there: { on: { go: 'end' } },
        end: { type: 'final' },
      },
    });
    const { taken } = tour(machine, {}, { go: [{}] });
    expect([...allTransitions(machine)].filter((name) => !taken.has(name))).toEqual([
      'toy.here --go[0]--> toy.there',
      'toy.there --go[0]--> toy.end',
    ]);
  });

  it('the coverage refuses an event without a payload', () => {
    const machine = createMachine({ initial: 'here', states: { here: { on: { surprise: 'here' } } } });
    expect(() => tour(machine, {}, {})).toThrow('No payload for surprise');
  });
});
