import { LabelLimiter } from './label-limiter.js';

describe('LabelBudget', () => {
  it('lets so many different values pass, for ever, and calls every later one other', () => {
    const budget = new LabelLimiter(2);
    expect(['a', 'b', 'a', 'c', 'd', 'b'].map((text) => budget.value(text))).toEqual([
      'a',
      'b',
      'a',
      'other',
      'other',
      'b',
    ]);
  });
});
