import { StoreUnavailableError } from '../model/durable-errors.js';
import { silentLogger } from '../model/logger.port.js';
import { MemoryStore } from '../testing/memory-store.js';
import { settle, VirtualClock } from '../testing/virtual-clock.js';
import { NodeLease } from './node-lease.js';

/** Fails at the first so many times that a node signs off. */
class RefusingStore extends MemoryStore {
  constructor(private failures: number) {
    super();
  }

  override removeNode(nodeId: string): Promise<void> {
    this.failures -= 1;
    return this.failures >= 0 ? Promise.reject(new Error('The answer was lost.')) : super.removeNode(nodeId);
  }
}

describe('A node that signs off', () => {
  it.each([
    { failures: 0, isStillKnown: false },
    { failures: 1, isStillKnown: false },
    { failures: 2, isStillKnown: true },
  ])('tries twice, and ends whatever the store says: %j', async ({ failures, isStillKnown }) => {
    const store = new RefusingStore(failures);
    const clock = new VirtualClock();
    const options = {
      store,
      clock,
      logger: silentLogger,
      nodeId: 'node-1',
      leaseMs: 12_000,
      maxClockOffsetMs: 1_000,
      onLost: () => undefined,
    };
    const lease = new NodeLease(options);
    await lease.start();
    await lease.stop();
    expect(await store.renewNode('node-1', clock.now() + 12_000)).toBe(isStillKnown);
  });
});

/** Away while told so. */
class AbsentStore extends MemoryStore {
  isAway = false;
  renewals = 0;

  override renewNode(nodeId: string, aliveUntil: number): Promise<boolean> {
    this.renewals += 1;
    if (this.isAway) return Promise.reject(new StoreUnavailableError('The store is away.'));
    return super.renewNode(nodeId, aliveUntil);
  }
}

describe('A lease (G7)', () => {
  const LEASE_MS = 10_000;
  const scene = async () => {
    const [store, clock] = [new AbsentStore(), new VirtualClock()];
    let lost = 0;
    const onLost = () => void (lost += 1);
    const options = { store, clock, logger: silentLogger, nodeId: 'n', leaseMs: LEASE_MS, maxClockOffsetMs: 1, onLost };
    const lease = new NodeLease(options);
    await lease.start();
    return { store, clock, lease, lost: () => lost };
  };

  it('is held from its start, and lets its node judge others after a whole lease', async () => {
    const { clock, lease } = await scene();
    const since = clock.now();
    expect([lease.heldSince, lease.mayJudgeOthers]).toEqual([since, false]);
    await clock.advance(LEASE_MS - 1);
    expect([lease.heldSince, lease.mayJudgeOthers]).toEqual([since, false]);
    await clock.advance(1);
    expect([lease.heldSince, lease.mayJudgeOthers]).toEqual([since, true]);
    await lease.stop();
  });

  it.each([1, 5, 8, 9, 10, 12, 30])('is renewed within a second after the store was away for %s s', async (seconds) => {
    const { store, clock, lease, lost } = await scene();
    await clock.advance(3 * LEASE_MS);
    const since = lease.heldSince;
    store.isAway = true;
    await clock.advance(seconds * 1_000);
    store.isAway = false;
    await clock.advance(1_000);
    expect(store.nodes.get('n')).toBeGreaterThan(clock.now() + LEASE_MS / 2);
    const isBroken = lease.heldSince !== since;
    if (seconds < 5) expect(isBroken).toBe(false);
    if (seconds >= 10) expect(isBroken).toBe(true);
    expect([lease.mayJudgeOthers, lost()]).toEqual([!isBroken, 0]);
    await clock.advance(LEASE_MS);
    expect(lease.mayJudgeOthers).toBe(true);
    await lease.stop();
  });

  it('is renewed at once for who needs it, by one call however many do', async () => {
    const { store, clock, lease } = await scene();
    clock.step(2 * LEASE_MS);
    expect(lease.heldSince).toBeNull();
    await Promise.all([lease.assure(), lease.assure(), lease.assure()]);
    expect([store.renewals, lease.heldSince]).toEqual([1, clock.now()]);
    await lease.assure();
    expect(store.renewals).toBe(1);
    await lease.stop();
  });

  it('cannot be had while the store is away, and who needs it is told', async () => {
    const { store, clock, lease } = await scene();
    clock.step(2 * LEASE_MS);
    store.isAway = true;
    await expect(lease.assure()).rejects.toBeInstanceOf(StoreUnavailableError);
    await lease.stop();
  });

  it('of a node that the store forgot is taken anew, once, and the node is told', async () => {
    const { store, clock, lease, lost } = await scene();
    expect(lease.wasLost).toBe(false);
    store.nodes.delete('n');
    await clock.advance(LEASE_MS / 3);
    expect([store.nodes.has('n'), lost(), lease.wasLost, lease.heldSince]).toEqual([true, 1, true, clock.now()]);
    await clock.advance(LEASE_MS);
    expect(lost()).toBe(1);
    await lease.stop();
  });

  it('is not taken anew by a node that has signed off', async () => {
    const { store, clock, lease } = await scene();
    clock.step(2 * LEASE_MS);
    const renewing = lease.assure();
    await lease.stop();
    await renewing;
    await settle();
    await clock.advance(LEASE_MS);
    expect(store.nodes.has('n')).toBe(false);
  });
});
