import { LabelLimiter } from './label-limiter.js';

describe('LabelLimiter', () => {
  it('always passes the first values up to its size, and replaces every later one by other', () => {
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
