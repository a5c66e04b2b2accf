import { type DurableStore, STATS_LIMIT, type StoreStatsSource } from '../../src/durable/store.js';
import { anIncident } from './incident-contract.js';
import { aCommit, anActor, aTask, newId, T0 } from './record-fixture.js';

/** On a database of its own: it counts everything. */
export function describeStoreStats(
  open: () => Promise<{ readonly store: DurableStore; readonly stats: StoreStatsSource }>,
): void {
  it('open actors are counted by machine and status, and ended ones are not', async () => {
    const { store, stats } = await open();
    const place = (overrides: Parameters<typeof anActor>[0]) => aCommit(anActor(overrides));
    await store.commit([
      place({ status: 'AwaitingPayment' }),
      place({ status: 'AwaitingPayment' }),
      place({ status: 'AwaitingPayment', runtimeStatus: 'suspended' }),
      place({ status: 'Approving', machineId: 'return' }),
      place({ status: 'Completed', runtimeStatus: 'completed' }),
      place({ status: 'GettingProducts', runtimeStatus: 'terminated' }),
    ]);
    const { actors } = await stats.stats(T0);
    expect(actors).toHaveLength(3);
    expect(actors).toEqual(
      expect.arrayContaining([
        { machineId: 'order', runtimeStatus: 'running', status: 'AwaitingPayment', count: 2 },
        { machineId: 'order', runtimeStatus: 'suspended', status: 'AwaitingPayment', count: 1 },
        { machineId: 'return', runtimeStatus: 'running', status: 'Approving', count: 1 },
      ]),
    );
  });

  it('open incidents are counted by kind, with the time of the oldest', async () => {
    const { store, stats } = await open();
    const actor = anActor();
    const incidents = [
      anIncident(actor.actorId, { openedAt: T0 + 5 }),
      anIncident(actor.actorId, { openedAt: T0 + 3 }),
      anIncident(actor.actorId, { openedAt: T0 + 4, kind: 'machine_failed' }),
      anIncident(actor.actorId, { openedAt: T0, resolvedAt: T0 + 1 }),
    ];
    await store.commit([aCommit(actor, { incidents })]);
    const { incidents: found } = await stats.stats(T0);
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining([
        { machineId: 'order', kind: 'machine_waits', count: 2, oldestOpenedAt: T0 + 3 },
        { machineId: 'order', kind: 'machine_failed', count: 1, oldestOpenedAt: T0 + 4 },
      ]),
    );
  });

  it('an actor with overdue tasks counts once as stuck, owned or not', async () => {
    const { store, stats } = await open();
    await store.registerNode('alive', T0 + 1_000_000);
    const [free, held, later] = [anActor(), anActor(), anActor()];
    await store.commit([
      aCommit(free, { addTasks: [aTask(free.actorId), aTask(free.actorId, { kind: 'timer', dueAt: T0 + 1 })] }),
      aCommit(held, { addTasks: [aTask(held.actorId, { ownerNode: 'alive' })] }),
      aCommit(later, { addTasks: [aTask(later.actorId, { kind: 'timer', dueAt: T0 + 100 })] }),
    ]);
    expect(await stats.stats(T0)).toMatchObject({ stuckActors: 0 });
    expect(await stats.stats(T0 + 100)).toMatchObject({ stuckActors: 2 });
    expect(await stats.stats(T0 + 101)).toMatchObject({ stuckActors: 3 });
  });

  it('due tasks that nobody owns are counted, with the oldest deadline of a timer', async () => {
    const { store, stats } = await open();
    expect(await stats.backlog(T0)).toEqual({ tasks: 0, oldestTimerDueAt: null });
    await store.registerNode('alive', T0 + 1_000_000);
    const actor = anActor();
    const timer = (dueAt: number) => aTask(actor.actorId, { kind: 'timer', dueAt });
    const addTasks = [
      aTask(actor.actorId, { dueAt: T0 - 9 }),
      timer(T0 - 7),
      timer(T0),
      timer(T0 + 1),
      aTask(actor.actorId, { dueAt: T0 - 9, ownerNode: 'alive' }),
    ];
    await store.commit([aCommit(actor, { addTasks })]);
    expect(await stats.backlog(T0)).toEqual({ tasks: 3, oldestTimerDueAt: T0 - 7 });
  });

  it('counting stops at its limit and still reports the oldest deadline', async () => {
    const { store, stats } = await open();
    const actor = anActor();
    const addTasks = Array.from({ length: STATS_LIMIT + 5 }, (_, index) =>
      aTask(actor.actorId, { taskId: newId(), kind: 'timer', dueAt: T0 + index }),
    );
    await store.commit([aCommit(actor, { addTasks })]);
    expect(await stats.backlog(T0 + 1_000_000)).toEqual({ tasks: STATS_LIMIT, oldestTimerDueAt: T0 });
    expect(await stats.stats(T0 + 1_000_000)).toMatchObject({ stuckActors: 1 });
  });

  it('the newest migration of the schema is reported', async () => {
    const { stats } = await open();
    expect(await stats.schemaVersion()).toMatch(/^[A-Z]\w+(Sqlite|Postgres)\d{13}$/);
  });
}
