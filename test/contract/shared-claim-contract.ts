import { newId } from './record-fixture.js';
import { claimScene, type ClaimStore, ids } from './claim-scene.js';

/** What claims do when several nodes share a store. */
export function describeSharedClaims(store: () => ClaimStore): void {
  const { addTasks, node, lapsed, claim, sweep, times } = claimScene(store);

  describe('tasks of several nodes (G7)', () => {
    beforeEach(sweep);

    it('the tasks of an expired lease can be claimed, and their node cannot renew', async () => {
      const gone = await node();
      const [task] = await addTasks({ ownerNode: gone, deliveries: 1 });
      const heir = await node();
      expect(await claim(heir)).toEqual([]);
      expect(await store().renewNode(gone, times.now - 1)).toBe(true);
      expect(await claim(heir)).toStrictEqual([{ ...task, ownerNode: heir, deliveries: 2 }]);
      expect(await store().renewNode(gone, times.later)).toBe(false);
    });

    it('a claim that asks for nothing of lost nodes leaves them their tasks and their rows, and takes what is free', async () => {
      const late = await lapsed();
      const [held, free, orphan] = await addTasks(
        { ownerNode: late, deliveries: 1 },
        {},
        { ownerNode: `ghost-${newId()}` },
      );
      const nodeId = await node();
      const claimed = ids(await claim(nodeId, 10, { fromLostNodes: false }));
      expect([...claimed].sort()).toEqual([free!.taskId, orphan!.taskId].sort());
      expect(await store().tasksHeldBy(late)).toStrictEqual([held]);
      expect(await store().renewNode(late, times.later)).toBe(true);
    });

    it('a node whose lease ran out unnoticed holds its tasks on as soon as it renews', async () => {
      const nodeId = await lapsed();
      const [task] = await addTasks({ ownerNode: nodeId, deliveries: 2 });
      expect(await store().renewNode(nodeId, times.later)).toBe(true);
      expect(await claim(await node())).toEqual([]);
      expect(await store().tasksHeldBy(nodeId)).toStrictEqual([task]);
    });

    it('a node that registers again holds what no other node has taken meanwhile', async () => {
      const nodeId = await lapsed();
      const [taken, left] = await addTasks(
        { ownerNode: nodeId, deliveries: 1, dueAt: times.now - 9 },
        { ownerNode: nodeId, deliveries: 1, dueAt: times.now },
      );
      const heir = await node();
      expect(ids(await claim(heir, 1))).toEqual([taken!.taskId]);
      expect(await store().renewNode(nodeId, times.later)).toBe(false);
      await store().registerNode(nodeId, times.later);
      const held = [...(await store().tasksHeldBy(nodeId)), ...(await claim(nodeId, 10, { running: [left!] }))];
      expect(held).toStrictEqual([{ ...left, ownerNode: nodeId, deliveries: 1 }]);
    });

    it('a node that renews its lease in time keeps its tasks', async () => {
      const nodeId = await node(times.now - 1);
      await addTasks({ ownerNode: nodeId });
      expect(await store().renewNode(nodeId, times.later)).toBe(true);
      expect(await claim(await node())).toEqual([]);
      expect(await store().renewNode(nodeId, times.later)).toBe(true);
    });

    it.each<['claims' | 'takes nothing', (nodeId: string) => Promise<unknown>]>([
      ['takes nothing', () => Promise.resolve()],
      ['claims', (nodeId) => store().registerNode(nodeId, times.later)],
    ])('a node without a lease %s of a lost node only after it is registered', async (what, prepare) => {
      const late = await lapsed();
      const [task] = await addTasks({ ownerNode: late, deliveries: 1 });
      const nodeId = newId();
      await prepare(nodeId);
      expect(ids(await claim(nodeId))).toEqual(what === 'claims' ? [task!.taskId] : []);
      expect(await store().renewNode(late, times.now - 1)).toBe(what === 'takes nothing');
    });
  });
}
