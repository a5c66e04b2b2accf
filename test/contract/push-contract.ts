import type { OutboxRecord } from '../../src/durable/store.js';
import { dueDelivery } from '../../src/push/delivery/delivery-fan-out.js';
import type { DeliveryRecord, EndpointRecord, PushStore } from '../../src/push/push-store.port.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { aCommit, anActor, newId, nextTurn, T0 } from './record-fixture.js';

function anEndpoint(overrides: Partial<EndpointRecord> = {}): EndpointRecord {
  return {
    endpointId: newId(),
    url: 'https://shop.example.com/',
    events: ['order.completed'],
    description: 'a shop',
    secrets: [{ secret: 'whsec_c2VjcmV0', createdAt: T0, expiresAt: null }],
    disabledReason: null,
    disabledAt: null,
    failingSince: null,
    revision: 1,
    createdAt: T0,
    updatedAt: T0,
    ...overrides,
  };
}

function aMessage(overrides: Partial<OutboxRecord> = {}): OutboxRecord {
  const actorId = newId();
  return { messageId: newId(), actorId, type: 'order.completed', revision: 1, at: T0, data: '{"a":1}', ...overrides };
}

function aDelivery({ endpointId }: EndpointRecord, overrides: Partial<DeliveryRecord> = {}): DeliveryRecord {
  const eventId = newId();
  return { ...dueDelivery({ endpointId, eventId, type: 'order.completed', body: '{}', now: T0 }), ...overrides };
}

