import type { Address, CartLine, OrderContext } from './machine/order/order-model.js';
import type { CorrectionConflict } from './order-errors.js';

/**
 * What an operator may correct before a step is tried again: a JSON merge patch (RFC 7396) of the order's context, cut
 * down to what partners are told. Amounts, ids of partners and the order's own state are never corrected by hand.
 */
export interface OrderCorrection {
  readonly customer?: {
    readonly email?: string;
    readonly address?: Partial<Address>;
  };
  /** All of them: a list is replaced as a whole. */
  readonly items?: readonly CartLine[];
}

type Known = Pick<OrderContext, 'customer' | 'items' | 'reservation' | 'shipping'>;

/**
 * What of a correction does not fit where the order stands: what a later step is going to fetch would overwrite it, and
 * what steps before have built upon would no longer agree with them. Empty: it fits.
 */
export function conflictsOf({ customer, items }: OrderCorrection, order: Known): CorrectionConflict[] {
  const conflicts: CorrectionConflict[] = [];
  if (customer !== undefined && order.customer === null)
    conflicts.push({ field: 'customer', rule: 'unknown', message: 'The order has not fetched its customer yet.' });
  if (customer?.address?.country !== undefined && order.shipping !== null) {
    const message = 'The shipping quote and the VAT are of the country the order has now.';
    conflicts.push({ field: 'customer.address.country', rule: 'settled', message });
  }
  if (items !== undefined && order.items === null)
    conflicts.push({ field: 'items', rule: 'unknown', message: 'The order has not fetched its cart yet.' });
  if (items !== undefined && order.reservation !== null)
    conflicts.push({ field: 'items', rule: 'settled', message: 'The goods are reserved already.' });
  return conflicts;
}
