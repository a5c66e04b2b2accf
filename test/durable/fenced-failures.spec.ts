import { RetryableError } from '../../src/durable/index.js';
import { settle } from '../../src/durable/testing.js';
import { LEASE_MS, NodeScene, POLL_MS, type SceneNode } from './node-scene.js';

const STALL_MS = 1.28 * LEASE_MS;
const ID = 'errand-0-0';
const refusal = new RetryableError('partner_timeout', 'No answer in time.');

describe('The result of a call that its node may not own any more (G3, G11)', () => {
  let scene: NodeScene;
  let first: SceneNode;
  let second: SceneNode;

  beforeEach(async () => {
    scene = new NodeScene();
    await scene.boot(2);
    [first, second] = [scene.nodes[0]!, scene.nodes[1]!];
    await scene.clock.advance(2 * LEASE_MS);
    await first.harness.handles.start(undefined, { id: ID });
    await settle();
  });
  afterEach(() => scene.stop());

  const status = async () => (await scene.store.loadActor(ID))?.status;
  const owner = () => [...scene.store.tasks.values()][0]?.ownerNode;
  const nodeId = ({ harness }: SceneNode) => harness.runtime.nodeId;
  const end = (node: SceneNode, how: 'completed' | 'failed') =>
    how === 'completed' ? node.partner.succeed('done') : node.partner.fail(refusal);

  /** Ways of the task to its owner, with the node that then ends its call. */
  const OWNED: Record<string, () => Promise<unknown>> = {
    'this node, all the time': () => Promise.resolve(),
    'this node, after an outage': () => scene.outage(1.2 * LEASE_MS),
    'this node, after it was forgotten': async () => {
      second.clock.stall(LEASE_MS);
      scene.store.nodes.delete(nodeId(first));
      await scene.clock.advance(LEASE_MS / 2);
    },
    'another node': async () => {
      first.clock.stall(STALL_MS);
      await scene.clock.advance(STALL_MS + POLL_MS);
      expect(owner()).toBe(nodeId(second));
    },
    'another node, which resumed its actor': async () => {
      const by = { by: 'clerk', reason: 'look at it' };
      await first.harness.handles.suspend(ID, by);
      await second.harness.handles.resume(ID, by);
      await settle();
      expect(owner()).toBe(nodeId(second));
    },
    nobody: async () => {
      first.clock.stall(STALL_MS);
      second.clock.stall(2 * LEASE_MS);
      await scene.clock.advance(STALL_MS - 1);
      scene.store.nodes.delete(nodeId(first));
      for (const [key, task] of scene.store.tasks) scene.store.tasks.set(key, { ...task, ownerNode: null });
    },
  };

  it.each(Object.keys(OWNED))('counts when it is a success, though the task belongs to %s', async (which) => {
    await OWNED[which]!();
    end(first, 'completed');
    await settle();
    await scene.clock.advance(2_000);
    expect(await status()).toBe('answered');
  });

  it.each(Object.keys(OWNED).filter((each) => each.startsWith('this node')))(
    'counts when it is a failure and the task belongs to %s',
    async (which) => {
      await OWNED[which]!();
      end(first, 'failed');
      await settle();
      await scene.clock.advance(2_000);
      expect(await status()).toBe('stranded');
    },
  );

  it.each(
    Object.keys(OWNED)
      .filter((each) => each.startsWith('another node'))
      .flatMap((which) => (['completed', 'failed'] as const).map((how) => ({ which, how }))),
  )(
    'does not count when it is a failure and the task belongs to $which, whose own result counts: $how',
    async ({ which, how }) => {
      await OWNED[which]!();
      end(first, 'failed');
      await settle();
      await scene.clock.advance(2_000);
      expect([await status(), owner()]).toEqual(['asking', nodeId(second)]);
      end(second, how);
      await settle();
      expect(await status()).toBe(how === 'completed' ? 'answered' : 'stranded');
    },
  );

  it("does not count when it is a failure and the task is nobody's: the call is made again", async () => {
    await OWNED['nobody']!();
    end(first, 'failed');
    await settle();
    expect(await status()).toBe('asking');
    await scene.clock.advance(LEASE_MS);
    expect([await status(), scene.calls]).toEqual(['asking', 2]);
  });

  it('does not count when it is a failure that waited for a store that was away, and the task was taken meanwhile', async () => {
    scene.cutOff.add(0);
    end(first, 'failed');
    await scene.clock.advance(1.5 * LEASE_MS);
    expect(owner()).toBe(nodeId(second));
    scene.cutOff.clear();
    await scene.clock.advance(2 * POLL_MS);
    expect(await status()).toBe('asking');
    end(second, 'completed');
    await settle();
    expect(await status()).toBe('answered');
  });

  it.each([2, 4, 8, 12.8, 30])(
    'is no timeout because its node stood still for %s s of a call of 10 s',
    async (seconds) => {
      const alone = new NodeScene();
      const node = await alone.bootOne(10_000);
      await node.harness.handles.start(undefined, { id: ID });
      await alone.clock.advance(5_000);
      node.clock.stall(seconds * 1_000);
      await alone.clock.advance(seconds * 1_000 + 1);
      // What came meanwhile is read after the timers.
      node.partner.succeed('done');
      await settle();
      expect((await alone.store.loadActor(ID))?.status).toBe('answered');
      await alone.stop();
    },
  );

  it('is a timeout when the partner had its time, before and after a stall', async () => {
    const alone = new NodeScene();
    const node = await alone.bootOne(10_000);
    await node.harness.handles.start(undefined, { id: ID });
    await alone.clock.advance(5_000);
    node.clock.stall(20_000);
    await alone.clock.advance(20_000 + 4_000);
    expect((await alone.store.loadActor(ID))?.status).toBe('asking');
    await alone.clock.advance(2_001);
    expect((await alone.store.loadActor(ID))?.status).toBe('stranded');
    await alone.stop();
  });
});
