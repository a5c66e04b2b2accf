/**
 * Money that a person vouched for: whatever the provider says of the payment then and later, the order goes on, and what has
 * to go back goes back once, by the provider when it has the money and by hand when it has not.
 */
import { DurableHarness } from '../../src/durable/testing.js';
import { RetryableError, TerminalError } from '../../src/durable/index.js';
import { refundVouched } from '../../src/orders/ports/refund-vouched.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import type { OrderActivities } from '../../src/orders/machine/order/order-activities.js';
import type { OrderContext, Payment } from '../../src/orders/machine/order/order-model.js';
import { PartnerError } from '../../src/orders/ports/partner-error.js';
import { PaymentClient, WarehouseClient } from '../../src/orders/ports/partner-ports.js';
import type { ReturnRequest } from '../../src/returns/return-machine.js';
import { returnRegistration } from '../../src/returns/return-registration.js';
import { activitiesOf, ANSWERS, eur, HOUR, payment, SETTINGS, START, TOTAL } from '../model/order-fixture.js';
import { registerCases } from '../support/register-cases.js';

const ID = 'order-1';
const clerk = { by: 'clerk', reason: 'paid in the shop' };

/** What the provider has of the payment when it is asked. `away`: it never answers; `unknown`: it has none. */
const TRUTHS = ['pending', 'captured', 'rejected', 'voided', 'refunded', 'part', 'unknown', 'away'] as const;
type Truth = (typeof TRUTHS)[number];

/** Where the order stands when the person vouches. */
const PLACES = ['open', 'disputed'] as const;
/** `ships`; `refunds`: the goods are gone; `returns`: it ships, and comes back. */
const ENDS = ['ships', 'refunds', 'returns'] as const;
/** Whether the provider has captured the payment when the money has to go back. */
const LATER = ['as before', 'captured since'] as const;

interface Case {
  readonly place: (typeof PLACES)[number];
  readonly truth: Truth;
  readonly end: (typeof ENDS)[number];
  readonly later: (typeof LATER)[number];
}

const CASES = PLACES.flatMap((place) =>
  TRUTHS.flatMap((truth) => ENDS.flatMap((end) => LATER.map((later): Case => ({ place, truth, end, later })))),
);

class Provider extends PaymentClient {
  readonly refunds: string[] = [];

  constructor(public truth: Truth) {
    super();
  }

  override start = (): Promise<Payment> => Promise.resolve(payment('pending'));

  override get = (paymentId: string): Promise<Payment> => {
    if (this.truth === 'away') throw new PartnerError('payment', 'partner_unavailable', 'It is away.', true);
    if (this.truth === 'unknown') throw new PartnerError('payment', 'payment_unknown', 'No such payment.', false);
    const found = this.truth === 'part' ? payment('captured', eur(1)) : payment(this.truth);
    return Promise.resolve({ ...found, paymentId });
  };

  override void = async (paymentId: string): Promise<Payment> => {
    const found = await this.get(paymentId);
    if (found.status === 'pending') this.truth = 'voided';
    return this.get(paymentId);
  };

  override refund = (paymentId: string) => {
    this.refunds.push(paymentId);
    return Promise.resolve({ refundId: 'refund-1', amount: TOTAL });
  };
}

class Warehouse extends WarehouseClient {
  override reserve = () => Promise.reject(new Error('A return reserves nothing.'));
  override consume = () => Promise.reject(new Error('A return consumes nothing.'));
  override release = () => Promise.resolve();
}

/** Errors of a partner as the runtime hands them to a machine. */
async function told<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer();
  } catch (error) {
    if (!(error instanceof PartnerError)) throw error;
    throw error.retryable
      ? new RetryableError(error.code, error.message)
      : new TerminalError(error.code, error.message);
  }
}

type RefundInput = OrderActivities['refundPayment']['input'];

async function orderOf(provider: Provider, isRefused: boolean) {
  const call = { orderId: ID, correlationId: 'c', idempotencyKey: 'k', signal: new AbortController().signal };
  const harness = await DurableHarness.start({
    register: (node) => ({
      orders: node.register(orderRegistration(activitiesOf((name) => Promise.resolve(ANSWERS[name])))),
      returns: node.register(returnRegistration(provider, new Warehouse())),
    }),
    activities: {
      voidPayment: () => told(() => provider.void('payment-1')),
      refundPayment: (input) =>
        told(() => {
          const { paymentId, amount, reason, vouchedBy } = input as RefundInput; // the machine's own
          const asked = { paymentId, amount, reason };
          return vouchedBy === undefined ? provider.refund(paymentId) : refundVouched(provider, asked, call);
        }),
      consumeReservation: () => {
        if (isRefused) throw new TerminalError('reservation_gone', 'The goods are gone.');
        return null;
      },
    },
  });
  const retry = { ...SETTINGS.retry, maxAttempts: 2 };
  await harness.handles.orders.start({ ...START, orderId: ID, settings: { ...SETTINGS, retry } }, { id: ID });
  await harness.settle();
  return harness;
}

