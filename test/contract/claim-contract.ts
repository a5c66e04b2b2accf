import { newId } from './record-fixture.js';
import { claimScene, type ClaimStore, ids } from './claim-scene.js';
import type { TaskRecord } from '../../src/durable/store.js';

/** What a claim does for one node; with several see shared-claim-contract.ts. */
export function describeClaims(store: () => ClaimStore): void {
  const { addTasks, node, lapsed, removed, claim, sweep, times } = claimScene(store);

  describe('tasks (G7)', () => {
    beforeEach(sweep);

    it('due tasks are claimed oldest first; the claim sets the owner and counts the delivery', async () => {
      const [late, early, future] = await addTasks(
        { dueAt: times.now },
        { dueAt: times.now - 500, deliveries: 3 },
        { dueAt: times.now + 1 },
      );
      const nodeId = await node();
      const claimed = await claim(nodeId);
      expect(claimed).toStrictEqual([
        { ...early, ownerNode: nodeId, deliveries: 4 },
        { ...late, ownerNode: nodeId, deliveries: 1 },
      ]);
      const stored = await store().tasksOf(late!.actorId);
      expect(stored).toStrictEqual([...claimed, future]);
    });

    it('a claim takes the oldest tasks up to its limit', async () => {
      const tasks = await addTasks({ dueAt: times.now }, { dueAt: times.now - 2 }, { dueAt: times.now - 1 });
      const nodeId = await node();
      expect(ids(await claim(nodeId, 2))).toEqual([tasks[1]!.taskId, tasks[2]!.taskId]);
      expect(ids(await claim(nodeId, 2))).toEqual([tasks[0]!.taskId]);
      expect(await claim(nodeId, 2)).toEqual([]);
    });

    it('a task that a living node owns is not claimed, not even by that node', async () => {
      const nodeId = await node();
      await addTasks({ ownerNode: nodeId });
      expect(await claim(nodeId)).toEqual([]);
    });

    it('a task of an unregistered node can be claimed', async () => {
      const [task] = await addTasks({ ownerNode: `ghost-${newId()}`, deliveries: 1 });
      expect(await store().nextDueAt()).toBe(task!.dueAt);
      const nodeId = await node();
      expect(await claim(nodeId)).toStrictEqual([{ ...task, ownerNode: nodeId, deliveries: 2 }]);
    });

    it.each<[string, () => Promise<string>]>([
      ['was never registered', () => Promise.resolve(newId())],
      ['was removed', removed],
      ['has a lease that ran out', lapsed],
    ])('a node that %s claims nothing, and no delivery is counted, until it is registered again', async (_, make) => {
      const nodeId = await make();
      const tasks = await addTasks(
        { deliveries: 1 },
        { ownerNode: `ghost-${newId()}`, deliveries: 1 },
        { ownerNode: nodeId, deliveries: 1 },
      );
      for (const fromLostNodes of [true, false]) expect(await claim(nodeId, 10, { fromLostNodes })).toEqual([]);
      const kept = await store().tasksOf(tasks[0]!.actorId);
      expect(kept.map(({ deliveries }) => deliveries)).toEqual([1, 1, 1]);
      await store().registerNode(nodeId, times.later);
      expect((await claim(nodeId, 10)).length).toBeGreaterThanOrEqual(2);
    });

    it('to claim again what runs in the same process is no delivery, and to claim anything else is one', async () => {
      const [mine, other] = await addTasks({ deliveries: 2 }, { deliveries: 2 });
      const nodeId = await node();
      const claimed = await claim(nodeId, 10, { running: [{ actorId: mine!.actorId, taskId: mine!.taskId }] });
      const deliveriesOf = (task: TaskRecord | undefined) =>
        claimed.find(({ taskId }) => taskId === task?.taskId)?.deliveries;
      expect([deliveriesOf(mine), deliveriesOf(other)]).toEqual([2, 3]);
    });

    it('a node gets exactly the tasks that it owns', async () => {
      const nodeId = await node();
      const [held] = await addTasks({ ownerNode: nodeId, deliveries: 2 });
      await addTasks({ ownerNode: newId() });
      await addTasks({});
      expect(await store().tasksHeldBy(nodeId)).toStrictEqual([held]);
      expect(await store().tasksHeldBy(newId())).toEqual([]);
    });

    it('removing a node frees its tasks at once, does not count their delivery, and ends its lease', async () => {
      const leaving = await node();
      const [task] = await addTasks({ ownerNode: leaving, deliveries: 1 });
      await store().removeNode(leaving);
      expect(await store().tasksOf(task!.actorId)).toStrictEqual([{ ...task, ownerNode: null, deliveries: 0 }]);
      expect(await store().nextDueAt()).toBe(task!.dueAt);
      expect(await store().renewNode(leaving, times.later)).toBe(false);
      expect(ids(await claim(await node()))).toEqual([task!.taskId]);
    });

    it('concurrent claims never share a task', async () => {
      const nodeId = await node();
      await addTasks(...Array.from({ length: 100 }, (_, n) => ({ dueAt: times.now - n })));
      const hands = await Promise.all(Array.from({ length: 8 }, () => claim(nodeId, 20)));
      const all = hands.flat();
      expect(new Set(ids(all)).size).toBe(all.length);
      const rest = await claim(nodeId);
      expect(all.length + rest.length).toBe(100);
      expect([...all, ...rest].every(({ deliveries }) => deliveries === 1)).toBe(true);
    });

    it('the store says when the next unowned task is due', async () => {
      expect(await store().nextDueAt()).toBeNull();
      const nodeId = await node();
      await addTasks(
        { dueAt: times.now - 9, ownerNode: nodeId },
        { dueAt: times.later * 100 },
        { dueAt: times.later + 7 },
      );
      expect(await store().nextDueAt()).toBe(times.later + 7);
    });
  });

  describe('nodes (G7)', () => {
    it('a node that was never registered cannot renew', async () => {
      expect(await store().renewNode(newId(), times.later)).toBe(false);
    });

    it('a node may be registered again and removed twice', async () => {
      const nodeId = await node();
      await store().registerNode(nodeId, times.later + 1);
      expect(await store().renewNode(nodeId, times.later)).toBe(true);
      await store().removeNode(nodeId);
      await expect(store().removeNode(nodeId)).resolves.toBeUndefined();
    });
  });
}
