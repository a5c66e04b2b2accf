import type { ActorFilter, ActorHead, ActorRecord, DurableStore } from '../../src/durable/store.js';
import { aCommit, aFact, anActor, newId, nextTurn, T0 } from './record-fixture.js';
import type { StoreUnderTest } from './durable-store-contract.js';

/** Stores actors of a machine of their own, so that lists see no others. */
async function addActors(store: DurableStore, actors: readonly Partial<ActorRecord>[]): Promise<ActorRecord[]> {
  const machineId = newId();
  const added = actors.map((actor) => anActor({ machineId, ...actor }));
  await store.commit(added.map((actor) => aCommit(actor)));
  return added;
}

const ids = (actors: readonly { readonly actorId: string }[]): string[] => actors.map(({ actorId }) => actorId);

/** As the port says: by creation, then by id, both falling. */
function newestFirst(a: ActorHead, b: ActorHead): number {
  return b.createdAt - a.createdAt || (a.actorId < b.actorId ? 1 : -1);
}

export function describeLists(store: StoreUnderTest): void {
  describe('lists of actors', () => {
    it('actors are listed in stable pages, also when many were created in the same millisecond', async () => {
      const added = await addActors(
        store(),
        // Upper case, digits and signs: the order is by code point, whatever the database's locale.
        ['b', 'B', 'a', 'A', '1', '-', '_', 'é', 'z'].map((letter, n) => ({
          actorId: `${letter}-${newId()}`,
          createdAt: T0 + (n < 6 ? 0 : n),
        })),
      );
      const machineId = added[0]!.machineId;
      const seen: ActorHead[] = [];
      for (;;) {
        const page = await store().listActors({ filter: { machineId }, limit: 2, before: seen.at(-1) });
        seen.push(...page);
        if (page.length < 2) break;
      }
      expect(ids(seen)).toEqual(ids([...added].sort(newestFirst)));
    });

    it('a list holds heads only', async () => {
      const [actor] = await addActors(store(), [{ incident: true, outcome: 'failed', completedAt: T0 + 3 }]);
      const [head] = await store().listActors({ filter: { machineId: actor!.machineId }, limit: 10 });
      expect(head).toStrictEqual(await store().loadHead(actor!.actorId));
    });

    it('a list is narrowed by each filter and by all filters together', async () => {
      const added = await addActors(store(), [
        { status: 'AwaitingPayment', createdAt: T0 },
        { status: 'Completed', createdAt: T0 + 1, outcome: 'fulfilled', runtimeStatus: 'completed' },
        { status: 'Completed', createdAt: T0 + 2, outcome: 'failed', runtimeStatus: 'failed' },
        { status: 'ReservingProducts', createdAt: T0 + 3, incident: true },
        { status: 'ReservingProducts', createdAt: T0 + 4, runtimeStatus: 'suspended' },
      ]);
      const machineId = added[0]!.machineId;
      const found = async (filter: ActorFilter): Promise<number[]> => {
        const heads = await store().listActors({ filter: { machineId, ...filter }, limit: 10 });
        return heads.map(({ createdAt }) => createdAt - T0);
      };
      expect(await found({})).toEqual([4, 3, 2, 1, 0]);
      expect(await found({ status: ['Completed'] })).toEqual([2, 1]);
      expect(await found({ status: ['Completed', 'AwaitingPayment'] })).toEqual([2, 1, 0]);
      expect(await found({ status: [] })).toEqual([]);
      expect(await found({ outcome: ['fulfilled'] })).toEqual([1]);
      expect(await found({ runtimeStatus: ['suspended', 'failed'] })).toEqual([4, 2]);
      expect(await found({ incident: true })).toEqual([3]);
      expect(await found({ incident: false })).toEqual([4, 2, 1, 0]);
      expect(await found({ createdFrom: T0 + 1, createdTo: T0 + 3 })).toEqual([2, 1]);
      expect(await found({ status: ['ReservingProducts'], incident: true, createdFrom: T0 + 3 })).toEqual([3]);
      expect(await found({ machineId: newId() })).toEqual([]);
    });

    it('actors are found by attributes and by prefixes of ids and attributes, newest first, in pages', async () => {
      const user = (n: number) => `user-${newId().slice(0, 8)}-${n}`;
      const [greta, karl] = [user(1), user(2)];
      const machineId = newId();
      const [about, pay] = [`pay_${newId()}`, `pay_${newId()}`];
      const actors = [greta, karl, greta, greta].map((userId, n) =>
        anActor({ machineId, createdAt: T0 + (n < 3 ? 0 : 5), attributes: JSON.stringify({ userId, cart: `c${n}` }) }),
      );
      const named = (actor: ActorRecord) =>
        Object.entries(JSON.parse(actor.attributes) as Record<string, string>).map(([name, value]) => ({
          name,
          value,
        }));
      await store().commit(actors.map((actor) => aCommit(actor, { addAttributes: named(actor) })));
      const found = async (filter: ActorFilter) =>
        ids(await store().listActors({ filter: { machineId, ...filter }, limit: 10 }));
      const ofGreta = { attributes: [{ name: 'userId', value: greta }] };
      const expected = ids([actors[0]!, actors[2]!, actors[3]!].sort(newestFirst));
      expect(await found(ofGreta)).toEqual(expected);
      expect(await found({ attributes: [...ofGreta.attributes, { name: 'cart', value: 'c2' }] })).toEqual([
        actors[2]!.actorId,
      ]);
      expect(await found({ attributes: [{ name: 'cart', value: greta }] })).toEqual([]);
      const first = await store().listActors({ filter: { machineId, ...ofGreta }, limit: 1 });
      const rest = await store().listActors({ filter: { machineId, ...ofGreta }, limit: 5, before: first[0] });
      expect(ids([...first, ...rest])).toEqual(expected);

      const search = (prefix: string) => found({ search: { prefix, attributes: ['userId', 'paymentId'] } });
      expect(await search(greta.slice(0, -2))).toEqual(expected);
      expect(await search(actors[1]!.actorId.slice(0, 20))).toEqual([actors[1]!.actorId]);
      expect(await search('c2')).toEqual([]);

      // What changes with a turn is found as it is now.
      const paid = (paymentId: string) => ({ addAttributes: [{ name: 'paymentId', value: paymentId }] });
      const withPayment = (actor: ActorRecord, paymentId: string): ActorRecord =>
        nextTurn(actor, { attributes: JSON.stringify({ userId: karl, paymentId }) });
      const second = withPayment(actors[1]!, about);
      await store().commit([aCommit(second, paid(about))]);
      expect(await search(about)).toEqual([second.actorId]);
      const third = { ...paid(pay), removeAttributes: [{ name: 'paymentId', value: about }] };
      await store().commit([aCommit(withPayment(second, pay), third)]);
      expect(await search(about)).toEqual([]);
      expect(await search(pay)).toEqual([second.actorId]);
    });

    it('a list needs no machine in its filter', async () => {
      const [actor] = await addActors(store(), [{ createdAt: T0 + 10_000_000 + Date.now() }]);
      const heads = await store().listActors({ filter: {}, limit: 1 });
      expect(ids(heads)).toEqual([actor!.actorId]);
    });
  });

  describe('history', () => {
    it('history is read in pages, in the order of its sequence, after a given number (G8, invariant 8)', async () => {
      const actor = anActor();
      const facts = Array.from({ length: 12 }, (_, n) =>
        aFact(actor.actorId, n + 1, { at: T0 - n, data: `{"n":${n}}` }),
      );
      await store().commit([aCommit(actor, { history: [...facts].reverse() })]);
      const { actorId } = actor;
      expect(await store().history({ actorId, afterSeq: 0, limit: 100 })).toStrictEqual(facts);
      expect(await store().history({ actorId, afterSeq: 9, limit: 2 })).toStrictEqual(facts.slice(9, 11));
      expect(await store().history({ actorId, afterSeq: 12, limit: 2 })).toEqual([]);
      const other = aFact(actorId, 13, { type: 'timer.set' });
      await store().commit([aCommit(nextTurn(actor), { history: [other] })]);
      expect(await store().history({ actorId, afterSeq: 0, types: ['timer.set'], limit: 2 })).toStrictEqual([other]);
      expect(await store().history({ actorId, afterSeq: 13, types: ['timer.set'], limit: 2 })).toEqual([]);
      expect(await store().history({ actorId, afterSeq: 0, types: [], limit: 2 })).toEqual([]);
    });
  });
}
