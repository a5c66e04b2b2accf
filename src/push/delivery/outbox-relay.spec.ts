import { silentLogger } from '../../durable/index.js';
import { settle, VirtualClock } from '../../durable/testing.js';
import { OutboxRelay } from './outbox-relay.js';

const POLL_MS = 2_000;

/** A store with an empty outbox. The test enables and disables its endpoints. */
class QuietStore {
  enabled = false;
  rounds = 0;
  reads = 0;

  listEndpoints = () => {
    this.reads += 1;
    return Promise.resolve([{ disabledAt: this.enabled ? null : 1 }, { disabledAt: 1 }]);
  };

  relay = () => {
    this.rounds += 1;
    return Promise.resolve(0);
  };

  forgetDeliveries = () => Promise.resolve(0);
  nextDeliveryAt = () => Promise.resolve(null);
}

describe('The relay of the outbox', () => {
  let clock: VirtualClock;
  let store: QuietStore;
  let relay: OutboxRelay;
  beforeEach(async () => {
    clock = new VirtualClock();
    store = new QuietStore();
    relay = new OutboxRelay({
      clock,
      logger: silentLogger,
      store: store as never, // has the methods that the relay calls
      push: { webhooks: { retentionMs: 1 }, source: () => '' } as never, // has the fields that the relay reads
      dispatcher: { dispatch: () => Promise.resolve(), stop: () => Promise.resolve() } as never,
    });
    relay.start();
    await settle();
    store.rounds = 0;
    store.reads = 0;
  });
  afterEach(() => relay.stop());

  const commit = async (times: number) => {
    for (let n = 0; n < times; n += 1) {
      relay.committed();
      await settle();
    }
  };

  it('does not query the database after a commit while no endpoint is enabled, but every two seconds', async () => {
    await commit(50);
    expect([store.rounds, store.reads]).toEqual([0, 0]);
    await clock.advance(3 * POLL_MS);
    expect([store.rounds, store.reads]).toEqual([3, 3]);
  });

  it('works after every commit once this process has registered an endpoint', async () => {
    store.enabled = true;
    relay.endpointsChanged();
    await settle();
    store.rounds = 0;
    await commit(5);
    expect(store.rounds).toBe(5);
  });

  it('notices within two seconds that another process registered or disabled an endpoint', async () => {
    store.enabled = true;
    await clock.advance(POLL_MS);
    store.rounds = 0;
    await commit(5);
    expect(store.rounds).toBe(5);
    store.enabled = false;
    await clock.advance(POLL_MS);
    store.rounds = 0;
    await commit(5);
    expect(store.rounds).toBe(0);
  });
});
