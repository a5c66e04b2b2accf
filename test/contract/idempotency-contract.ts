import type { KeyClaimRequest, IdempotencyStore } from '../../src/idempotency/idempotency-store.port.js';
import type { DurableStore } from '../../src/durable/store.js';
import { aCommit, anActor, newId, T0 } from './record-fixture.js';

export interface IdempotencyStoreUnderTest {
  readonly idempotency: IdempotencyStore;
  readonly store: Pick<DurableStore, 'commit' | 'registerNode' | 'removeNode' | 'purge'>;
}

const DAY = 86_400_000;
const ANSWER = { status: 202, headers: '{"Location":"http://x/é"}', body: '{"id":"1"}' };

/** What every idempotency store must do: src/idempotency/idempotency-store.port.ts. @param severalNodes may use it at once. */
export function describeIdempotencyStore(under: () => IdempotencyStoreUnderTest, severalNodes: boolean): void {
  /** Of a node that is alive until a day has passed. */
  const asked = async (overrides: Partial<Omit<KeyClaimRequest, 'ownerNode'>> = {}): Promise<KeyClaimRequest> => {
    const ownerNode = newId();
    await under().store.registerNode(ownerNode, T0 + DAY);
    const request = { scope: 'a', key: newId(), fingerprint: 'f', now: T0, expiresAt: T0 + DAY };
    return { ...request, ...overrides, ownerNode };
  };
  const { reserve, keep } = {
    reserve: (reservation: KeyClaimRequest) => under().idempotency.claim(reservation),
    keep: (reservation: KeyClaimRequest, actorId: string | null = null) =>
      under().idempotency.keep(reservation, ANSWER, actorId),
  };

  describe('responses under an Idempotency-Key (G17)', () => {
    it('the same request gets the kept response, and another request under its key is refused', async () => {
      const request = await asked();
      expect(await reserve(request)).toEqual({ kind: 'reserved', reservedAt: T0 });
      await keep(request);
      const again = { ...request, now: T0 + 5, ownerNode: newId() };
      expect(await reserve(again)).toEqual({ kind: 'answered', answer: ANSWER });
      expect(await reserve({ ...again, fingerprint: 'g' })).toEqual({ kind: 'other_request' });
    });

    it('a key is unique within its scope only', async () => {
      const request = await asked();
      await reserve(request);
      await keep(request);
      expect(await reserve({ ...request, scope: 'b', fingerprint: 'g' })).toMatchObject({ kind: 'reserved' });
    });

    it('a request waits while a living node works on its key, and takes the key over when that node is removed', async () => {
      const request = await asked();
      await reserve(request);
      const other = { ...request, ownerNode: newId(), now: T0 + 7 };
      expect(await reserve(other)).toEqual({ kind: 'running' });
      expect(await reserve({ ...other, fingerprint: 'g' })).toEqual({ kind: 'other_request' });
      await under().store.removeNode(request.ownerNode);
      expect(await reserve({ ...other, fingerprint: 'g' })).toEqual({ kind: 'other_request' });
      // The same use of the key: what is derived from it is what the dead node derived.
      expect(await reserve(other)).toEqual({ kind: 'reserved', reservedAt: T0 });
      await keep(request);
      expect(await reserve({ ...other, now: T0 + 8 })).toMatchObject({ kind: 'reserved' });
      await keep(other);
      expect(await reserve(request)).toMatchObject({ kind: 'answered' });
    });

    it('a request takes a key over when the lease of its node has expired', async () => {
      const request = await asked();
      await reserve(request);
      const late = T0 + DAY - 1;
      expect(await reserve({ ...request, ownerNode: newId(), now: late })).toEqual({ kind: 'running' });
      const silent = await asked({ expiresAt: T0 + 9 * DAY });
      await reserve(silent);
      const later = { ...silent, ownerNode: newId(), now: T0 + DAY + 1 };
      expect(await reserve(later)).toEqual({ kind: 'reserved', reservedAt: T0 });
    });

    it('releasing a key frees it for another request', async () => {
      const request = await asked();
      await reserve(request);
      await under().idempotency.release({ ...request, ownerNode: newId() });
      expect(await reserve({ ...request, ownerNode: newId() })).toEqual({ kind: 'running' });
      await under().idempotency.release(request);
      expect(await reserve({ ...request, fingerprint: 'g', now: T0 + 3 })).toEqual({
        kind: 'reserved',
        reservedAt: T0 + 3,
      });
    });

    it('an expired key is free for a new request', async () => {
      const request = await asked();
      await reserve(request);
      await keep(request);
      const now = request.expiresAt;
      const next = { ...request, fingerprint: 'g', now, expiresAt: now + DAY };
      expect(await reserve(next)).toEqual({ kind: 'reserved', reservedAt: now });
    });

    it('expired responses are removed, a limited number at a time', async () => {
      const { idempotency } = under();
      while ((await idempotency.removeExpired(T0 + 9 * DAY, 100)) > 0);
      const requests = await Promise.all(Array.from({ length: 5 }, () => asked({ expiresAt: T0 + 1 })));
      for (const request of requests) await reserve(request);
      const staying = await asked();
      await reserve(staying);
      expect(await idempotency.removeExpired(T0, 100)).toBe(0);
      expect(await idempotency.removeExpired(T0 + 1, 3)).toBe(3);
      expect(await idempotency.removeExpired(T0 + 1, 100)).toBe(2);
      expect(await reserve({ ...staying, ownerNode: newId() })).toEqual({ kind: 'running' });
    });

    it('purging an actor removes the responses about it, and no others', async () => {
      const actor = anActor({ runtimeStatus: 'completed', completedAt: T0 });
      await under().store.commit([aCommit(actor)]);
      const [about, unknown] = [await asked(), await asked()];
      await reserve(about);
      await keep(about, actor.actorId);
      await reserve(unknown);
      await keep(unknown, newId());
      expect(await under().store.purge([actor.actorId])).toEqual([actor.actorId]);
      expect(await reserve(about)).toMatchObject({ kind: 'reserved' });
      expect(await reserve(unknown)).toMatchObject({ kind: 'answered' });
    });

    if (!severalNodes) return;
    it('exactly one of many concurrent requests gets a key', async () => {
      const request = await asked();
      const rivals = await Promise.all(Array.from({ length: 10 }, () => asked({ key: request.key })));
      const results = await Promise.all(rivals.map(reserve));
      expect(results.filter(({ kind }) => kind === 'reserved')).toHaveLength(1);
      expect(results.filter(({ kind }) => kind === 'running')).toHaveLength(9);
    });
  });
}
