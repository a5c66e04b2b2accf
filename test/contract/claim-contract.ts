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

    it('that are due are handed out oldest first, with their owner set and the delivery counted', async () => {
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

    it('are handed out up to the limit, the oldest ones', async () => {
      const tasks = await addTasks(store(), { dueAt: NOW }, { dueAt: NOW - 2 }, { dueAt: NOW - 1 });
      const nodeId = await node();
      expect(ids(await claim(nodeId, 2))).toEqual([tasks[1]!.taskId, tasks[2]!.taskId]);
      expect(ids(await claim(nodeId, 2))).toEqual([tasks[0]!.taskId]);
      expect(await claim(nodeId, 2)).toEqual([]);
    });

    it('that a live node holds are handed to nobody, itself included', async () => {
      const nodeId = await node();
      await addTasks(store(), { ownerNode: nodeId });
      expect(await claim(nodeId)).toEqual([]);
    });

    it('of a node that nobody announced are free', async () => {
      const [task] = await addTasks(store(), { ownerNode: `ghost-${newId()}`, deliveries: 1 });
      expect(await store().nextDueAt()).toBe(task!.dueAt);
      const nodeId = await node();
      expect(await claim(nodeId)).toStrictEqual([{ ...task, ownerNode: nodeId, deliveries: 2 }]);
    });

    it('of a node whose lease has run out are free, and that node is told so when it comes back', async () => {
      const alive = await node();
      const [task] = await addTasks(store(), { ownerNode: alive });
      expect(await claim(newId(), 10, LATER)).toEqual([]);
      const heir = newId();
      expect(ids(await claim(heir, 10, LATER + 1))).toEqual([task!.taskId]);
      expect(await store().renewNode(alive, LATER + 60_000)).toBe(false);
    });

    it('stay with a node that renews its lease in time', async () => {
      const nodeId = await node(NOW);
      await addTasks(store(), { ownerNode: nodeId });
      expect(await store().renewNode(nodeId, LATER)).toBe(true);
      expect(await claim(newId(), 10, NOW + 1)).toEqual([]);
      expect(await store().renewNode(nodeId, LATER)).toBe(true);
    });

    it('that a node holds are listed for it, and no others', async () => {
      const nodeId = await node();
      const [held] = await addTasks(store(), { ownerNode: nodeId, deliveries: 2 });
      await addTasks(store(), { ownerNode: newId() });
      await addTasks(store());
      expect(await store().tasksHeldBy(nodeId)).toStrictEqual([held]);
      expect(await store().tasksHeldBy(newId())).toEqual([]);
    });

    it('of a node that is removed are given back at once, without counting as delivered, and it cannot renew', async () => {
      const leaving = await node();
      const [task] = await addTasks(store(), { ownerNode: leaving, deliveries: 1 });
      await store().removeNode(leaving);
      expect(await store().tasksOf(task!.actorId)).toStrictEqual([{ ...task, ownerNode: null, deliveries: 0 }]);
      expect(await store().nextDueAt()).toBe(task!.dueAt);
      expect(await store().renewNode(leaving, LATER)).toBe(false);
      expect(ids(await claim(await node()))).toEqual([task!.taskId]);
    });

    it('are never shared by callers that claim at the same time', async () => {
      const nodeId = await node();
      await addTasks(store(), ...Array.from({ length: 100 }, (_, n) => ({ dueAt: NOW - n })));
      const hands = await Promise.all(Array.from({ length: 8 }, () => claim(nodeId, 20)));
      const all = hands.flat();
      expect(new Set(ids(all)).size).toBe(all.length);
      const rest = await claim(nodeId);
      expect(all.length + rest.length).toBe(100);
      expect([...all, ...rest].every(({ deliveries }) => deliveries === 1)).toBe(true);
    });

    it('say when the next one is due, of those nobody holds', async () => {
      expect(await store().nextDueAt()).toBeNull();
      const nodeId = await node();
      await addTasks(store(), { dueAt: NOW - 9, ownerNode: nodeId }, { dueAt: LATER * 100 }, { dueAt: LATER + 7 });
      expect(await store().nextDueAt()).toBe(LATER + 7);
    });
  });

  describe('nodes (G7)', () => {
    it('that were never announced cannot renew', async () => {
      expect(await store().renewNode(newId(), LATER)).toBe(false);
    });

    it('may be announced again, and removed twice', async () => {
      const nodeId = await node();
      await store().registerNode(nodeId, LATER + 1);
      expect(await store().renewNode(nodeId, LATER)).toBe(true);
      await store().removeNode(nodeId);
      await expect(store().removeNode(nodeId)).resolves.toBeUndefined();
    });
  });
}
