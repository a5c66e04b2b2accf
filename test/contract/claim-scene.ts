/** Nodes and tasks for the contract of claims. Leases go by the database's time where there is one. */
import type { ClaimRequest, DurableStore, TaskRecord } from '../../src/durable/store.js';
import { aCommit, anActor, aTask, newId, nextTurn, T0 } from './record-fixture.js';

const LEASE_MS = 3_600_000;
const FOR_EVER = Number.MAX_SAFE_INTEGER;

/** What claims need of a store. */
export type ClaimStore = Pick<
  DurableStore,
  | 'commit'
  | 'loadActor'
  | 'claimDueTasks'
  | 'nextDueAt'
  | 'tasksOf'
  | 'tasksHeldBy'
  | 'registerNode'
  | 'renewNode'
  | 'removeNode'
  | 'databaseTime'
>;

export const ids = (tasks: readonly TaskRecord[]): string[] => tasks.map(({ taskId }) => taskId);

/** Call it where tests are described. */
export function claimScene(store: () => ClaimStore) {
  const times = { now: 0, later: 0 };
  beforeAll(async () => {
    times.now = (await store().databaseTime()) ?? T0 + 1000;
    times.later = times.now + LEASE_MS;
  });

  /** Tasks of an actor of their own. */
  const addTasks = async (...tasks: Partial<TaskRecord>[]): Promise<TaskRecord[]> => {
    const actor = anActor();
    const added = tasks.map((task) => aTask(actor.actorId, task));
    await store().commit([aCommit(actor, { addTasks: added })]);
    return added;
  };
  /** Registers a fresh node. */
  const node = async (aliveUntil = times.later): Promise<string> => {
    const nodeId = newId();
    await store().registerNode(nodeId, aliveUntil);
    return nodeId;
  };
  /** A node whose lease has run out, still registered. */
  const lapsed = (): Promise<string> => node(times.now - 1);
  const removed = async (): Promise<string> => {
    const nodeId = await node();
    await store().removeNode(nodeId);
    return nodeId;
  };
  const claim = (nodeId: string, limit = 1000, more: Partial<ClaimRequest> = {}): Promise<TaskRecord[]> =>
    store().claimDueTasks({ nodeId, now: times.now, limit, fromLostNodes: true, ...more });

  /** Claims see every task of the database: each test starts with none that is free. */
  const sweep = async (): Promise<void> => {
    const sweeper = await node(FOR_EVER);
    const found = await claim(sweeper, 100_000, { now: FOR_EVER - 1 });
    for (const actorId of new Set(found.map((task) => task.actorId))) {
      const actor = await store().loadActor(actorId);
      const removeTaskIds = ids(await store().tasksOf(actorId));
      await store().commit([aCommit(nextTurn(actor!), { removeTaskIds })]);
    }
    await store().removeNode(sweeper);
  };
  return { times, addTasks, node, lapsed, removed, claim, sweep };
}
