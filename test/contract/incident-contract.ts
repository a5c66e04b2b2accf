import type { IncidentRecord } from '../../src/durable/store.js';
import type { StoreUnderTest } from './durable-store-contract.js';
import { aCommit, anActor, newId, nextTurn, T0 } from './record-fixture.js';

export function anIncident(actorId: string, overrides: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    incidentId: newId(),
    actorId,
    subjectId: actorId,
    machineId: 'order',
    kind: 'machine_waits',
    status: 'ReservingProducts',
    cause: '{"type":"activity.failed","data":{}}',
    suggestedAction: 'retry',
    advice: 'Mend it, then retry.',
    openedAt: T0,
    resolvedAt: null,
    resolution: null,
    resolvedBy: null,
    reason: null,
    ...overrides,
  };
}

export function describeIncidents(store: StoreUnderTest): void {
  describe('incidents (G7)', () => {
    it('an incident is opened and resolved in the transaction of a turn, and found by whether it is open', async () => {
      const actor = anActor();
      const incident = anIncident(actor.actorId);
      await store().commit([aCommit(actor, { incidents: [incident] })]);
      expect(await store().listIncidents({ subjectId: actor.actorId, open: true, limit: 10 })).toEqual([incident]);
      const resolved = {
        ...incident,
        resolvedAt: T0 + 5,
        resolution: 'retried',
        resolvedBy: 'key:1',
        reason: 'mended',
      };
      await store().commit([aCommit(nextTurn(actor), { incidents: [resolved] })]);
      expect(await store().listIncidents({ subjectId: actor.actorId, open: true, limit: 10 })).toEqual([]);
      expect(await store().listIncidents({ subjectId: actor.actorId, open: false, limit: 10 })).toEqual([resolved]);
    });

    it('a resolved incident never changes, whether it is written with a turn or without', async () => {
      const actor = anActor();
      const incident = anIncident(actor.actorId);
      const first = { ...incident, resolvedAt: T0 + 5, resolution: 'acknowledged', resolvedBy: 'key:1', reason: 'a' };
      await store().commit([aCommit(actor, { incidents: [incident] })]);
      await store().putIncident(first);
      await store().putIncident({ ...first, resolvedAt: T0 + 6, resolvedBy: 'key:2', reason: 'b' });
      await store().commit([aCommit(nextTurn(actor), { incidents: [incident] })]);
      expect(await store().findIncident(incident.incidentId)).toEqual(first);
    });

    it('an incident may name an unknown actor, and is found by that id', async () => {
      const subjectId = newId();
      const incident = anIncident(subjectId, { actorId: null, kind: 'unknown_actor', suggestedAction: 'none' });
      await store().putIncident(incident);
      await store().putIncident(incident);
      expect(await store().listIncidents({ subjectId, limit: 10 })).toEqual([incident]);
      expect(await store().findIncident(newId())).toBeNull();
    });

    it('incidents are found by their kinds', async () => {
      const machineId = newId();
      const kinds = ['retries_exhausted', 'payment_mismatch', 'turn_refused'];
      for (const kind of kinds) await store().putIncident(anIncident(newId(), { actorId: null, machineId, kind }));
      const found = await store().listIncidents({ machineId, kind: ['payment_mismatch', 'turn_refused'], limit: 10 });
      expect(found.map(({ kind }) => kind).sort()).toEqual(['payment_mismatch', 'turn_refused']);
    });

    it("an incident is not stored when its actor's commit is a conflict", async () => {
      const actor = anActor();
      await store().commit([aCommit(actor)]);
      const lost = aCommit(actor, { incidents: [anIncident(actor.actorId)] });
      expect(await store().commit([lost])).toEqual(['conflict']);
      expect(await store().listIncidents({ subjectId: actor.actorId, limit: 10 })).toEqual([]);
    });

    it('incidents are listed newest first, in stable pages', async () => {
      const machineId = newId();
      const actors = [0, 1, 1, 2, 3].map((openedAt) => ({ actor: anActor({ machineId }), openedAt: T0 + openedAt }));
      const incidents = actors.map(({ actor, openedAt }) => anIncident(actor.actorId, { machineId, openedAt }));
      await store().commit(actors.map(({ actor }, index) => aCommit(actor, { incidents: [incidents[index]!] })));
      const seen: IncidentRecord[] = [];
      for (;;) {
        const page = await store().listIncidents({ machineId, limit: 2, before: seen.at(-1) });
        seen.push(...page);
        if (page.length < 2) break;
      }
      const expected = [...incidents].sort((a, b) => b.openedAt - a.openedAt || (a.incidentId < b.incidentId ? 1 : -1));
      expect(seen).toEqual(expected);
    });
  });
}
