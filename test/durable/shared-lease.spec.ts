import { settle } from '../../src/durable/testing.js';
import { CALL_MS, LEASE_MS, NodeScene, POLL_MS } from './node-scene.js';

const PER_NODE = 4;
const SECOND = 1_000;

describe('Three nodes on one store (G7, G11)', () => {
  let scene: NodeScene;

  beforeEach(async () => {
    scene = new NodeScene();
    await scene.boot(3);
    // Long enough for each to judge the others.
    await scene.clock.advance(2 * LEASE_MS);
  });
  afterEach(() => scene.stop());

  const statuses = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await scene.store.loadActor(id))?.status));

  it.each([1, 5, 9, 10, 11, 12, 15, 20, 30])(
    'that is away for %s s take no call from each other: none has died',
    async (seconds) => {
      const ids = await scene.startErrands(PER_NODE);
      await scene.outage(seconds * SECOND);
      await scene.clock.advance(CALL_MS - seconds * SECOND - 1);
      expect([scene.calls, new Set(scene.deliveries)]).toEqual([ids.length, new Set([1])]);
      for (const { partner } of scene.nodes) for (let n = 0; n < PER_NODE; n += 1) partner.succeed('done');
      await settle();
      expect(new Set(await statuses(ids))).toEqual(new Set(['answered']));
    },
  );

  it.each([1, 2, 3, 5])('that is away %s times in a row take no call from each other', async (outages) => {
    const ids = await scene.startErrands(PER_NODE);
    for (let outage = 0; outage < outages; outage += 1) {
      await scene.outage(1.2 * LEASE_MS);
      await scene.clock.advance(20);
    }
    expect([scene.calls, new Set(scene.deliveries)]).toEqual([ids.length, new Set([1])]);
  });

  it.each([1, 2, 4, 6])(
    'that reach the store again %s s after each other take no call from each other',
    async (seconds) => {
      const ids = await scene.startErrands(PER_NODE);
      for (const node of [0, 1, 2]) scene.cutOff.add(node);
      await scene.clock.advance(1.2 * LEASE_MS);
      for (const node of [0, 1, 2]) {
        scene.cutOff.delete(node);
        await scene.clock.advance(seconds * SECOND);
      }
      await scene.clock.advance(LEASE_MS);
      const isWithinLease = 2 * seconds * SECOND < LEASE_MS;
      if (isWithinLease) expect([scene.calls, new Set(scene.deliveries)]).toEqual([ids.length, new Set([1])]);
      expect(Math.max(...scene.deliveries)).toBeLessThanOrEqual(2);
    },
  );

  it('that came up while the store was away for the others take nothing from them', async () => {
    const ids = await scene.startErrands(PER_NODE);
    scene.isAway = true;
    await scene.clock.advance(1.2 * LEASE_MS);
    scene.isAway = false;
    await scene.bootOne();
    await scene.clock.advance(2 * LEASE_MS);
    expect([scene.calls, new Set(scene.deliveries)]).toEqual([ids.length, new Set([1])]);
  });

  it('take over the calls of one that died, once, when its lease has run out', async () => {
    const ids = await scene.startErrands(PER_NODE);
    const dead = scene.nodes.shift()!;
    const { nodeId } = dead.harness.runtime;
    const lease = scene.store.nodes.get(nodeId)!;
    dead.harness.kill();
    scene.store.nodes.set(nodeId, lease);
    await scene.clock.advance(LEASE_MS + POLL_MS);
    expect(scene.calls).toBe(ids.length);
    expect([...scene.deliveries].sort()).toEqual([...ids].map((_, n) => (n < ids.length - PER_NODE ? 1 : 2)));
    await scene.clock.advance(LEASE_MS);
    expect(scene.calls).toBe(ids.length);
  });

  it.each([1, 9, 11, 12.8, 20])(
    'of which one stands still for %s s share every call out to one of them, and count at most one delivery for it',
    async (seconds) => {
      const ids = await scene.startErrands(PER_NODE);
      const [sleeper] = scene.nodes;
      sleeper!.clock.stall(seconds * SECOND);
      await scene.clock.advance(seconds * SECOND + LEASE_MS);
      const isLost = seconds * SECOND > LEASE_MS;
      const expected = ids.map((_, n) => (isLost && n >= ids.length - PER_NODE ? 2 : 1));
      expect([...scene.deliveries].sort()).toEqual(expected);
      await scene.clock.advance(2 * LEASE_MS);
      expect([...scene.deliveries].sort()).toEqual(expected);
      expect(scene.store.nodes.size).toBe(3);
    },
  );

  it.each([0, 1, 2])('of which node %s is forgotten by the store register again, and lose nothing', async (at) => {
    const ids = await scene.startErrands(PER_NODE);
    const { nodeId } = scene.nodes[at]!.harness.runtime;
    scene.store.nodes.delete(nodeId);
    await scene.clock.advance(LEASE_MS);
    expect(scene.store.nodes.has(nodeId)).toBe(true);
    expect(Math.max(...scene.deliveries)).toBeLessThanOrEqual(2);
    const taken = scene.calls - ids.length;
    expect(taken).toBe(scene.deliveries.filter((each) => each === 2).length);
  });
});
