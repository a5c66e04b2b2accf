import { expiredBy, KEEP_FOR_EVER } from './retention-rules.js';

const NOW = 1_000_000;

describe('the retention of orders', () => {
  it('keeps everything for ever unless it is told otherwise', () => {
    expect(expiredBy(KEEP_FOR_EVER, NOW)).toEqual([]);
  });

  it('goes by how an order ended, and has one rule for all others', () => {
    expect(expiredBy({ byOutcomeMs: { failed: 10, cancelled: 30 }, othersMs: 20 }, NOW)).toEqual([
      { endedBefore: NOW - 10, outcomes: ['failed'] },
      { endedBefore: NOW - 30, outcomes: ['cancelled'] },
      { endedBefore: NOW - 20, exceptOutcomes: ['failed', 'cancelled'] },
    ]);
    expect(expiredBy({ byOutcomeMs: { failed: 10 }, othersMs: null }, NOW)).toHaveLength(1);
  });
});
