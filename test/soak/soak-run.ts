import { OrderStatus } from '../../src/orders/machine/order/order-status.js';
import { CrashScene } from '../crash/crash-scene.js';
import { effectsByOrder, violations } from '../support/ledger-audit.js';
import { SeededRandom } from '../support/seeded-random.js';
import { ServiceDiedError } from '../support/service-process.js';
import { StoreAudit } from '../support/store-audit.js';
import { waitUntil } from '../support/wait-until.js';
import { SoakCustomer } from './soak-customer.js';

export interface SoakOptions {
  readonly kills: number;
  /** How many place orders at the same time. */
  readonly customers: number;
  /** Of the instants and of what the customers do. The instruction a kill meets cannot be repeated. */
  readonly seed: number;
  readonly progress?: (line: string) => void;
}

export interface SoakReport {
  readonly seed: number;
  /** `rising`: killed between opening the database and listening with its work taken up, that is while it recovers. */
  readonly kills: { readonly rising: number; readonly serving: number };
  readonly orders: number;
  readonly acknowledged: number;
  /** Callbacks the service answered with 2xx. */
  readonly callbacks: number;
  readonly outcomes: Readonly<Record<string, number>>;
  /** How often a partner was asked again for an effect it had had. */
  readonly repeats: number;
  /** What was acknowledged and is nowhere. */
  readonly lost: readonly string[];
  readonly violations: readonly string[];
  readonly seconds: number;
}

const PAYMENT_TIMEOUT_MS = 2_000;
/** Share of the kills that come while the service is still rising; the instants are spread over these times. */
const RISING_SHARE = 0.5;
const RISING_MS = 250;
const SERVING_MS = 2_000;
const DRAIN_MS = 180_000;

const OPEN_STATUSES = Object.values(OrderStatus).filter((status) => status !== OrderStatus.Completed);

/**
 * Kills the service with SIGKILL at random instants while customers order, starts it again each time, drives every order
 * to its end, and asks the partners' ledgers and the database's own rows what came of it.
 */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const started = performance.now();
  const random = new SeededRandom(options.seed);
  const scene = await CrashScene.open({
    LOG_LEVEL: 'error',
    PAYMENT_TIMEOUT_MS: String(PAYMENT_TIMEOUT_MS),
    INCIDENT_TIMEOUT_MS: '3000',
  });
  try {
    const customers = Array.from(
      { length: options.customers },
      (_, index) => new SoakCustomer(scene, new SeededRandom(options.seed + index + 1)),
    );
    await scene.boot();
    const shopping = customers.map((customer) => customer.run());
    const kills = await strike(scene, random, options);
    for (const customer of customers) customer.stop();
    await Promise.all(shopping);
    const acknowledged = customers.flatMap((customer) => customer.acknowledged);
    return {
      seed: options.seed,
      kills,
      ...(await audit(scene, acknowledged)),
      seconds: Math.round((performance.now() - started) / 1_000),
    };
  } finally {
    await scene.close();
  }
}

async function strike(scene: CrashScene, random: SeededRandom, options: SoakOptions): Promise<SoakReport['kills']> {
  const kills = { rising: 0, serving: 0 };
  const total = (): number => kills.rising + kills.serving;
  while (total() < options.kills) {
    if (random.chance(RISING_SHARE)) {
      kills[await strikeRising(scene, random.below(RISING_MS))] += 1;
    } else {
      if (!scene.service.running) await scene.boot();
      scene.prepare();
      // Squared: most lives are short, and a few are long enough for orders to pass.
      await new Promise((resolve) => setTimeout(resolve, random.below(1) ** 2 * SERVING_MS));
      await scene.service.kill();
      kills.serving += 1;
    }
    if (total() % 25 === 0) options.progress?.(`${total()} of ${options.kills} kills`);
  }
  await scene.boot();
  return kills;
}

/** @returns how far the service had come: a quick one is serving before it is struck. */
async function strikeRising(scene: CrashScene, afterMs: number): Promise<'rising' | 'serving'> {
  try {
    await (await scene.boot({ strikeAfterMs: afterMs })).died();
    return 'serving';
  } catch (error) {
    if (error instanceof ServiceDiedError && error.message.includes('SIGKILL')) return 'rising';
    throw error;
  }
}

async function audit(
  scene: CrashScene,
  acknowledged: readonly string[],
): Promise<Omit<SoakReport, 'seed' | 'kills' | 'seconds'>> {
  const toEnd = async (): Promise<true | null> => ((await scene.everyOrder(OPEN_STATUSES)).length === 0 ? true : null);
  await waitUntil('every order to end', toEnd, DRAIN_MS);
  const orders = await scene.everyOrder();
  const effects = await effectsByOrder(scene.sandbox.url);
  const delivered = (await scene.callbacks()).filter(({ state }) => state === 'delivered');
  await scene.service.kill();

  const known = new Set(orders.map(({ id }) => id));
  const rows = await StoreAudit.open(scene.database);
  try {
    const events = await rows.eventKeys();
    return {
      orders: orders.length,
      acknowledged: acknowledged.length,
      callbacks: delivered.length,
      outcomes: tally(orders.map(({ outcome }) => String(outcome))),
      repeats: [...effects.values()].reduce((sum, { repeats }) => sum + repeats, 0),
      lost: [
        ...acknowledged.filter((id) => !known.has(id)).map((id) => `order ${id}`),
        ...delivered
          .filter(({ orderId, webhookId }) => !events.has(`${orderId} webhook:${webhookId}`))
          .map(({ orderId, webhookId }) => `callback ${webhookId} of order ${orderId}`),
      ],
      violations: [
        ...(await rows.violations()),
        ...[...effects].flatMap(([id, each]) => violations(each).map((what) => `${id}: ${what}`)),
        ...[...effects.keys()]
          .filter((id) => !known.has(id))
          .map((id) => `${id}: partners know it, the service does not`),
      ],
    };
  } finally {
    await rows.close();
  }
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