/** What the port of outbound webhooks promises, on a database of each test's own. */
export function describePush(open: () => Promise<OpenStore>): void {
  let opened: OpenStore;
  let push: PushStore;
  beforeEach(async () => {
    opened = await open();
    ({ push } = opened);
  });

  const commit = (...outbox: readonly OutboxRecord[]) => {
    const actor = anActor();
    return opened.store.commit([aCommit(actor, { outbox })]);
  };
  const drain = async (limit = 100): Promise<OutboxRecord[]> => {
    const taken: OutboxRecord[] = [];
    await push.relay(limit, (messages) => {
      taken.push(...messages);
      return [];
    });
    return taken;
  };
  const registered = async (overrides: Partial<EndpointRecord> = {}): Promise<EndpointRecord> => {
    const endpoint = anEndpoint(overrides);
    expect(await push.insertEndpoint(endpoint, 100)).toBe(true);
    return endpoint;
  };
  const claim = ({ endpointId }: EndpointRecord, now = T0, by: string = newId()) =>
    push.claimDeliveries({ endpointId, now, limit: 10, claim: by, leaseUntil: now + 1_000 });
  const outcome = (
    delivery: DeliveryRecord,
    by: string,
    overrides: Partial<Parameters<PushStore['recordAttempt']>[0]> = {},
  ) => ({
    claim: by,
    attempt: { deliveryId: delivery.deliveryId, attempt: 1, at: T0, durationMs: 12, statusCode: 200, error: null },
    endpointId: delivery.endpointId,
    state: 'delivered' as const,
    nextAttemptAt: null,
    health: 'well' as const,
    ...overrides,
  });

  describe('the outbox (G16)', () => {
    it('the outbox holds the messages of committed turns, oldest first, and none of a conflict', async () => {
      await registered();
      const [late, early] = [aMessage({ at: T0 + 1 }), aMessage()];
      await commit(late, early);
      const actor = anActor();
      await opened.store.commit([aCommit(actor)]);
      const turned = nextTurn(actor);
      await opened.store.commit([aCommit(turned, { outbox: [aMessage({ messageId: 'won', at: T0 + 2 })] })]);
      const lost = aCommit(turned, { outbox: [aMessage({ messageId: 'lost' })] });
      expect(await opened.store.commit([lost])).toEqual(['conflict']);
      expect((await drain()).map(({ messageId }) => messageId)).toEqual([early.messageId, late.messageId, 'won']);
      expect(await drain()).toEqual([]);
    });

    it('the outbox stays empty while no endpoint is enabled', async () => {
      await commit(aMessage());
      const endpoint = await registered();
      await push.disableEndpoint(endpoint.endpointId, 'gone', T0);
      await commit(aMessage());
      expect(await drain()).toEqual([]);
    });

    it('messages become deliveries in one transaction, and a failure leaves every message in the outbox', async () => {
      const endpoint = await registered();
      const message = aMessage();
      await commit(message);
      const failure = push.relay(10, () => {
        throw new Error('no fan-out');
      });
      await expect(failure).rejects.toThrow('no fan-out');
      const delivery = aDelivery(endpoint);
      expect(
        await push.relay(10, (messages, enabled) => {
          expect(messages).toStrictEqual([message]);
          expect(enabled).toStrictEqual([endpoint]);
          return [delivery, delivery];
        }),
      ).toBe(1);
      expect(await push.listDeliveries({ endpointId: endpoint.endpointId, limit: 10 })).toStrictEqual([delivery]);
    });

    it('each message goes to exactly one of many concurrent relays', async () => {
      await registered();
      const messages = Array.from({ length: 60 }, () => aMessage());
      for (const message of messages) await commit(message);
      const taken = (await Promise.all(Array.from({ length: 12 }, () => drain(10)))).flat();
      taken.push(...(await drain()));
      expect(taken.map(({ messageId }) => messageId).sort()).toEqual(messages.map(({ messageId }) => messageId).sort());
    });
  });

  describe('webhook endpoints (G16)', () => {
    it('endpoints are stored as they were registered, up to the allowed number', async () => {
      const [first, second] = [await registered(), await registered({ createdAt: T0 + 1, events: [] })];
      expect(await push.listEndpoints()).toStrictEqual([first, second]);
      expect(await push.findEndpoint(first.endpointId)).toStrictEqual(first);
      expect(await push.findEndpoint('none')).toBeNull();
      expect(await push.insertEndpoint(anEndpoint(), 2)).toBe(false);
      expect(await push.deleteEndpoint(second.endpointId)).toBe(true);
      expect(await push.deleteEndpoint(second.endpointId)).toBe(false);
    });

    it('one of two concurrent changes of an endpoint at the same revision succeeds', async () => {
      const endpoint = await registered();
      const changed = { ...endpoint, url: 'https://other.example.com/', revision: 2, updatedAt: T0 + 5 };
      expect(await Promise.all([push.updateEndpoint(changed), push.updateEndpoint(changed)])).toContain(false);
      expect(await push.findEndpoint(endpoint.endpointId)).toStrictEqual(changed);
    });

    it('an endpoint is disabled once, and enabling it clears its failures', async () => {
      const endpoint = await registered({ failingSince: T0 });
      const { endpointId } = endpoint;
      expect(await push.disableEndpoint(endpointId, 'failing', T0 + 1)).toBe(true);
      expect(await push.disableEndpoint(endpointId, 'gone', T0 + 2)).toBe(false);
      const disabled = await push.findEndpoint(endpointId);
      expect(disabled).toMatchObject({ disabledReason: 'failing', disabledAt: T0 + 1, failingSince: T0, revision: 2 });
      await push.updateEndpoint({ ...disabled!, disabledReason: null, disabledAt: null, revision: 3 });
      expect(await push.findEndpoint(endpointId)).toMatchObject({ disabledAt: null, failingSince: null });
    });
  });

  describe('deliveries (G16)', () => {
    it('a due delivery is claimed by exactly one caller, and can be claimed again when the claim has expired', async () => {
      const endpoint = await registered();
      const due = Array.from({ length: 20 }, () => aDelivery(endpoint));
      for (const delivery of due) await push.insertDelivery(delivery);
      await push.insertDelivery(aDelivery(endpoint, { nextAttemptAt: T0 + 60_000 }));
      const claimed = (await Promise.all([1, 2, 3, 4].map(() => claim(endpoint)))).flat();
      expect(claimed.map(({ deliveryId }) => deliveryId).sort()).toEqual(
        due.map(({ deliveryId }) => deliveryId).sort(),
      );
      expect(claimed.every(({ attempts, tries }) => attempts === 1 && tries === 1)).toBe(true);
      expect(await claim(endpoint, T0 + 999)).toEqual([]);
      expect(await push.nextDeliveryAt()).toBe(T0 + 1_000);
      expect((await claim(endpoint, T0 + 1_000)).map(({ attempts }) => attempts)).toEqual(Array(10).fill(2));
    });

    it('only the holder of the claim settles a delivery, and the attempt is recorded', async () => {
      const endpoint = await registered();
      const delivery = aDelivery(endpoint);
      await push.insertDelivery(delivery);
      await claim(endpoint, T0, 'first');
      await claim(endpoint, T0 + 1_000, 'second');
      expect(await push.recordAttempt(outcome(delivery, 'first'))).toBe(false);
      expect(await push.attemptsOf(delivery.deliveryId)).toEqual([]);
      const attempt = { ...outcome(delivery, '').attempt, attempt: 2, statusCode: 503, error: 'http_503' };
      const failed = outcome(delivery, 'second', {
        attempt,
        state: 'pending',
        nextAttemptAt: T0 + 9_000,
        health: 'failing',
      });
      expect(await push.recordAttempt(failed)).toBe(true);
      expect(await push.attemptsOf(delivery.deliveryId)).toStrictEqual([attempt]);
      expect(await push.findDelivery(endpoint.endpointId, delivery.deliveryId)).toMatchObject({
        state: 'pending',
        nextAttemptAt: T0 + 9_000,
        lastStatus: 503,
        lastError: 'http_503',
        settledAt: null,
      });
      expect(await push.findEndpoint(endpoint.endpointId)).toMatchObject({ failingSince: T0 });
      await claim(endpoint, T0 + 9_000, 'third');
      await push.recordAttempt(
        outcome(delivery, 'third', { attempt: { ...outcome(delivery, '').attempt, attempt: 3 } }),
      );
      expect(await push.findDelivery(endpoint.endpointId, delivery.deliveryId)).toMatchObject({
        state: 'delivered',
        settledAt: T0 + 12,
        nextAttemptAt: null,
      });
      expect(await push.findEndpoint(endpoint.endpointId)).toMatchObject({ failingSince: null });
      expect(await claim(endpoint, T0 + 99_000)).toEqual([]);
    });

    it('deliveries to a disabled endpoint are not due', async () => {
      const [enabled, disabled] = [await registered(), await registered()];
      for (const endpoint of [enabled, disabled]) await push.insertDelivery(aDelivery(endpoint));
      await push.insertDelivery(aDelivery(enabled, { nextAttemptAt: T0 - 5 }));
      await push.disableEndpoint(disabled.endpointId, 'by_hand', T0);
      expect((await push.endpointsWithDue(T0)).map(({ endpointId }) => endpointId)).toEqual([enabled.endpointId]);
      expect(await push.endpointsWithDue(T0 - 6)).toEqual([]);
      expect(await push.nextDeliveryAt()).toBe(T0 - 5);
    });

    it('a replay starts the schedule of a delivery again, but not while it is being sent', async () => {
      const endpoint = await registered();
      const { endpointId } = endpoint;
      const delivery = aDelivery(endpoint);
      await push.insertDelivery(delivery);
      await claim(endpoint, T0, 'mine');
      expect(await push.replayDelivery(endpointId, delivery.deliveryId, T0 + 1)).toBeNull();
      await push.recordAttempt(outcome(delivery, 'mine', { state: 'failed' }));
      expect(await push.replayDelivery(endpointId, delivery.deliveryId, T0 + 50)).toMatchObject({
        state: 'pending',
        attempts: 1,
        tries: 0,
        nextAttemptAt: T0 + 50,
        settledAt: null,
      });
      expect(await push.replayDelivery('another', delivery.deliveryId, T0 + 50)).toBeNull();
    });

    it('deliveries are listed newest first, in pages, by state', async () => {
      const endpoint = await registered();
      const { endpointId } = endpoint;
      const all = Array.from({ length: 5 }, (_, at) => aDelivery(endpoint, { createdAt: T0 + Math.floor(at / 2) }));
      for (const delivery of all) await push.insertDelivery(delivery);
      const first = await push.listDeliveries({ endpointId, limit: 2 });
      const rest = await push.listDeliveries({ endpointId, limit: 9, before: first[1] });
      const newest = all.sort((a, b) => b.createdAt - a.createdAt || (a.deliveryId < b.deliveryId ? 1 : -1));
      expect([...first, ...rest]).toStrictEqual(newest);
      expect(await push.listDeliveries({ endpointId, state: 'failed', limit: 9 })).toEqual([]);
      expect(await push.listDeliveries({ endpointId, state: 'pending', limit: 9 })).toHaveLength(5);
    });

    it('old deliveries are deleted with their attempts, and all deliveries with their endpoint', async () => {
      const endpoint = await registered();
      const { endpointId } = endpoint;
      const [old, recent] = [aDelivery(endpoint), aDelivery(endpoint, { createdAt: T0 + 5, nextAttemptAt: T0 + 5 })];
      for (const delivery of [old, recent]) await push.insertDelivery(delivery);
      await claim(endpoint, T0, 'mine');
      await push.recordAttempt(outcome(old, 'mine'));
      expect(await push.forgetDeliveries(T0 + 1, 10)).toBe(1);
      expect(await push.attemptsOf(old.deliveryId)).toEqual([]);
      expect(await push.findDelivery(endpointId, recent.deliveryId)).not.toBeNull();
      await push.deleteEndpoint(endpointId);
      expect(await push.listDeliveries({ endpointId, limit: 9 })).toEqual([]);
    });
  });

  it('actors that changed since a position are listed in the order of their changes, as they are now', async () => {
    const actors = [3, 1, 2].map((at) => anActor({ updatedAt: T0 + at }));
    await opened.store.commit([...actors, anActor({ machineId: 'other' })].map((actor) => aCommit(actor)));
    const all = await push.changedActors('order', { updatedAt: T0, actorId: '' }, 10);
    expect(all.map(({ updatedAt }) => updatedAt)).toEqual([T0 + 1, T0 + 2, T0 + 3]);
    const next = await push.changedActors('order', all[0]!, 1);
    expect(next).toStrictEqual([all[1]]);
    expect(await push.changedActors('order', all[2]!, 10)).toEqual([]);
  });
}
