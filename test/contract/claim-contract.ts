import { aCommit, anActor, aTask, newId, nextTurn, T0 } from './record-fixture.js';
import type { DurableStore, TaskRecord } from '../../src/durable/store.js';
import type { StoreUnderTest } from './durable-store-contract.js';

const NOW = T0 + 1000;
const LATER = NOW + 60_000;

async function addTasks(store: DurableStore, ...tasks: Partial<TaskRecord>[]): Promise<TaskRecord[]> {
  const actor = anActor();
  const added = tasks.map((task) => aTask(actor.actorId, task));
  await store.commit([aCommit(actor, { addTasks: added })]);
  return added;
}

const ids = (tasks: readonly TaskRecord[]): string[] => tasks.map(({ taskId }) => taskId);

export function describeClaims(store: StoreUnderTest): void {
  /** Registers a fresh node, alive until LATER unless told otherwise. */
  async function node(aliveUntil = LATER): Promise<string> {
    const nodeId = newId();
    await store().registerNode(nodeId, aliveUntil);
    return nodeId;
  }
  const claim = (nodeId: string, limit = 1000, now = NOW) => store().claimDueTasks({ nodeId, now, limit });

  describe('tasks (G7)', () => {
    // Claims see every task of the database: each test starts with none that is free.
    beforeEach(async () => {
      const sweeper = await node();
      const found = await claim(sweeper, 100_000, Number.MAX_SAFE_INTEGER - 1);
      for (const actorId of new Set(found.map((task) => task.actorId))) {
        const actor = await store().loadActor(actorId);
        const removeTaskIds = ids(await store().tasksOf(actorId));
        await store().commit([aCommit(nextTurn(actor!), { removeTaskIds })]);
      }
      await store().removeNode(sweeper);
    });

    it('due tasks are claimed oldest first; the claim sets the owner and counts the delivery', async () => {
      const [late, early, future] = await addTasks(
        store(),
        { dueAt: NOW },
        { dueAt: NOW - 500, deliveries: 3 },
        { dueAt: NOW + 1 },
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
      const tasks = await addTasks(store(), { dueAt: NOW }, { dueAt: NOW - 2 }, { dueAt: NOW - 1 });
      const nodeId = await node();
      expect(ids(await claim(nodeId, 2))).toEqual([tasks[1]!.taskId, tasks[2]!.taskId]);
      expect(ids(await claim(nodeId, 2))).toEqual([tasks[0]!.taskId]);
      expect(await claim(nodeId, 2)).toEqual([]);
    });

    it('a task that a living node owns is not claimed, not even by that node', async () => {
      const nodeId = await node();
      await addTasks(store(), { ownerNode: nodeId });
      expect(await claim(nodeId)).toEqual([]);
    });

    it('a task of an unregistered node can be claimed', async () => {
      const [task] = await addTasks(store(), { ownerNode: `ghost-${newId()}`, deliveries: 1 });
      expect(await store().nextDueAt()).toBe(task!.dueAt);
      const nodeId = await node();
      expect(await claim(nodeId)).toStrictEqual([{ ...task, ownerNode: nodeId, deliveries: 2 }]);
    });

    it('the tasks of an expired lease can be claimed, and their node cannot renew', async () => {
      const alive = await node();
      const [task] = await addTasks(store(), { ownerNode: alive });
      expect(await claim(newId(), 10, LATER)).toEqual([]);
      const heir = newId();
      expect(ids(await claim(heir, 10, LATER + 1))).toEqual([task!.taskId]);
      expect(await store().renewNode(alive, LATER + 60_000)).toBe(false);
    });

    it('a node that lost its lease may claim its own tasks again, and that is no delivery: nothing died', async () => {
      const nodeId = await node();
      const [task] = await addTasks(store(), { ownerNode: nodeId, deliveries: 2 });
      expect(await claim(nodeId, 10, LATER + 1)).toStrictEqual([{ ...task, deliveries: 2 }]);
    });

    it('a node that renews its lease in time keeps its tasks', async () => {
      const nodeId = await node(NOW);
      await addTasks(store(), { ownerNode: nodeId });
      expect(await store().renewNode(nodeId, LATER)).toBe(true);
      expect(await claim(newId(), 10, NOW + 1)).toEqual([]);
      expect(await store().renewNode(nodeId, LATER)).toBe(true);
    });

    it('a node gets exactly the tasks that it owns', async () => {
      const nodeId = await node();
      const [held] = await addTasks(store(), { ownerNode: nodeId, deliveries: 2 });
      await addTasks(store(), { ownerNode: newId() });
      await addTasks(store());
      expect(await store().tasksHeldBy(nodeId)).toStrictEqual([held]);
      expect(await store().tasksHeldBy(newId())).toEqual([]);
    });

    it('removing a node frees its tasks at once, does not count their delivery, and ends its lease', async () => {
      const leaving = await node();
      const [task] = await addTasks(store(), { ownerNode: leaving, deliveries: 1 });
      await store().removeNode(leaving);
      expect(await store().tasksOf(task!.actorId)).toStrictEqual([{ ...task, ownerNode: null, deliveries: 0 }]);
      expect(await store().nextDueAt()).toBe(task!.dueAt);
      expect(await store().renewNode(leaving, LATER)).toBe(false);
      expect(ids(await claim(await node()))).toEqual([task!.taskId]);
    });

    it('concurrent claims never share a task', async () => {
      const nodeId = await node();
      await addTasks(store(), ...Array.from({ length: 100 }, (_, n) => ({ dueAt: NOW - n })));
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
      await addTasks(store(), { dueAt: NOW - 9, ownerNode: nodeId }, { dueAt: LATER * 100 }, { dueAt: LATER + 7 });
      expect(await store().nextDueAt()).toBe(LATER + 7);
    });
  });

  describe('nodes (G7)', () => {
    it('a node that was never registered cannot renew', async () => {
      expect(await store().renewNode(newId(), LATER)).toBe(false);
    });

    it('a node may be registered again and removed twice', async () => {
      const nodeId = await node();
      await store().registerNode(nodeId, LATER + 1);
      expect(await store().renewNode(nodeId, LATER)).toBe(true);
      await store().removeNode(nodeId);
      await expect(store().removeNode(nodeId)).resolves.toBeUndefined();
    });
  });
}
