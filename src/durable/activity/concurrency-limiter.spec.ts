import { ConcurrencyLimiter, type Release } from './concurrency-limiter.js';
import { CancellationToken } from './cancellation-token.js';

const never = new CancellationToken();

/** Asks for a place and notes the name once there is one. */
async function queueUp(
  limits: ConcurrencyLimiter,
  seen: string[],
  name: string,
  cancellation = never,
): Promise<Release | null> {
  const release = await limits.acquire('desk', cancellation);
  seen.push(release === null ? `${name} went away` : name);
  return release;
}

const settled = (): Promise<void> => new Promise(setImmediate);

describe('a limit on activities (G15)', () => {
  let limits: ConcurrencyLimiter;

  beforeEach(() => {
    limits = new ConcurrencyLimiter();
    limits.define({ desk: 2 });
  });

  it('lets in as many as it has places, then whoever waits longest', async () => {
    const seen: string[] = [];
    const places = ['a', 'b', 'c', 'd'].map((name) => queueUp(limits, seen, name));
    await settled();
    expect(seen).toEqual(['a', 'b']);
    (await places[1])?.();
    await settled();
    expect(seen).toEqual(['a', 'b', 'c']);
    (await places[0])?.();
    await settled();
    expect(seen).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives a free place to nobody who comes later than one who waits', async () => {
    const seen: string[] = [];
    const places = ['a', 'b', 'c'].map((name) => queueUp(limits, seen, name));
    (await places[0])?.();
    void queueUp(limits, seen, 'late');
    await settled();
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('loses no place to one who gave up waiting', async () => {
    const seen: string[] = [];
    const patience = new CancellationToken();
    const first = queueUp(limits, seen, 'a');
    void queueUp(limits, seen, 'b');
    void queueUp(limits, seen, 'c', patience);
    void queueUp(limits, seen, 'd');
    await settled();
    patience.cancel('tired');
    await settled();
    expect(seen).toEqual(['a', 'b', 'c went away']);
    (await first)?.();
    await settled();
    expect(seen.at(-1)).toBe('d');
  });

  it('keeps its order and its places over 10,000 who come, wait, give up and leave', async () => {
    const admitted: number[] = [];
    let inside = 0;
    let most = 0;
    const visit = async (visitor: number): Promise<void> => {
      const patience = new CancellationToken();
      const place = limits.acquire('desk', patience);
      if (visitor % 3 === 2) patience.cancel('tired');
      const release = await place;
      if (release === null) return;
      admitted.push(visitor);
      inside += 1;
      most = Math.max(most, inside);
      await settled();
      inside -= 1;
      release();
    };
    await Promise.all(Array.from({ length: 10_000 }, (_, visitor) => visit(visitor)));
    expect(most).toBe(2);
    expect(admitted).toEqual(Array.from({ length: 10_000 }, (_, visitor) => visitor).filter((each) => each % 3 !== 2));
    const seen: string[] = [];
    void queueUp(limits, seen, 'a');
    void queueUp(limits, seen, 'b');
    await settled();
    expect(seen).toEqual(['a', 'b']);
  });

  it('sends everybody away once it is closed', async () => {
    const seen: string[] = [];
    for (const name of ['a', 'b', 'c']) void queueUp(limits, seen, name);
    limits.close();
    void queueUp(limits, seen, 'd');
    await settled();
    expect([...seen].sort()).toEqual(['a', 'b', 'c went away', 'd went away']);
    expect(await limits.acquire(null, never)).toBeNull();
  });

  it('is one and the same for all machines that name it, so two sizes are refused', () => {
    expect(() => limits.define({ desk: 2, other: 1 })).not.toThrow();
    expect(() => limits.define({ desk: 3 })).toThrow('The limit "desk" is 2');
  });
});
