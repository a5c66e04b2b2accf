import { RateWindows } from './rate-windows.js';

describe('a window of a rate limit', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => jest.useRealTimers());

  it('accepts as many requests as the limit, and a new one starts when it ends', async () => {
    const windows = new RateWindows();
    const hit = async () => {
      const { isBlocked, timeToBlockExpire } = await windows.increment('key', 60_000, 2);
      return [isBlocked, timeToBlockExpire];
    };
    expect([await hit(), await hit(), await hit()]).toEqual([
      [false, 0],
      [false, 0],
      [true, 60],
    ]);
    jest.advanceTimersByTime(59_001);
    expect(await hit()).toEqual([true, 1]);
    jest.advanceTimersByTime(999);
    expect(await hit()).toEqual([false, 0]);
  });

  it.each([-7_200_000, 7_200_000])('keeps its end when the system clock steps by %i ms', async (step) => {
    const windows = new RateWindows();
    await windows.increment('key', 60_000, 1);
    jest.setSystemTime(1_000_000 + step);
    expect(await windows.increment('key', 60_000, 1)).toMatchObject({ isBlocked: true, timeToBlockExpire: 60 });
  });

  it('counts each sender separately', async () => {
    const windows = new RateWindows();
    await windows.increment('one', 60_000, 1);
    expect((await windows.increment('one', 60_000, 1)).isBlocked).toBe(true);
    expect((await windows.increment('other', 60_000, 1)).isBlocked).toBe(false);
  });
});
