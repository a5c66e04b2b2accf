import type { CartLine, Reservation } from '../orders/machine/order/order-model.js';

/**
 * Compares a reservation with the request. Returns the broken rule in words, or null.
 *
 * - The reservation neither reserves nor reports missing what nobody requested.
 * - It covers every requested line, as reserved or as missing.
 * - Its prices share one currency.
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
