import { VirtualClock } from '../testing/virtual-clock.js';
import { CancellationToken } from './cancellation-token.js';
import { PoisonQuarantine } from './poison-quarantine.js';

const MOMENT_MS = 1_000;

describe('activities that were there when processes died (G15)', () => {
  let clock: VirtualClock;
  let started: string[];
  let quarantine: PoisonQuarantine;

  beforeEach(() => {
    clock = new VirtualClock();
    started = [];
    quarantine = new PoisonQuarantine(clock);
  });

  /** Runs `work` when it is the turn of `name`, then leaves. */
  async function arrive(name: string, delivery: number, work = (): Promise<void> => Promise.resolve()): Promise<void> {
    const release = await quarantine.acquire(name, delivery, new CancellationToken());
    started.push(name);
    await work();
    release();
  }
  const hang = (): Promise<void> => new Promise(() => undefined);

  it('start one after the other, each when the one before has ended', async () => {
    let end = (): void => undefined;
    void arrive('b', 3);
    void arrive('a', 3, () => new Promise((resolve) => (end = resolve)));
    void arrive('c', 3);
    await clock.advance(MOMENT_MS - 1);
    expect(started).toEqual([]);
    await clock.advance(1);
    expect(started).toEqual(['a']);
    end();
    await clock.advance(0);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('wait no longer than a moment for one that hangs', async () => {
    for (const name of ['a', 'b', 'c']) void arrive(name, 3, hang);
    await clock.advance(3 * MOMENT_MS - 1);
    expect(started).toEqual(['a', 'b']);
    await clock.advance(1);
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('hold nobody up who gave up, and take in whoever comes later', async () => {
    const patience = new CancellationToken();
    const gaveUp = quarantine.acquire('a', 3, patience);
    void arrive('b', 3, hang);
    patience.cancel('tired');
    (await gaveUp)();
    await clock.advance(MOMENT_MS);
    expect(started).toEqual(['b']);
    void arrive('c', 3);
    await clock.advance(MOMENT_MS);
    void arrive('d', 3);
    await clock.advance(MOMENT_MS);
    expect(started).toEqual(['b', 'c', 'd']);
  });

  it.each([0, 1, 31, 63, 64])('all get away in two more deaths but the one that kills (number %i)', async (culprit) => {
    let left = Array.from({ length: 65 }, (_, index) => `task ${String(index).padStart(2, '0')}`);
    const killer = left[culprit];
    for (const delivery of [3, 4]) {
      quarantine = new PoisonQuarantine(clock);
      let dead = false;
      const innocent = new Set<string>();
      for (const name of left) {
        void arrive(name, delivery, async () => {
          dead ||= name === killer;
          await Promise.resolve();
          if (!dead) innocent.add(name);
        });
      }
      await clock.advance(MOMENT_MS);
      expect(dead).toBe(true);
      left = left.filter((name) => !innocent.has(name));
    }
    expect(left).toEqual([killer]);
  });
});
