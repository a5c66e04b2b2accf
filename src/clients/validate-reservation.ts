import type { CartLine, Reservation } from '../orders/machine/order/order-model.js';

/**
 * What is wrong with a reservation, compared with what was asked for; null when nothing is. Nothing may be reserved or
 * reported missing that was not asked for, nothing asked for may be passed over in silence, and prices are in one currency.
 */
export function validateReservation(
  asked: readonly CartLine[],
  { reserved, notReserved }: Pick<Reservation, 'reserved' | 'notReserved'>,
): string | null {
  const wanted = counted(asked);
  const got = counted(reserved);
  const missing = counted(notReserved);
  for (const counts of [got, missing]) {
    for (const [productId, count] of counts) {
      if (count > (wanted.get(productId) ?? 0)) return 'it holds goods that were not asked for';
    }
  }
  for (const [productId, count] of wanted) {
    if ((got.get(productId) ?? 0) < count && !missing.has(productId)) return 'it passes over goods that were asked for';
  }
  return new Set(reserved.map(({ unitPrice }) => unitPrice.currency)).size > 1 ? 'its prices mix currencies' : null;
}

function counted(lines: readonly CartLine[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { productId, count } of lines) counts.set(productId, (counts.get(productId) ?? 0) + count);
  return counts;
}
