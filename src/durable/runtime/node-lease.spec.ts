import { silentLogger } from '../model/logger.port.js';
import { MemoryStore } from '../testing/memory-store.js';
import { VirtualClock } from '../testing/virtual-clock.js';
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
    const options = { store, clock, logger: silentLogger, nodeId: 'node-1', leaseMs: 12_000, maxClockOffsetMs: 1_000 };
    const lease = new NodeLease(options);
    await lease.start();
    await lease.stop();
    expect(await store.renewNode('node-1', clock.now() + 12_000)).toBe(isStillKnown);
  });
});
