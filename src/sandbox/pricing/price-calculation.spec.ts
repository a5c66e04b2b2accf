import type { PriceRequestDto } from '../../contracts/pricing-contract.js';
import { priceOf } from './price-calculation.js';
import { vatRateOf } from './vat-rates.js';

const eur = (amount: number) => ({ amount, currency: 'EUR' });
const ask = (country: string, unitPrice: number, count: number, shipping: number): PriceRequestDto => ({
  orderId: 'order-1',
  items: [{ productId: 'p', count, unitPrice: eur(unitPrice) }],
  shipping: eur(shipping),
  country,
});

describe('the VAT table', () => {
  it('has a rate for all 27 members of the European Union', () => {
    const union = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');
    expect(union).toHaveLength(27);
    for (const country of union) expect(vatRateOf(country)).toBeGreaterThanOrEqual(1_500);
  });

  it('charges no VAT on exports', () => expect(vatRateOf('US')).toBe(0));
});

describe('the final price', () => {
  it.each([
    ['DE', 1_890, 2, 550, { goods: 3_780, shipping: 550, vat: 823, total: 5_153 }],
    ['FI', 1_999, 1, 0, { goods: 1_999, shipping: 0, vat: 510, total: 2_509 }],
    ['CH', 1_000, 3, 2_290, { goods: 3_000, shipping: 2_290, vat: 428, total: 5_718 }],
    ['US', 1_000, 1, 3_810, { goods: 1_000, shipping: 3_810, vat: 0, total: 4_810 }],
  ])('to %s of %i cents times %i plus %i adds VAT, rounded half up', (country, price, count, shipping, expected) => {
    const answer = priceOf(ask(country, price, count, shipping));
    expect([answer.goods, answer.shipping, answer.vat, answer.total].map(({ amount }) => amount)).toEqual([
      expected.goods,
      expected.shipping,
      expected.vat,
      expected.total,
    ]);
  });

  it('rounds exactly half a cent up', () => expect(priceOf(ask('DE', 50, 1, 0)).vat.amount).toBe(10));

  it('refuses another currency than EUR', () => {
    expect(() => priceOf({ ...ask('DE', 1, 1, 1), shipping: { amount: 1, currency: 'USD' } })).toThrow(
      'currency_not_supported',
    );
  });

  it('refuses a sum too large to be exact instead of rounding it', () => {
    expect(() => priceOf(ask('DE', Number.MAX_SAFE_INTEGER, 10_000, 0))).toThrow('amount_too_large');
  });
});
