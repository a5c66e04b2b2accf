import type { DurableStore } from '../../src/durable/store.js';
import type { Revocation, RevocationStore } from '../../src/http/revocations/revocation-store.port.js';
import { aCommit, anActor, newId } from './record-fixture.js';

const revocation = (more: Partial<Revocation> = {}): Revocation => ({
  kind: 'key',
  subject: '9f86d081884c7d65',
  revokedAt: 1_000,
  by: 'root',
  reason: 'left in a chat',
  ...more,
});

export function describeRevocations(
  open: () => Promise<{
    readonly store: Pick<DurableStore, 'commit' | 'purge'>;
    readonly revocations: RevocationStore;
  }>,
) {
  describe('revocations', () => {
    it('keeps keys and orders apart, and gives back what was written', async () => {
      const { revocations } = await open();
      const [orderId, other] = [newId(), newId()];
      const ofKey = revocation();
      const ofOrder = revocation({ kind: 'order', subject: orderId, reason: null });
      const ofOther = revocation({ kind: 'order', subject: other });
      const sameName = revocation({ subject: orderId });
      for (const each of [ofKey, ofOrder, ofOther, sameName]) await revocations.revoke(each);
      expect(new Set(await revocations.keys())).toEqual(new Set([ofKey, sameName]));
      expect(await revocations.ofOrders([orderId])).toEqual([ofOrder]);
      expect(await revocations.ofOrders([newId()])).toEqual([]);
      expect(await revocations.ofOrders([])).toEqual([]);
    });

    it('the later one of two stays, whichever comes last', async () => {
      const { revocations } = await open();
      const later = revocation({ revokedAt: 2_000, by: 'anna' });
      for (const each of [revocation(), later, revocation({ revokedAt: 1_500 })]) await revocations.revoke(each);
      expect(await revocations.keys()).toEqual([later]);
    });

    it('finds those of many orders, more than one statement takes', async () => {
      const { revocations } = await open();
      const made = Array.from({ length: 250 }, () => revocation({ kind: 'order', subject: newId() }));
      await Promise.all(made.map((each) => revocations.revoke(each)));
      const found = await revocations.ofOrders(made.map(({ subject }) => subject));
      expect(new Set(found)).toEqual(new Set(made));
    });

    it('removes those of orders that do not exist any more, at most so many at once, and no key', async () => {
      const { store, revocations } = await open();
      const [kept, purged] = [anActor(), anActor({ runtimeStatus: 'completed', completedAt: 1 })];
      await store.commit([aCommit(kept), aCommit(purged)]);
      for (const { actorId } of [kept, purged])
        await revocations.revoke(revocation({ kind: 'order', subject: actorId }));
      await revocations.revoke(revocation({ kind: 'order', subject: newId() }));
      await revocations.revoke(revocation());
      await store.purge([purged.actorId]);
      expect([await revocations.removeOrphans(1), await revocations.removeOrphans(10)]).toEqual([1, 1]);
      expect(await revocations.removeOrphans(10)).toBe(0);
      expect(await revocations.ofOrders([kept.actorId, purged.actorId])).toHaveLength(1);
      expect(await revocations.keys()).toHaveLength(1);
    });
  });
}
