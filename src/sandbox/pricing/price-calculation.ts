import { add, dinero, EUR, halfUp, multiply, toSnapshot, transformScale } from 'dinero.js';
import type { PriceDto, PriceRequestDto } from '../../contracts/pricing-contract.js';
import { PartnerRefusal } from '../protocol/partner-refusal.js';
import { vatRateOf } from './vat-rates.js';

/** Cents. Up to this sum every step below is an exact integer, even with the four extra digits of the VAT rate. */
const MAX_NET = 1_000_000_000_000;

/**
 * Computes the final price: goods, shipping, and VAT on both. It rounds once, half up, to the cent.
 * Refusals: 422 `currency_not_supported` (EUR only), 422 `amount_too_large`.
 */
export function priceOf(request: PriceRequestDto): PriceDto {
  const goods = request.items.reduce(
    (sum, item) => add(sum, multiply(euros(item.unitPrice), item.count)),
    euros({ amount: 0, currency: 'EUR' }),
  );
  const shipping = euros(request.shipping);
  const net = add(goods, shipping);
  if (toSnapshot(net).amount > MAX_NET) {
    throw new PartnerRefusal(422, 'amount_too_large', `At most ${MAX_NET} cents can be priced.`);
  }
  const vatRateBasisPoints = vatRateOf(request.country);
  const vat = transformScale(multiply(net, { amount: vatRateBasisPoints, scale: 4 }), EUR.exponent, halfUp);
  return {
    goods: wire(goods),
    shipping: wire(shipping),
    vat: wire(vat),
    vatRateBasisPoints,
    total: wire(add(net, vat)),
  };
}

function euros(money: { amount: number; currency: string }) {
  if (money.currency !== EUR.code) throw new PartnerRefusal(422, 'currency_not_supported', 'Prices are in EUR.');
  return dinero({ amount: money.amount, currency: EUR });
}

const wire = (money: ReturnType<typeof euros>) => ({ amount: toSnapshot(money).amount, currency: EUR.code });
