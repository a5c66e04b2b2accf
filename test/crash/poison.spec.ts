import { effectsOf, violations } from '../support/ledger-audit.js';
import type { CrashPlan } from '../support/service-process.js';
import { waitUntil } from '../support/wait-until.js';
import { CrashScene } from './crash-scene.js';

const MAX_DELIVERIES = 2;
const MAX_ATTEMPTS = 2;

/** What the shipping order would be to a process that it kills each time, e.g. by using up the memory. */
const POISON: CrashPlan = { point: 'activity.before', label: 'sendShippingOrder', nth: 1 };
const HARMLESS: CrashPlan = { ...POISON, nth: Number.MAX_SAFE_INTEGER };

interface Incident {
  readonly id: string;
  readonly status: string;
  readonly waitingFor: { readonly for: string; readonly name?: string } | null;
}

describe('Poison activities', () => {
  let scene: CrashScene;

  beforeAll(async () => {
    scene = await CrashScene.open({
      ACTIVITY_MAX_DELIVERIES: String(MAX_DELIVERIES),
      RETRY_MAX_ATTEMPTS: String(MAX_ATTEMPTS),
    });
  });

  afterAll(() => scene.close());

  async function incidents(): Promise<Incident[]> {
    const answer = await fetch(`${scene.service.url}/orders?incident=true`);
    return ((await answer.json()) as { items: Incident[] }).items; // the contract of GET /orders
  }

  /** Resolves with whether the process died; else it has parked an order for a person. */
  function diedOrParked(): Promise<boolean> {
    return waitUntil('the service to die or an order to be parked', async () => {
      if (!scene.service.running) return true;
      const parked = await incidents().catch(() => []);
      return parked.length > 0 ? false : null;
    });
  }

  it('an activity that kills its process becomes an incident after deliveries × tries crashes, and other orders go on (G15)', async () => {
    await scene.autoPay('accept');
    await scene.boot({ plan: POISON });
    const placed = await scene.placeOrder();
    let crashes = 0;
    // It may die before it says where it listens: then there is nothing to ask.
    let died = await diedOrParked();
    while (died) {
      crashes += 1;
      expect(crashes).toBeLessThanOrEqual(MAX_DELIVERIES * MAX_ATTEMPTS);
      died = await scene.boot({ plan: POISON }).then(diedOrParked, () => true);
    }
    expect(crashes).toBe(MAX_DELIVERIES * MAX_ATTEMPTS);

    const [parked, ...others] = await incidents();
    expect([parked, others]).toMatchObject([
      { status: 'SendShippingOrder', waitingFor: { for: 'operator', name: 'sendShippingOrder' } },
      [],
    ]);
    const id = parked?.id ?? '';
    if (placed !== null) expect(id).toBe(placed);
    const failures = (await scene.history(id)).filter((entry) => entry.type === 'activity.failed');
    expect(failures.map((entry) => entry.data)).toMatchObject(
      [1, 2].map((attempt) => ({ attempt, error: { code: 'activity_poison', retryable: true } })),
    );

    // Armed as it still is: whoever does not need that call is not held up.
    await scene.autoPay('reject');
    expect(await scene.finished((await scene.placeOrder()) ?? '')).toMatchObject({ outcome: 'payment_failed' });

    // The cause is mended: a person has the order tried again, in the same process.
    scene.service.arm(HARMLESS);
    await scene.autoPay('accept');
    expect(await scene.finished((await scene.placeOrder()) ?? '')).toMatchObject({ outcome: 'fulfilled' });
    expect(await scene.send(id, 'retry')).toBe(202);
    expect(await scene.finished(id)).toMatchObject({ outcome: 'fulfilled' });
    const effects = await effectsOf(scene.sandbox.url, id);
    expect(violations(effects)).toEqual([]);
    expect(effects).toMatchObject({ captured: 1, shipped: 1 });
    expect(scene.service.running).toBe(true);
  });
});
