import { nextAttemptAt } from './delivery-schedule.js';

const SCHEDULE = [5_000, 300_000, 1_800_000];

describe('the schedule of a delivery (G16)', () => {
  it('waits for each step in order, and gives up after the last', () => {
    const waits = [1, 2, 3, 4, 5].map((tries) => nextAttemptAt(SCHEDULE, tries, 1_000, () => 0));
    expect(waits).toEqual([6_000, 301_000, 1_801_000, null, null]);
  });

  it('adds up to a tenth to a wait, and never shortens it', () => {
    expect(nextAttemptAt(SCHEDULE, 2, 0, () => 1)).toBe(330_000);
    expect(nextAttemptAt(SCHEDULE, 2, 0)).toBeGreaterThanOrEqual(300_000);
  });

  it('gives up at once when it is empty', () => {
    expect(nextAttemptAt([], 1, 0)).toBeNull();
  });
});
