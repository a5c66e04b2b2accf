import { anActor } from '../../../test/contract/record-fixture.js';
import { ActorCache } from './actor-cache.js';

const large = (bytes: number) => ({
  record: anActor({ snapshot: 'x'.repeat(bytes) }),
  bookkeeping: null,
  hydrated: null,
});

describe('The cache of actors', () => {
  it('holds as many bytes as it may, however few actors that are, and those that were used last', () => {
    const cache = new ActorCache({ cacheSize: 2_000, cacheBytes: 1_000_000 });
    for (let n = 0; n < 500; n++) cache.set(`actor-${n}`, large(100_000));
    expect(cache.size).toBeLessThanOrEqual(1_000_000);
    expect([cache.get('actor-499') !== undefined, cache.get('actor-0')]).toEqual([true, undefined]);
  });

  it('does not hold an actor that is larger than all may be', () => {
    const cache = new ActorCache({ cacheSize: 2_000, cacheBytes: 1_000_000 });
    cache.set('small', large(10));
    cache.set('large', large(2_000_000));
    expect(cache.get('large')).toBeUndefined();
    expect(cache.get('small')).toBeDefined();
  });

  it('forgets what it held of an actor that has become too large', () => {
    const cache = new ActorCache({ cacheSize: 2_000, cacheBytes: 1_000_000 });
    cache.set('actor', large(10));
    cache.set('actor', large(2_000_000));
    expect(cache.get('actor')).toBeUndefined();
  });

  it('holds as many actors as it may, however small they are', () => {
    const cache = new ActorCache({ cacheSize: 2, cacheBytes: 1_000_000 });
    for (const id of ['a', 'b', 'c']) cache.set(id, large(10));
    expect(['a', 'b', 'c'].map((id) => cache.get(id) !== undefined)).toEqual([false, true, true]);
  });
});
