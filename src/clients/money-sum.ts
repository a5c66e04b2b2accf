import { add, dinero, toSnapshot } from 'dinero.js';
import type { Money } from '../orders/machine/order/order-model.js';

/** Adds amounts of one currency. Returns null when currencies differ or the sum exceeds the safe integers. */
export function sumOf(first: Money, ...others: readonly Money[]): Money | null {
  if (others.some(({ currency }) => currency !== first.currency)) return null;
  const { amount, currency } = toSnapshot(others.map(toDinero).reduce(add, toDinero(first)));
  return Number.isSafeInteger(amount) ? { amount, currency: currency.code } : null;
}

export function isSameMoney(one: Money, other: Money): boolean {
  return one.amount === other.amount && one.currency === other.currency;
}

/** The exponent has no effect: the sum adds minor units and never converts them. */
function toDinero({ amount, currency }: Money) {
  return dinero({ amount, currency: { code: currency, base: 10, exponent: 2 } });
}
