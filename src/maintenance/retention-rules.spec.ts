import { expiredBy, KEEP_FOR_EVER } from './retention-rules.js';

const NOW = 1_000_000;

describe('the retention of orders', () => {
  it('keeps every order for ever by default', () => {
    expect(expiredBy(KEEP_FOR_EVER, NOW)).toEqual([]);
  });

  it('has a rule for each outcome, and one rule for all other outcomes', () => {
    expect(expiredBy({ byOutcomeMs: { failed: 10, cancelled: 30 }, othersMs: 20 }, NOW)).toEqual([
      { endedBefore: NOW - 10, outcomes: ['failed'] },
      { endedBefore: NOW - 30, outcomes: ['cancelled'] },
      { endedBefore: NOW - 20, exceptOutcomes: ['failed', 'cancelled'] },
    ]);
    expect(expiredBy({ byOutcomeMs: { failed: 10 }, othersMs: null }, NOW)).toHaveLength(1);
  });
});
