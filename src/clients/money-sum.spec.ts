import { isSameMoney, sumOf } from './money-sum.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('sumOf (G4)', () => {
  it('adds minor units of one currency', () => {
    expect(sumOf(eur(1_999), eur(490), eur(473))).toEqual(eur(2_962));
  });

  it('has no sum across currencies', () => {
    expect(sumOf(eur(1), { amount: 1, currency: 'USD' })).toBeNull();
  });

  it('has no sum that a number cannot count exactly', () => {
    expect(sumOf(eur(Number.MAX_SAFE_INTEGER), eur(1))).toBeNull();
  });

  it('takes money as the same only in amount and currency', () => {
    expect(isSameMoney(eur(1), eur(1))).toBe(true);
    expect(isSameMoney(eur(1), eur(2))).toBe(false);
    expect(isSameMoney(eur(1), { amount: 1, currency: 'USD' })).toBe(false);
  });
});
