import { Logger } from '@nestjs/common';
import { anActor, aFact, aCommit } from '../../test/contract/record-fixture.js';
import { DurableHarness, MemoryStore, VirtualClock } from '../durable/testing.js';
import type { DurableHandle, DurableRuntime } from '../durable/index.js';
import { type ActorRecord } from '../durable/index.js';
import { activitiesOf } from '../../test/model/order-fixture.js';
import type { OrderMachine } from '../orders/machine/order/order-machine.js';
import { orderRegistration } from '../orders/order-registration.js';
import { OrderPruner } from './order-pruner.js';
import type { RetentionRules } from './retention-rules.js';

const DAY = 86_400_000;
const TWO_RUNS = 1_200_000;

describe('the retention of orders (G20)', () => {
  beforeAll(() => {
    Logger.overrideLogger(false);
  });
  afterAll(() => {
    Logger.overrideLogger(true);
  });
  let store: MemoryStore;
  let clock: VirtualClock;
  let runtime: DurableRuntime;
  let orders: DurableHandle<OrderMachine>;
  beforeEach(async () => {
    store = new MemoryStore();
    clock = new VirtualClock();
    ({ runtime, handles: orders } = await DurableHarness.start({
      store,
      clock,
      register: (node) => node.register(orderRegistration(activitiesOf(() => new Promise(() => undefined)))),
    }));
  });
  afterEach(() => runtime.stop(0));

  const ended = (daysAgo: number, overrides: Partial<ActorRecord> = {}): ActorRecord =>
    anActor({
      runtimeStatus: 'completed',
      completedAt: clock.now() - daysAgo * DAY,
      outcome: 'fulfilled',
      ...overrides,
    });
  const put = async (...actors: readonly ActorRecord[]): Promise<void> => {
    await store.commit(actors.map((actor) => aCommit(actor, { history: [aFact(actor.actorId, 1)] })));
  };
  const retention = (rules: RetentionRules): OrderPruner => new OrderPruner(orders, runtime, rules);

  it('purges an order by its outcome and its age, and never an open or failed one', async () => {
    const [young, old, failed, lost, terminated] = [
      ended(29),
      ended(31),
      ended(31, { outcome: 'failed' }),
      ended(91, { outcome: 'failed' }),
      ended(31, { outcome: null, runtimeStatus: 'terminated' }),
    ];
    const [broken, open] = [
      ended(400, { runtimeStatus: 'failed' }),
      anActor({ createdAt: clock.now() - 400 * DAY, completedAt: null }),
    ];
    await put(young, old, failed, lost, terminated, broken, open);
    const rules = { byOutcomeMs: { failed: 90 * DAY }, othersMs: 30 * DAY };
    expect(await retention(rules).prune()).toBe(3);
    expect(new Set(store.actors.keys())).toEqual(new Set([young, failed, broken, open].map(({ actorId }) => actorId)));
    expect(new Set(store.rows.map(({ actorId }) => actorId))).toEqual(new Set(store.actors.keys()));
    expect(await retention(rules).prune()).toBe(0);
  });

  it('purges any number of orders in pages, each in its own transaction', async () => {
    await put(...Array.from({ length: 250 }, (_, n) => ended(40 + n)));
    const pages: number[] = [];
    const purge = store.purge.bind(store);
    store.purge = (ids) => {
      pages.push(ids.length);
      return purge(ids);
    };
    expect(await retention({ byOutcomeMs: {}, othersMs: 30 * DAY }).prune()).toBe(250);
    expect(pages).toEqual([100, 100, 50]);
  });

  it('runs again and again until the service ends, and only when it is configured', async () => {
    const off = retention({ byOutcomeMs: {}, othersMs: null });
    off.onApplicationBootstrap();
    const on = retention({ byOutcomeMs: {}, othersMs: 30 * DAY });
    await put(ended(31));
    await clock.advance(TWO_RUNS);
    expect(store.actors.size).toBe(1);
    on.onApplicationBootstrap();
    await clock.advance(TWO_RUNS);
    expect(store.actors.size).toBe(0);
    await put(ended(31));
    await clock.advance(TWO_RUNS);
    expect(store.actors.size).toBe(0);
    await on.beforeApplicationShutdown();
    await put(ended(31));
    await clock.advance(TWO_RUNS);
    expect(store.actors.size).toBe(1);
    await off.beforeApplicationShutdown();
  });
});
