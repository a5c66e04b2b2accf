import { DurableHarness, MemoryStore, VirtualClock, settle } from '../durable/testing.js';
import type { DurableHandle, DurableRuntime } from '../durable/index.js';
import type { PartnerCall } from '../orders/ports/partner-call.js';
import { PartnerError } from '../orders/ports/partner-error.js';
import { PaymentClient, WarehouseClient } from '../orders/ports/partner-ports.js';
import type { ReturnEvent, returnMachine, ReturnRequest } from './return-machine.js';

import { returnRegistration } from './return-registration.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TOTAL = { amount: 2_380, currency: 'EUR' };

const REQUEST: ReturnRequest = {
  orderId: 'o-1',
  correlationId: 'c-1',
  reservationId: 'res-1',
  paymentId: 'pay-1',
  captured: TOTAL,
  reason: 'dented',
  requestKey: null,
  settings: {
    retry: {
      firstIntervalMs: MINUTE_MS,
      maxAttempts: 2,
      backoffCoefficient: 1,
      maxIntervalMs: MINUTE_MS,
      overallTimeoutMs: 0,
      jitter: 0,
    },
    paymentTimeoutMs: HOUR_MS,
    incidentTimeoutMs: 6 * HOUR_MS,
    shipPartially: false,
  },
};

const notAsked = () => Promise.reject(new Error('A return does not ask for this.'));

class Payments extends PaymentClient {
  readonly refunds: { amount: number; key: string }[] = [];
  /** What the next refunds fail with. */
  readonly failures: Error[] = [];
  override start = notAsked;
  override get = notAsked;
  override void = notAsked;
  override refund(_paymentId: string, amount: typeof TOTAL, _reason: string, call: PartnerCall) {
    this.refunds.push({ amount: amount.amount, key: call.idempotencyKey });
    const failure = this.failures.shift();
    return failure === undefined ? Promise.resolve({ refundId: 'rfd-1', amount }) : Promise.reject(failure);
  }
}

class Warehouse extends WarehouseClient {
  readonly released: string[] = [];
  override reserve = notAsked;
  override consume = notAsked;
  override release(reservationId: string): Promise<void> {
    this.released.push(reservationId);
    return Promise.resolve();
  }
}

const away = () => new PartnerError('payment', 'partner_unavailable', 'The provider is away.', true);
const refusal = () => new PartnerError('payment', 'partner_refused', 'Not this payment.', false);

describe('a return', () => {
  let clock: VirtualClock;
  let store: MemoryStore;
  let payments: Payments;
  let warehouse: Warehouse;
  let runtime: DurableRuntime;
  let returns: DurableHandle<typeof returnMachine>;

  async function boot(): Promise<void> {
    ({ runtime, handles: returns } = await DurableHarness.start({
      store,
      clock,
      register: (node) => node.register(returnRegistration(payments, warehouse)),
    }));
  }

  beforeEach(async () => {
    clock = new VirtualClock();
    store = new MemoryStore();
    payments = new Payments();
    warehouse = new Warehouse();
    await boot();
    await returns.start(REQUEST, { id: 'r-1' });
  });
  afterEach(() => runtime.stop());

  async function restart(): Promise<void> {
    await runtime.stop();
    await boot();
    await settle();
  }
  async function send(...types: ReturnEvent['type'][]): Promise<void> {
    for (const type of types) {
      expect(await returns.send('r-1', { type, by: 'greta' })).toMatchObject({ disposition: 'applied' });
      await settle();
    }
  }
  const position = async () => {
    const actor = await returns.get('r-1');
    return [actor?.status, actor?.outcome, actor?.incident];
  };

  it('expires when nobody decides for 14 days, however often the process restarts meanwhile (G5)', async () => {
    for (let day = 1; day <= 13; day += 1) {
      await clock.advance(DAY_MS);
      await restart();
    }
    await clock.advance(DAY_MS - MINUTE_MS);
    expect(await position()).toEqual(['Requested', null, false]);
    await restart();
    await clock.advance(MINUTE_MS);
    expect(await position()).toEqual(['Rejected', 'expired', false]);
    expect(payments.refunds).toEqual([]);
  });

  it('expires at once when its deadline passed while no process ran', async () => {
    await runtime.stop();
    clock.step(20 * DAY_MS);
    await restart();
    expect(await position()).toEqual(['Rejected', 'expired', false]);
  });

  it('is closed without a refund when the goods do not come within 30 days of the approval', async () => {
    await clock.advance(13 * DAY_MS);
    await send('return.approve');
    await clock.advance(30 * DAY_MS - MINUTE_MS);
    expect(await position()).toEqual(['AwaitingGoods', null, false]);
    await clock.advance(MINUTE_MS);
    expect(await position()).toEqual(['Closed', 'goods_missing', false]);
    expect(payments.refunds).toEqual([]);
  });

  it('is rejected by a person, and takes nothing after that', async () => {
    await send('return.reject');
    expect(await position()).toEqual(['Rejected', 'rejected', false]);
    const late = await returns.send('r-1', { type: 'return.approve', by: 'greta' });
    expect(late).toMatchObject({ disposition: 'refused', reason: 'actor_ended' });
  });

  it('refuses what does not fit where it stands, instead of keeping it for later', async () => {
    const early = await returns.send('r-1', { type: 'return.received', by: 'greta' });
    expect(early.disposition).toBe('refused');
    await send('return.approve');
    expect(await position()).toEqual(['AwaitingGoods', null, false]);
  });

  it('refunds first and restocks then, each under a key of its own', async () => {
    await send('return.approve', 'return.received');
    expect(await position()).toEqual(['Refunded', 'refunded', false]);
    expect(payments.refunds).toEqual([{ amount: 2_380, key: 'r-1:refund' }]);
    expect(warehouse.released).toEqual(['res-1']);
  });

  it('refunds under the same key in every try, also after a person had it tried again (G3)', async () => {
    payments.failures.push(away(), away());
    await send('return.approve', 'return.received');
    await clock.advance(MINUTE_MS);
    expect(await position()).toEqual(['Refunding', null, true]);
    await restart();
    expect((await returns.retry('r-1', { by: 'greta', reason: 'They are back.' })).disposition).toBe('applied');
    await settle();
    expect(await position()).toEqual(['Refunded', 'refunded', false]);
    expect(payments.refunds.map(({ key }) => key)).toEqual(['r-1:refund', 'r-1:refund', 'r-1:refund']);
  });

  it('waits for a person after a refusal, and tries again by itself when nobody comes', async () => {
    payments.failures.push(refusal());
    await send('return.approve', 'return.received');
    expect(await position()).toEqual(['Refunding', null, true]);
    expect(warehouse.released).toEqual([]);
    await clock.advance(6 * HOUR_MS);
    expect(await position()).toEqual(['Refunded', 'refunded', false]);
  });
});
