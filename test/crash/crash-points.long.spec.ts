import { effectsOf, violations } from '../support/ledger-audit.js';
import type { CrashPlan, ReachedPoint } from '../support/service-process.js';
import { CrashScene } from './crash-scene.js';

/** So long that a decision arrives in time, although the provider's tries meet a service that is down; so short that one can wait for it. */
const ANSWERED_MS = '20000';
const UNANSWERED_MS = '1500';

/** Whether a turn that only reads is committed by itself depends on how fast a partner answers. */
const HELD: ReadonlySet<string> = new Set(['GettingAddress', 'CalculatingFinalPrice']);

/**
 * Kills the service with SIGKILL at every named point an order passes, once each, starts it again, and lets the
 * partners' own ledgers say what happened. Names no points by hand: a recorded run tells which there are.
 */
describe('Crash points (G1, G3, G4, G7)', () => {
  let scene: CrashScene;
  const struck = new Set<string>();
  let cases = 0;

  beforeAll(async () => {
    scene = await CrashScene.open();
  });

  afterAll(async () => {
    await scene.close();
    process.stdout.write(`crash points: ${cases} kills, each order driven to its end\n`);
  });

  async function record(): Promise<CrashPlan[]> {
    const service = await scene.boot();
    service.record();
    const id = (await scene.placeOrder()) ?? '';
    await scene.finished(id);
    await service.kill();
    return plansOf(service.reached);
  }

  async function killAt(plan: CrashPlan, again?: CrashPlan): Promise<string> {
    if (!scene.service.running) await scene.boot();
    const known = new Set((await scene.orders()).map((order) => order.id));
    scene.service.arm(plan);
    const acknowledged = await scene.placeOrder();
    expect(await scene.service.died()).toBe('SIGKILL');
    cases += 1;
    if (again !== undefined) {
      // It may die before it is up, or soon after.
      const second = await scene.boot({ plan: again }).catch(() => null);
      if (second !== null) expect(await second.died()).toBe('SIGKILL');
      cases += 1;
    }
    await scene.boot();
    const placed = (await scene.orders()).map((order) => order.id).filter((id) => !known.has(id));
    if (acknowledged !== null) expect(placed).toContain(acknowledged);
    // Unacknowledged, it may be there or not; if it is, it counts like any other.
    for (const id of placed) {
      await scene.finished(id);
      expect(violations(await effectsOf(scene.sandbox.url, id))).toEqual([]);
      const seqs = (await scene.history(id)).map((entry) => entry.seq);
      expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    }
    return placed[0] ?? '';
  }

  const flows = [
    { name: 'is paid', decision: 'accept', reads: true, outcome: 'fulfilled' },
    { name: 'commits each turn and is paid', decision: 'accept', reads: false, outcome: 'fulfilled' },
    { name: 'is refused the money', decision: 'reject', reads: true, outcome: 'payment_failed' },
    { name: 'nobody pays', decision: 'manual', reads: true, outcome: 'payment_timed_out' },
  ] as const;

  it.each(flows)(
    'an order that $name survives a kill at every point it passes',
    async ({ decision, reads, outcome }) => {
      await scene.autoPay(decision);
      const timeoutMs = decision === 'manual' ? UNANSWERED_MS : ANSWERED_MS;
      scene.configure({ PAYMENT_TIMEOUT_MS: timeoutMs, READS_BEFORE_COMMIT: String(reads) });
      const recorded = await record();
      const plans = reads
        ? recorded.filter(({ point, label }) => !point.startsWith('commit') || !HELD.has(label))
        : recorded;
      // What an earlier flow has in common with this one was struck there.
      const fresh = plans.filter((plan) => !struck.has(JSON.stringify({ reads, ...plan })));
      expect(fresh.length).toBeGreaterThan(0);
      for (const plan of fresh) {
        struck.add(JSON.stringify({ reads, ...plan }));
        const id = await killAt(plan);
        if (id !== '') expect(await scene.finished(id)).toMatchObject({ outcome });
      }
    },
  );

  it('an order survives a second kill while it recovers from the first', async () => {
    await scene.autoPay('accept');
    scene.configure({ PAYMENT_TIMEOUT_MS: ANSWERED_MS, READS_BEFORE_COMMIT: 'true' });
    await scene.service.kill();
    const seconds: CrashPlan[] = [
      { point: 'activity.before', label: 'reserveProducts', nth: 1 },
      { point: 'activity.after', label: 'reserveProducts', nth: 1 },
      { point: 'commit.before', label: 'CalculatingShipping', nth: 1 },
      { point: 'commit.after', label: 'CalculatingShipping', nth: 1 },
    ];
    for (const second of seconds) {
      const id = await killAt({ point: 'activity.after', label: 'reserveProducts', nth: 1 }, second);
      expect(await scene.finished(id)).toMatchObject({ outcome: 'fulfilled' });
      const effects = await effectsOf(scene.sandbox.url, id);
      expect(effects).toMatchObject({ captured: 1, shipped: 1, reserved: 1, consumed: 1 });
      expect(effects.repeats).toBeGreaterThanOrEqual(1);
    }
  });
});

/** One plan for each point and label, at each time it was reached. */
function plansOf(reached: readonly ReachedPoint[]): CrashPlan[] {
  const counts = new Map<string, number>();
  return reached.map(({ point, label }) => {
    const key = `${point} ${label}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return { point, label, nth };
  });
}