type Harness = Awaited<ReturnType<typeof orderOf>>;

async function contextOf({ handles }: Harness): Promise<OrderContext> {
  const opened = await handles.orders.open(ID);
  return (opened!.snapshot as { context: OrderContext }).context; // of the order machine
}

/** @returns how the money went back. */
async function giveBack(harness: Harness, id: string, isOrder: boolean, isThere: boolean): Promise<string> {
  const handle = isOrder ? harness.handles.orders : harness.handles.returns;
  const [incident] = (await handle.incidents({ id, open: true })).items;
  if (incident === undefined) return 'by the provider';
  if (isThere) {
    await handle.retry(id, clerk);
    await harness.settle();
    return (await handle.get(id))?.incident === true ? 'still an incident' : 'by the provider';
  }
  const output = { refundId: 'cash-1', amount: TOTAL };
  const skipped = await handle.skip(id, { ...clerk, output });
  await harness.settle();
  const isRightAmount = (await handle.skip(id, { ...clerk, output })).disposition === 'refused';
  return `${incident.kind}: ${incident.suggestedAction}, ${skipped.disposition}${isRightAmount ? '' : ', again'}`;
}

async function play({ place, truth, end, later }: Case): Promise<unknown> {
  const provider = new Provider('pending');
  const harness = await orderOf(provider, end === 'refunds');
  const { orders, returns } = harness.handles;
  if (place === 'disputed') await orders.send(ID, { type: 'payment.accepted', paymentId: 'payment-1', amount: eur(1) });
  await harness.settle();
  provider.truth = truth;
  await orders.send(ID, { type: 'payment.accepted', paymentId: 'payment-1', amount: TOTAL, ...clerk });
  await harness.settle();
  if (later === 'captured since' && end === 'refunds') provider.truth = 'captured';
  await harness.advance(HOUR);
  const { vouchedBy } = await contextOf(harness);

  let back = 'none';
  if (end === 'refunds') back = await giveBack(harness, ID, true, provider.truth === 'captured');
  if (end === 'returns') {
    if (later === 'captured since') provider.truth = 'captured';
    const { correlationId, settings } = await contextOf(harness);
    const request: ReturnRequest = {
      ...{ orderId: ID, correlationId, settings, reservationId: 'reservation-1', paymentId: 'payment-1' },
      ...{ captured: TOTAL, reason: 'dented', requestKey: null, ...(vouchedBy !== null && { vouchedBy }) },
    };
    await returns.start(request, { id: 'return-1' });
    for (const type of ['return.approve', 'return.received'] as const)
      await returns.send('return-1', { type, by: 'clerk' });
    await harness.advance(HOUR);
    back = await giveBack(harness, 'return-1', false, provider.truth === 'captured');
  }
  await harness.advance(48 * HOUR);
  const ended = await orders.get(ID);
  const returned = await returns.get('return-1');
  await harness.stop();
  return {
    status: ended?.status,
    outcome: ended?.outcome,
    vouchedBy,
    back,
    refunds: provider.refunds.length,
    returned: returned?.status ?? null,
  };
}

function expected({ truth, end, later }: Case): unknown {
  // What the provider had in full when it was asked is its own; what it could not say is vouched for.
  const isVouched = truth !== 'captured' && !(truth === 'away' && later === 'captured since' && end === 'refunds');
  const isThere = truth === 'captured' || later === 'captured since';
  const isAway = truth === 'away' && later === 'as before';
  const byHand = isAway ? 'retries_exhausted: retry, applied' : 'refund_by_hand: skip, applied';
  const back = end === 'ships' ? 'none' : isThere ? 'by the provider' : byHand;
  return {
    status: 'Completed',
    outcome: end === 'refunds' ? 'failed' : 'fulfilled',
    vouchedBy: isVouched ? 'clerk' : null,
    back,
    refunds: back === 'by the provider' ? 1 : 0,
    returned: end === 'returns' ? 'Refunded' : null,
  };
}

describe('A payment that a person vouched for (G4)', () => {
  it('ships or goes back once, by the provider or by hand, whatever the provider says and when', async () => {
    const wrong: unknown[] = [];
    for (const each of CASES) {
      const [is, shall] = [await play(each), expected(each)];
      if (JSON.stringify(is) !== JSON.stringify(shall)) wrong.push({ ...each, is, shall });
    }
    expect(wrong).toEqual([]);
    registerCases(96, CASES.length);
  });
});
