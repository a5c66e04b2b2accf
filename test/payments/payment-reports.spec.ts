/**
 * Whatever the provider reports about whichever payment, and whenever: the order's own capture ships, every other capture
 * goes back once, and no report about another payment decides anything.
 */
import { DurableHarness } from '../../src/durable/testing.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import { HOUR, SETTINGS, START, TOTAL } from '../model/order-fixture.js';
import { OWN, PaymentProvider } from './payment-provider.js';
import { registerCases } from '../support/register-cases.js';

/** `unknown` is a payment that the provider does not know; `unnamed` a report that names none. */
const PAYMENTS = ['own', 'other', 'unknown', 'unnamed'] as const;
const DECISIONS = ['accepted', 'rejected'] as const;
/**
 * - `early`: before the order asked for a payment. `asking`: the provider has not answered yet.
 * - `waiting`: the customer may pay. `late`: the deadline has passed, or the payment is decided; the goods are not.
 */
const PHASES = ['early', 'asking', 'waiting', 'late'] as const;

type Phase = (typeof PHASES)[number];

interface Report {
  readonly about: (typeof PAYMENTS)[number];
  readonly decision: (typeof DECISIONS)[number];
  readonly phase: Phase;
}

const ID = 'order-1';
const REPORTS: readonly Report[] = PHASES.flatMap((phase) =>
  PAYMENTS.flatMap((about) => DECISIONS.map((decision) => ({ about, decision, phase }))),
);
const at = (phase: Phase): number => PHASES.indexOf(phase);

/** Each report alone, and each two of them in the order of their phases, twice the same included. */
const CASES: readonly (readonly Report[])[] = [
  ...REPORTS.map((report) => [report]),
  ...REPORTS.flatMap((first) =>
    REPORTS.filter(({ phase }) => at(phase) >= at(first.phase)).map((next) => [first, next]),
  ),
];

const isOwn = ({ about }: Report): boolean => about === 'own' || about === 'unnamed';
const idOf = ({ about }: Report): string | undefined =>
  ({ own: OWN, other: 'payment-2', unknown: 'payment-of-nobody', unnamed: undefined })[about];

interface End {
  readonly outcome: string;
  readonly shipments: number;
  readonly refunds: readonly string[];
}

function expectedEnd(reports: readonly Report[]): End {
  const first = (decision: string): number =>
    Math.min(...reports.filter((each) => isOwn(each) && each.decision === decision).map(({ phase }) => at(phase)));
  const open = at('waiting');
  const captured = first('accepted');
  const rejected = first('rejected');
  // A rejection that was kept is acted upon before the customer can pay: the payment is voided then.
  const isShipped = captured < open || (captured === open && rejected >= open);
  const others = reports.some(({ about, decision }) => about === 'other' && decision === 'accepted');
  return {
    outcome: isShipped ? 'fulfilled' : rejected <= open ? 'payment_failed' : 'payment_timed_out',
    shipments: isShipped ? 1 : 0,
    refunds: [...(captured !== Infinity && !isShipped ? [OWN] : []), ...(others ? ['payment-2'] : [])].sort(),
  };
}

async function play(reports: readonly Report[]): Promise<End> {
  const provider = new PaymentProvider();
  for (const activity of ['getProducts', 'startPayment', 'consumeReservation', 'releaseReservation'] as const) {
    provider.held.add(activity);
  }
  const harness = await DurableHarness.start({
    register: (node) => node.register(orderRegistration(provider.activities)),
  });
  const input = { ...START, orderId: ID, settings: { ...SETTINGS, paymentTimeoutMs: HOUR } };
  await harness.handles.start(input, { id: ID });
  for (const phase of PHASES) {
    if (phase === 'asking') await goOn(harness, provider, 'getProducts');
    if (phase === 'waiting') await goOn(harness, provider, 'startPayment');
    if (phase === 'late') await harness.advance(HOUR);
    const now = reports.filter((each) => each.phase === phase);
    for (const report of now) {
      if (report.decision === 'accepted' && report.about !== 'unknown') provider.capture(idOf(report) ?? OWN);
    }
    for (const report of now) {
      const type = `payment.${report.decision}` as const;
      await harness.handles.send(
        ID,
        { type, paymentId: idOf(report), amount: TOTAL },
        { key: `k-${reports.indexOf(report)}` },
      );
    }
    await harness.settle();
  }
  provider.release();
  await harness.settle();
  await harness.advance(48 * HOUR);
  const record = (await harness.store.loadActor(ID))!;
  await harness.stop();
  const { outcome } = record;
  return { outcome: outcome ?? record.status, shipments: provider.shipments, refunds: [...provider.refunds].sort() };
}

async function goOn(
  harness: { settle(): Promise<void> },
  provider: PaymentProvider,
  activity: 'getProducts' | 'startPayment',
): Promise<void> {
  const held = [...provider.held].filter((each) => each !== activity);
  provider.release();
  for (const each of held) provider.held.add(each);
  await harness.settle();
}

describe('Reports about payments', () => {
  it(`decide as they must, alone and in pairs: ${CASES.length} cases (G4)`, async () => {
    const wrong: unknown[] = [];
    for (const reports of CASES) {
      const end = await play(reports);
      const expected = expectedEnd(reports);
      if (JSON.stringify(end) !== JSON.stringify(expected)) wrong.push({ reports, end, expected });
    }
    expect(wrong).toEqual([]);
    registerCases(672, CASES.length);
  });
});
