import { type Follower, StreamLimiter } from './stream-limiter.js';

const customer = (name: string): Follower => ({ name, kind: 'customer' });
const shop = (name: string): Follower => ({ name, kind: 'client' });
const anna: Follower = { name: 'anna', kind: 'operator' };
const anybody: Follower = { name: 'anybody', kind: 'anybody' };

/** Returns the number of places that each follower gets when it requests many, one follower after the other. */
function granted(limiter: StreamLimiter, followers: readonly Follower[]): number[] {
  return followers.map((follower) => {
    let places = 0;
    for (let n = 0; n < 1_000; n++) {
      try {
        limiter.take(follower);
        places += 1;
      } catch {
        return places;
      }
    }
    return places;
  });
}

describe('The places for streams', () => {
  it.each<[string, readonly Follower[], readonly number[]]>([
    ['one shop leaves half of them', [shop('one'), shop('two')], [50, 40]],
    ['all shops together leave some for operators', [shop('one'), shop('two'), shop('three'), anna], [50, 40, 0, 10]],
    ['the customers of one order have two', [customer('a'), customer('b'), customer('a')], [2, 2, 0]],
    ['an operator leaves half of them', [anna, shop('one')], [50, 40]],
    ['without keys all are one, and have all', [anybody], [100]],
  ])('are shared: %s', (_, followers, places) => {
    expect(granted(new StreamLimiter(100), followers)).toEqual(places);
  });

  it('can be taken again after they are given back', () => {
    const limiter = new StreamLimiter(100);
    const taken = [limiter.take(customer('a')), limiter.take(customer('a'))];
    expect(() => limiter.take(customer('a'))).toThrow();
    taken[0]?.giveBack();
    expect(limiter.taken).toBe(1);
    limiter.take(customer('a'));
  });

  it('cannot be taken once the service shuts down', () => {
    const limiter = new StreamLimiter(100);
    const { signal } = limiter.take(anna);
    limiter.closeAll();
    expect(signal.aborted).toBe(true);
    expect(() => limiter.take(anna)).toThrow();
  });
});
