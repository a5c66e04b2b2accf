import { tariffFor, zoneOf } from './shipping-tariff.js';

describe('the shipping tariff', () => {
  it.each([
    ['DE', 'domestic'],
    ['FR', 'union'],
    ['CH', 'europe'],
    ['US', 'world'],
  ])('puts %s in the zone %s', (country, zone) => expect(zoneOf(country)).toBe(zone));

  it.each([
    ['DE', 1, 520],
    ['DE', 10, 790],
    ['DE', 11, 1_310],
    ['FR', 3, 1_260],
    ['CH', 2, 2_290],
    ['US', 1, 3_810],
  ])('sends to %s, %i pieces, for %i cents', (country, pieces, cents) => {
    expect(tariffFor(country, pieces)?.amount).toEqual({ amount: cents, currency: 'EUR' });
  });

  it('has no price for a country that no carrier serves', () => expect(tariffFor('AQ', 1)).toBeUndefined());

  it('stays exact for the largest order the contract allows', () => {
    expect(tariffFor('US', 5_000_000)?.amount.amount).toBe(500_000 * 3_490 + 5_000_000 * 320);
  });
});
