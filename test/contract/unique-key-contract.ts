import type { DurableStore } from '../../src/durable/store.js';
import { aCommit, aFact, anActor, newId, nextTurn, T0 } from './record-fixture.js';

type StoreWithUniqueKeys = Pick<DurableStore, 'commit' | 'loadActor' | 'findByUniqueKey'>;

const ended = { runtimeStatus: 'completed', completedAt: T0 + 1, uniqueKey: null } as const;

/** Of the actors of a machine that have not ended, only one has a unique key. */
export function describeUniqueKeys(store: () => StoreWithUniqueKeys): void {
  describe('unique keys (G18)', () => {
    it('a second actor under a taken key is not written at all, and the rest of its batch is (invariant 2)', async () => {
      const machineId = newId();
      const first = anActor({ machineId, uniqueKey: 'cart' });
      expect(await store().commit([aCommit(first)])).toEqual(['committed']);
      const [second, other, bystander] = [
        anActor({ machineId, uniqueKey: 'cart' }),
        anActor({ machineId, uniqueKey: 'other' }),
        anActor({ machineId }),
      ];
      const batch = [other, second, bystander].map((actor) => aCommit(actor, { history: [aFact(actor.actorId, 1)] }));
      expect(await store().commit([...batch, aCommit(nextTurn(first))])).toEqual([
        'committed',
        'taken',
        'committed',
        'committed',
      ]);
      expect(await store().loadActor(second.actorId)).toBeNull();
      expect(await store().loadActor(bystander.actorId)).toStrictEqual(bystander);
      expect((await store().findByUniqueKey(machineId, 'cart'))?.actorId).toBe(first.actorId);
    });

    it('one actor of a batch gets a key that several ask for', async () => {
      const machineId = newId();
      const rivals = Array.from({ length: 5 }, () => anActor({ machineId, uniqueKey: 'cart' }));
      const results = await store().commit(rivals.map((actor) => aCommit(actor)));
      expect([...results].sort()).toEqual(['committed', 'taken', 'taken', 'taken', 'taken']);
      const winner = rivals[results.indexOf('committed')]!.actorId;
      expect((await store().findByUniqueKey(machineId, 'cart'))?.actorId).toBe(winner);
    });

    it('exactly one of many concurrent commits gets a key', async () => {
      const machineId = newId();
      const ask = (uniqueKey: string) => store().commit([aCommit(anActor({ machineId, uniqueKey }))]);
      const rivals = Array.from({ length: 20 }, (_, n) => ask(n % 2 === 0 ? 'one' : 'two'));
      const results = (await Promise.all(rivals)).flat();
      expect(results.filter((result) => result === 'committed')).toHaveLength(2);
      expect(results.filter((result) => result === 'taken')).toHaveLength(18);
    });

    it('a key is free once its actor has ended; repeating the start of that actor is a conflict', async () => {
      const machineId = newId();
      const first = anActor({ machineId, uniqueKey: 'cart' });
      await store().commit([aCommit(first)]);
      expect(await store().commit([aCommit(first)])).toEqual(['conflict']);
      await store().commit([aCommit(nextTurn(first, ended))]);
      expect(await store().findByUniqueKey(machineId, 'cart')).toBeNull();
      const second = anActor({ machineId, uniqueKey: 'cart' });
      expect(await store().commit([aCommit(second)])).toEqual(['committed']);
      expect((await store().findByUniqueKey(machineId, 'cart'))?.actorId).toBe(second.actorId);
    });

    it('a key belongs to one machine, and null is no key', async () => {
      const [one, two, none, neither] = [
        anActor({ machineId: newId(), uniqueKey: 'cart' }),
        anActor({ machineId: newId(), uniqueKey: 'cart' }),
        anActor(),
        anActor(),
      ];
      const results = await store().commit([one, two, none, neither].map((actor) => aCommit(actor)));
      expect(new Set(results)).toEqual(new Set(['committed']));
    });
  });
}
