import type { ActorCommit } from '../../src/durable/store.js';
import { aCommit, aFact, anActor, anEvent, aTask, newId, nextTurn, T0 } from './record-fixture.js';
import type { StoreUnderTest } from './durable-store-contract.js';

/** What an actor's record has and its head has not. */
const BEYOND_HEAD = new Set(['snapshot', 'bookkeeping', 'historySeq', 'keptEvents', 'uniqueKey']);

export function describeCommits(store: StoreUnderTest): void {
  describe('reading', () => {
    it('an actor that does not exist reads as null and as empty lists', async () => {
      const id = newId();
      expect(await store().loadActor(id)).toBeNull();
      expect(await store().loadHead(id)).toBeNull();
      expect(await store().findEvent(id, 'key')).toBeNull();
      expect(await store().loadKeptEvents(id)).toEqual([]);
      expect(await store().tasksOf(id)).toEqual([]);
      expect(await store().history({ actorId: id, afterSeq: 0, limit: 10 })).toEqual([]);
    });

    it('an open store answers a ping', async () => {
      await expect(store().ping()).resolves.toBeUndefined();
    });

    it('an actor is read back field by field as it was committed', async () => {
      const actor = anActor({
        machineVersion: '2.1',
        runtimeStatus: 'terminated',
        outcome: 'cancelled',
        incident: true,
        waitingFor: '[{"event":"payment"}]',
        attributes: '{"sessionId":"s"}',
        completedAt: T0 + 5,
        bookkeeping: '{"timers":[]}',
        historySeq: 7,
        keptEvents: 2,
      });
      await store().commit([aCommit(actor)]);
      expect(await store().loadActor(actor.actorId)).toStrictEqual(actor);
      const head = Object.entries(actor).filter(([field]) => !BEYOND_HEAD.has(field));
      expect(await store().loadHead(actor.actorId)).toStrictEqual(Object.fromEntries(head));
    });

    it('the store returns JSON byte for byte, also a megabyte of it', async () => {
      const odd = '{ "b" :1.0, "a":"\\u0000 \\ud800 é 漢 🧾 \u2028 \\" \\\\",\n"a":1e400, "big":12345678901234567890 }';
      const large = JSON.stringify({ text: 'é🧾"\\\n'.repeat(150_000) });
      const actor = anActor({ snapshot: large, bookkeeping: odd, attributes: odd, waitingFor: odd });
      const task = aTask(actor.actorId);
      const fact = aFact(actor.actorId, 1, { data: large });
      const event = anEvent(actor.actorId, 'ключ-🧾', { event: odd, state: 'refused', reason: 'zu spät – 遅い' });
      await store().commit([aCommit(actor, { addTasks: [task], history: [fact], events: [event] })]);
      expect(large.length).toBeGreaterThan(1_000_000);
      expect(await store().loadActor(actor.actorId)).toStrictEqual(actor);
      expect(await store().tasksOf(actor.actorId)).toStrictEqual([task]);
      expect(await store().history({ actorId: actor.actorId, afterSeq: 0, limit: 10 })).toStrictEqual([fact]);
      expect(await store().findEvent(actor.actorId, event.key)).toStrictEqual(event);
    });
  });

  describe('commits', () => {
    it('an empty batch is accepted', async () => {
      expect(await store().commit([])).toEqual([]);
    });

    it('creating an actor that exists is a conflict and changes nothing (G2, invariant 2)', async () => {
      const actor = anActor({ status: 'First' });
      const id = actor.actorId;
      expect(await store().commit([aCommit(actor, { history: [aFact(id, 1)] })])).toEqual(['committed']);
      const second = aCommit(
        { ...actor, status: 'Second' },
        { addTasks: [aTask(id)], history: [aFact(id, 2)], events: [anEvent(id, 'k')] },
      );
      expect(await store().commit([second])).toEqual(['conflict']);
      expect(await store().loadActor(id)).toStrictEqual(actor);
      expect(await store().tasksOf(id)).toEqual([]);
      expect(await store().history({ actorId: id, afterSeq: 0, limit: 10 })).toHaveLength(1);
      expect(await store().findEvent(id, 'k')).toBeNull();
    });

    it('a commit updates an existing actor, and only at the expected revision (G2, invariant 2)', async () => {
      const first = anActor();
      const second = nextTurn(first, { status: 'Second', outcome: 'x', incident: true, completedAt: T0 });
      await store().commit([aCommit(first)]);
      expect(await store().commit([aCommit(second)])).toEqual(['committed']);
      expect(await store().loadActor(first.actorId)).toStrictEqual(second);
      expect(await store().commit([aCommit(nextTurn(first, { status: 'Stale' }))])).toEqual(['conflict']);
      expect(await store().loadActor(first.actorId)).toStrictEqual(second);
      const ghost = anActor({ revision: 5 });
      expect(await store().commit([aCommit(ghost)])).toEqual(['conflict']);
      expect(await store().loadActor(ghost.actorId)).toBeNull();
    });

    it('a conflict leaves the other actors of its batch committed, and results keep the order of the batch (G2, invariant 2)', async () => {
      const taken = anActor();
      const moved = anActor();
      const good = anActor();
      await store().commit([aCommit(taken), aCommit(moved), aCommit(good)]);
      await store().commit([aCommit(nextTurn(moved))]);
      const fresh = anActor();
      const withRows = (commit: ActorCommit): ActorCommit => ({
        ...commit,
        addTasks: [aTask(commit.actor.actorId)],
        history: [aFact(commit.actor.actorId, 1)],
        events: [anEvent(commit.actor.actorId, 'k')],
      });
      const batch = [aCommit(fresh), aCommit(nextTurn(moved)), aCommit(nextTurn(good)), aCommit(taken)].map(withRows);
      expect(await store().commit(batch)).toEqual(['committed', 'conflict', 'committed', 'conflict']);
      const expected = new Map([
        [fresh, 1],
        [moved, 0],
        [good, 1],
        [taken, 0],
      ]);
      for (const [{ actorId: id }, rows] of expected) {
        expect(await store().tasksOf(id)).toHaveLength(rows);
        expect(await store().history({ actorId: id, afterSeq: 0, limit: 10 })).toHaveLength(rows);
        expect((await store().findEvent(id, 'k')) === null).toBe(rows === 0);
      }
    });

    it('one commit may advance a revision by several turns', async () => {
      const actor = anActor({ revision: 3 });
      expect(await store().commit([aCommit(actor, { expectedRevision: 0 })])).toEqual(['committed']);
      const later = { ...actor, revision: 6 };
      expect(await store().commit([aCommit(later, { expectedRevision: 3 })])).toEqual(['committed']);
      expect((await store().loadHead(actor.actorId))?.revision).toBe(6);
    });

    it('a batch that holds an actor twice is refused', async () => {
      const actor = anActor();
      await expect(store().commit([aCommit(actor), aCommit(actor)])).rejects.toThrow('twice');
      expect(await store().loadActor(actor.actorId)).toBeNull();
    });

    it('a history number that is used twice undoes every actor of its batch (G2, G8, invariants 2, 8)', async () => {
      const known = anActor();
      const other = anActor();
      await store().commit([aCommit(known, { history: [aFact(known.actorId, 1, { data: '{"first":true}' })] })]);
      const bad = aCommit(nextTurn(known), { history: [aFact(known.actorId, 1, { data: '{"first":false}' })] });
      const good = aCommit(other, { addTasks: [aTask(other.actorId)] });
      await expect(store().commit([good, bad])).rejects.toThrow();
      expect(await store().loadActor(known.actorId)).toStrictEqual(known);
      expect(await store().loadActor(other.actorId)).toBeNull();
      expect(await store().tasksOf(other.actorId)).toEqual([]);
      const history = await store().history({ actorId: known.actorId, afterSeq: 0, limit: 10 });
      expect(history.map(({ data }) => data)).toEqual(['{"first":true}']);
      expect(await store().commit([good])).toEqual(['committed']);
    });

    it('a commit removes tasks before it adds tasks, and ignores unknown ones', async () => {
      const actor = anActor();
      const [gone, again, stays] = ['gone', 'again', 'stays'].map((taskId) => aTask(actor.actorId, { taskId }));
      const namesake = anActor();
      await store().commit([
        aCommit(actor, { addTasks: [gone!, again!, stays!] }),
        aCommit(namesake, { addTasks: [aTask(namesake.actorId, { taskId: 'gone' })] }),
      ]);
      const renewed = aTask(actor.actorId, { taskId: 'again', dueAt: T0 + 9, kind: 'timer' });
      const removeTaskIds = ['gone', 'again', 'never there'];
      await store().commit([aCommit(nextTurn(actor), { addTasks: [renewed], removeTaskIds })]);
      expect(await store().tasksOf(actor.actorId)).toStrictEqual([stays, renewed]);
      expect(await store().tasksOf(namesake.actorId)).toHaveLength(1);
    });

    it('one batch commits three hundred actors', async () => {
      const actors = Array.from({ length: 300 }, () => anActor());
      const rows = (id: string, from: number) => ({
        addTasks: [aTask(id)],
        history: [aFact(id, from), aFact(id, from + 1)],
      });
      const created = await store().commit(actors.map((actor) => aCommit(actor, rows(actor.actorId, 1))));
      expect(new Set(created)).toEqual(new Set(['committed']));
      const updated = await store().commit(actors.map((a) => aCommit(nextTurn(a), rows(a.actorId, 3))));
      expect(updated).toHaveLength(300);
      expect(new Set(updated)).toEqual(new Set(['committed']));
    });

    it('exactly one of many concurrent commits at the same revision succeeds (G2, invariant 2)', async () => {
      const actor = anActor();
      await store().commit([aCommit(actor)]);
      const rivals = Array.from({ length: 20 }, (_, n) =>
        store().commit([aCommit(nextTurn(actor, { status: `Rival${n}` }), { history: [aFact(actor.actorId, 1)] })]),
      );
      const results = (await Promise.all(rivals)).flat();
      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      const winner = results.indexOf('committed');
      expect((await store().loadHead(actor.actorId))?.status).toBe(`Rival${winner}`);
    });

    it('concurrent batches over the same actors lose and double nothing (G2, G8, invariants 2, 8)', async () => {
      const actors = Array.from({ length: 10 }, () => anActor());
      await store().commit(actors.map((actor) => aCommit(actor)));
      const done = new Map(actors.map(({ actorId }) => [actorId, 0]));
      const writer = async (reverse: boolean): Promise<void> => {
        for (let round = 0; round < 15; round++) {
          const loaded = await Promise.all(actors.map(({ actorId }) => store().loadActor(actorId)));
          const batch = loaded.map((actor) => {
            const next = nextTurn(actor!, { historySeq: actor!.historySeq + 1 });
            return aCommit(next, { history: [aFact(next.actorId, next.historySeq)] });
          });
          if (reverse) batch.reverse();
          const results = await store().commit(batch);
          batch.forEach(({ actor }, n) => {
            if (results[n] === 'committed') done.set(actor.actorId, done.get(actor.actorId)! + 1);
          });
        }
      };
      await Promise.all([writer(false), writer(true), writer(false), writer(true)]);
      for (const [actorId, turns] of done) {
        const rows = await store().history({ actorId, afterSeq: 0, limit: 1000 });
        expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: turns }, (_, n) => n + 1));
        expect((await store().loadActor(actorId))?.revision).toBe(turns + 1);
      }
    });
  });

  describe('events', () => {
    it('an event is stored with its turn and found by its key within its actor (G6, invariant 6)', async () => {
      const [one, two] = [anActor(), anActor()];
      const event = anEvent(one.actorId, 'key', {
        position: 3,
        state: 'refused',
        reason: 'too late',
        settledAt: T0 + 2,
      });
      await store().commit([aCommit(one, { events: [event] }), aCommit(two)]);
      expect(await store().findEvent(one.actorId, 'key')).toStrictEqual(event);
      expect(await store().findEvent(one.actorId, 'other')).toBeNull();
      expect(await store().findEvent(two.actorId, 'key')).toBeNull();
    });

    it('writing an event of a known key changes only its state, reason and settlement (G6)', async () => {
      const actor = anActor();
      const kept = anEvent(actor.actorId, 'key', { state: 'kept', settledAt: null });
      await store().commit([aCommit(actor, { events: [kept] })]);
      const settled = { state: 'refused', reason: 'never', settledAt: T0 + 9 } as const;
      const other = { ...kept, ...settled, position: 99, type: 'other', event: '{}', receivedAt: 1 };
      await store().commit([aCommit(nextTurn(actor), { events: [other] })]);
      expect(await store().findEvent(actor.actorId, 'key')).toStrictEqual({ ...kept, ...settled });
    });

    it('an event that is kept and settled within one commit is stored as settled (G6)', async () => {
      const actor = anActor();
      const kept = anEvent(actor.actorId, 'key', { state: 'kept', settledAt: null });
      const applied = { ...kept, state: 'applied', settledAt: T0 + 1 } as const;
      await store().commit([aCommit(actor, { events: [kept, anEvent(actor.actorId, 'else'), applied] })]);
      expect(await store().findEvent(actor.actorId, 'key')).toStrictEqual(applied);
    });

    it('kept events are read in order of arrival, without settled ones (G6)', async () => {
      const actor = anActor();
      const kept = (key: string, position: number) =>
        anEvent(actor.actorId, key, { position, state: 'kept', settledAt: null });
      const events = [kept('a', 10), kept('c', 2), anEvent(actor.actorId, 'b', { position: 3 }), kept('d', 1)];
      await store().commit([aCommit(actor, { events })]);
      expect((await store().loadKeptEvents(actor.actorId)).map(({ key }) => key)).toEqual(['d', 'c', 'a']);
    });
  });
}
