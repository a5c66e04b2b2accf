import { add, dinero, toSnapshot } from 'dinero.js';
import type { Money } from '../orders/machine/order/order-model.js';

/** The sum of amounts of one currency; null when currencies differ or the sum is beyond what a number counts exactly. */
export function sumOf(first: Money, ...others: readonly Money[]): Money | null {
  if (others.some(({ currency }) => currency !== first.currency)) return null;
  const { amount, currency } = toSnapshot(others.map(toDinero).reduce(add, toDinero(first)));
  return Number.isSafeInteger(amount) ? { amount, currency: currency.code } : null;
}

export function isSameMoney(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}

/** Minor units are added, never converted, so how many of them make a major one plays no part. */
function toDinero({ amount, currency }: Money) {
  return dinero({ amount, currency: { code: currency, base: 10, exponent: 2 } });
}
