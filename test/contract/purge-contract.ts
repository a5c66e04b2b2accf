import type { ActorRecord, RuntimeStatus } from '../../src/durable/store.js';
import { aCommit, aFact, anActor, anEvent, aTask, newId, nextTurn, T0 } from './record-fixture.js';
import type { StoreUnderTest } from './durable-store-contract.js';

const ended = (overrides: Partial<ActorRecord> = {}): ActorRecord =>
  anActor({ runtimeStatus: 'completed', completedAt: T0 + 9, ...overrides });

export function describePurges(store: StoreUnderTest): void {
  describe('purges (G20)', () => {
    it('a purge deletes an ended actor with all its rows, and no other actor', async () => {
      const rows = ({ actorId }: ActorRecord) => ({
        addTasks: [aTask(actorId)],
        history: [aFact(actorId, 1)],
        events: [anEvent(actorId, 'k')],
        addAttributes: [{ name: 'userId', value: 'u-purged' }],
      });
      const attributes = '{"userId":"u-purged"}';
      const [gone, stays] = [ended({ attributes }), ended({ attributes })];
      await store().commit([gone, stays].map((actor) => aCommit(actor, rows(actor))));
      expect(await store().purge([gone.actorId, newId()])).toEqual([gone.actorId]);
      for (const [{ actorId }, count] of [
        [gone, 0],
        [stays, 1],
      ] as const) {
        expect((await store().loadHead(actorId)) === null).toBe(count === 0);
        expect(await store().tasksOf(actorId)).toHaveLength(count);
        expect(await store().history({ actorId, afterSeq: 0, limit: 9 })).toHaveLength(count);
        expect((await store().findEvent(actorId, 'k')) === null).toBe(count === 0);
        const filter = { attributes: [{ name: 'userId', value: 'u-purged' }] };
        const found = await store().listActors({ filter, limit: 99 });
        expect(found.filter((head) => head.actorId === actorId)).toHaveLength(count);
      }
      expect(await store().purge([gone.actorId])).toEqual([]);
      expect(await store().purge([])).toEqual([]);
    });

    it.each<[RuntimeStatus, boolean]>([
      ['running', false],
      ['suspended', false],
      ['failed', false],
      ['completed', true],
      ['terminated', true],
    ])('an actor that is %s is purged: %s', async (runtimeStatus, happens) => {
      const actor = ended({ runtimeStatus });
      await store().commit([aCommit(actor)]);
      expect(await store().purge([actor.actorId])).toEqual(happens ? [actor.actorId] : []);
      expect((await store().loadActor(actor.actorId)) === null).toBe(happens);
    });

    it('a turn that commits after the purge is a conflict and stores nothing', async () => {
      const actor = ended();
      await store().commit([aCommit(actor)]);
      await store().purge([actor.actorId]);
      const late = aCommit(nextTurn(actor), {
        history: [aFact(actor.actorId, 1)],
        events: [anEvent(actor.actorId, 'late')],
        addAttributes: [{ name: 'userId', value: 'late' }],
      });
      expect(await store().commit([late])).toEqual(['conflict']);
      expect(await store().history({ actorId: actor.actorId, afterSeq: 0, limit: 9 })).toEqual([]);
      expect(await store().findEvent(actor.actorId, 'late')).toBeNull();
    });
  });

  describe('candidates of a purge (G20)', () => {
    it('ended actors are listed by the time of their end and by outcome; open and failed ones never are', async () => {
      const machineId = newId();
      const made = [
        ended({ machineId, completedAt: T0 + 3, outcome: 'fulfilled' }),
        ended({ machineId, completedAt: T0 + 1, outcome: 'failed' }),
        ended({ machineId, completedAt: T0 + 2, runtimeStatus: 'terminated' }),
        ended({ machineId, completedAt: T0 + 1, runtimeStatus: 'failed' }),
        ended({ machineId, completedAt: null, runtimeStatus: 'running' }),
        ended({ completedAt: T0 + 1 }),
      ];
      await store().commit(made.map((actor) => aCommit(actor)));
      const found = async (rules: object, endedBefore = T0 + 9, limit = 9) => {
        const ids = await store().listEnded({ machineId, endedBefore, limit, ...rules });
        return ids.map((id) => made.findIndex(({ actorId }) => actorId === id));
      };
      expect(await found({})).toEqual([1, 2, 0]);
      expect(await found({}, T0 + 3)).toEqual([1, 2]);
      expect(await found({}, T0 + 9, 1)).toEqual([1]);
      expect(await found({ outcomes: ['fulfilled'] })).toEqual([0]);
      expect(await found({ outcomes: ['failed', null] })).toEqual([1, 2]);
      expect(await found({ outcomes: [] })).toEqual([]);
      expect(await found({ exceptOutcomes: ['failed'] })).toEqual([2, 0]);
    });
  });
}
