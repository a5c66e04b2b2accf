import { pauseAfter } from './callback-schedule.js';

describe('the schedule of callbacks', () => {
  it('tries again after 1, 2, 5, 10, 30, 60 seconds, and then every minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 99].map(pauseAfter)).toEqual([
      1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 60_000, 60_000,
    ]);
  });

  it('ends after a hundred tries', () => expect(pauseAfter(100)).toBeUndefined());
});
