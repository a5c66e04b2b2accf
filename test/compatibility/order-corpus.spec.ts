import type { Migration } from '../../src/durable/index.js';
import { orderMachine, type OrderMachine } from '../../src/orders/machine/order/order-machine.js';
import { orderRegistration } from '../../src/orders/order-registration.js';
import { checkCorpora, describeReport, type CheckReport } from './corpus-check.js';
import { readCorpora, type Corpus } from './corpus-files.js';
import { registerOrders, type RegisterMachines } from './order-machines.js';
import { recordOrders } from './order-recorder.js';
import { edited, renamed, withoutActivity } from './mutants.js';

/** Of today's machine, and of the one after it. */
const VERSION = orderMachine.version ?? '1';
const NEXT = String(Number(VERSION) + 1);

describe('Stored orders of every recorded version', () => {
  it("stored orders of every version fit today's machines and come to their ends (G9, invariant 9)", async () => {
    const report = await checkCorpora(readCorpora(), registerOrders);
    if (report.findings.length > 0) throw new Error(describeReport(report));
    expect(report.snapshots).toBeGreaterThanOrEqual(140);
  });

  it('recording orders twice gives the same corpus', async () => {
    expect(await recordOrders()).toEqual(await recordOrders());
  });
});

describe('Mutants of the order machine (G9)', () => {
  const current = (): Corpus => readCorpora().find(({ version }) => version === VERSION)!;

  /** A changed machine, held against the recorded orders of today's that stand in places of these names. */
  async function check(places: RegExp, register: RegisterMachines): Promise<CheckReport> {
    const some = (corpus: Corpus): Corpus => ({
      ...corpus,
      entries: corpus.entries.filter(({ name }) => places.test(name)),
    });
    const report = await checkCorpora([some(current())], register);
    return { ...report, findings: report.findings.filter((finding) => !finding.includes('has no snapshot')) };
  }

  const orders =
    (change: (machine: OrderMachine) => OrderMachine, migrations: readonly Migration[] = [], version = VERSION) =>
    (...[runtime, activities]: Parameters<RegisterMachines>) => {
      const options = orderRegistration(activities);
      // A removed activity may have no settings either.
      return runtime.register({ ...options, activities: {}, machine: change(options.machine), migrations, version });
    };

  it('the check finds nothing in the machine as it is', async () => {
    expect(
      await check(
        /^AwaitingPayment/,
        orders((machine) => machine),
      ),
    ).toMatchObject({ findings: [], notes: [] });
  });

  it('the check finds a renamed state, and says what to do', async () => {
    const report = await check(
      /stalled/,
      orders((machine) => renamed(machine, 'stalled', 'parked')),
    );
    expect(report.findings).toEqual([expect.stringContaining('stalled')]);
    expect(report.notes).toEqual([`The definition of order@${VERSION} is no longer the recorded one.`]);
    expect(describeReport(report)).toMatch(/ORDER_MACHINE_VERSION[^]*migration[^]*npm run machines:record/);
  });

  it('the check finds a removed activity', async () => {
    const report = await check(
      /^CalculatingShipping.running/,
      orders((machine) => withoutActivity(machine, 'calculateShipping')),
    );
    expect(report.findings).toEqual([expect.stringContaining('runs "calculateShipping", which the machine does not')]);
  });

  it('the check finds an activity that its state no longer waits for', async () => {
    const report = await check(
      /^CalculatingShipping.running/,
      orders((machine) => edited(machine, ['CalculatingShipping', 'running'], 'invoke', [])),
    );
    expect(report.findings).toEqual([expect.stringContaining('stands still in CalculatingShipping')]);
  });

  it('the check finds a renamed delay, in a child machine too', async () => {
    const report = await check(
      /backoff/,
      orders((machine) => renamed(machine, 'retryDelay', 'retryPause')),
    );
    expect(report.findings).toHaveLength(current().entries.filter(({ name }) => name.includes('backoff')).length);
    for (const finding of report.findings) expect(finding).toContain('waits for xstate.after.retryPause');
  });

  it('the check finds a timer that no state waits for', async () => {
    const report = await check(
      /^CalculatingShipping.backoff/,
      orders((machine) => edited(machine, ['CalculatingShipping', 'backoff'], 'after', {})),
    );
    expect(report.findings).toEqual([expect.stringContaining('which nothing there waits for')]);
  });

  it('the check finds a state without a recorded order', async () => {
    const register = orders((machine) => edited(machine, ['Completed'], 'type', 'atomic'));
    const report = await checkCorpora([], register);
    expect(report.findings).toContain(`order@${VERSION} has no snapshot of an order in AwaitingPayment.open.`);
  });

  it('the check finds a version that stored orders need and that is not registered', async () => {
    const report = await check(
      /stalled/,
      orders((machine) => machine, [], NEXT),
    );
    expect(report.findings).toEqual([
      expect.stringContaining(`No machine order of version ${VERSION} is registered here.`),
    ]);
  });

  it('the check accepts a renamed state that a migration leads to', async () => {
    const migration: Migration = {
      from: VERSION,
      migrate(snapshot, note) {
        note.renameTimer(
          'xstate.after.incidentTimeout.order.AwaitingPayment.stalled',
          'xstate.after.incidentTimeout.order.AwaitingPayment.parked',
        );
        const { AwaitingPayment: place } = snapshot.value as { AwaitingPayment?: string };
        return place === 'stalled' ? { ...snapshot, value: { AwaitingPayment: 'parked' } } : snapshot;
      },
    };
    const report = await check(
      /^AwaitingPayment|^PaymentFailed/,
      orders((machine) => renamed(machine, 'stalled', 'parked'), [migration], NEXT),
    );
    expect(report).toMatchObject({ findings: [] });
    expect(report.snapshots).toBeGreaterThan(15);
  });
});
