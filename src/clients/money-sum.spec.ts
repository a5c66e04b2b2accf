import { isSameMoney, sumOf } from './money-sum.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

describe('sumOf (G4)', () => {
  it('adds minor units of one currency', () => {
    expect(sumOf(eur(1_999), eur(490), eur(473))).toEqual(eur(2_962));
  });

  it('returns null for different currencies', () => {
    expect(sumOf(eur(1), { amount: 1, currency: 'USD' })).toBeNull();
  });

  it('returns null for a sum beyond the safe integers', () => {
    expect(sumOf(eur(Number.MAX_SAFE_INTEGER), eur(1))).toBeNull();
  });

  it('calls money the same only when amount and currency match', () => {
    expect(isSameMoney(eur(1), eur(1))).toBe(true);
    expect(isSameMoney(eur(1), eur(2))).toBe(false);
    expect(isSameMoney(eur(1), { amount: 1, currency: 'USD' })).toBe(false);
  });
});
