import { ANONYMOUS, type Principal } from '../../http/auth/principal.js';
import { StreamLimiter } from './stream-limiter.js';

const customer = (orderId: string): Principal => ({ id: 'customer', role: 'customer', orderId });
const shop = (id: string): Principal => ({ id, role: 'client' });
const anna: Principal = { id: 'anna', role: 'operator' };

/** How many places each gets who asks for many, one after the other. */
function granted(limiter: StreamLimiter, principals: readonly Principal[]): number[] {
  return principals.map((principal) => {
    let places = 0;
    for (let n = 0; n < 1_000; n++) {
      try {
        limiter.take(principal);
        places += 1;
      } catch {
        return places;
      }
    }
    return places;
  });
}

describe('The places for streams', () => {
  it.each<[string, readonly Principal[], readonly number[]]>([
    ['one shop leaves half of them', [shop('one'), shop('two')], [50, 40]],
    ['all shops together leave some for operators', [shop('one'), shop('two'), shop('three'), anna], [50, 40, 0, 10]],
    ['the customers of one order have two', [customer('a'), customer('b'), customer('a')], [2, 2, 0]],
    ['an operator leaves half of them', [anna, shop('one')], [50, 40]],
    ['without keys all are one, and have all', [ANONYMOUS], [100]],
  ])('are shared: %s', (_, principals, places) => {
    expect(granted(new StreamLimiter(100), principals)).toEqual(places);
  });

  it('are there again when they are given back', () => {
    const limiter = new StreamLimiter(100);
    const taken = [limiter.take(customer('a')), limiter.take(customer('a'))];
    expect(() => limiter.take(customer('a'))).toThrow();
    taken[0]?.giveBack();
    expect(limiter.taken).toBe(1);
    limiter.take(customer('a'));
  });

  it('are none once the service goes down', () => {
    const limiter = new StreamLimiter(100);
    const { signal } = limiter.take(anna);
    limiter.closeAll();
    expect(signal.aborted).toBe(true);
    expect(() => limiter.take(anna)).toThrow();
  });
});
