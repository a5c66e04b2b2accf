import { validateReservation } from './validate-reservation.js';

const asked = [
  { productId: 'tea', count: 2 },
  { productId: 'cup', count: 1 },
  { productId: 'tea', count: 1 },
];
const reserved = (productId: string, count: number, currency = 'EUR') => ({
  productId,
  count,
  name: productId,
  unitPrice: { amount: 100, currency },
});

describe('validateReservation (G4)', () => {
  it('accepts the requested goods, even when lines of one product are joined', () => {
    expect(
      validateReservation(asked, { reserved: [reserved('tea', 3), reserved('cup', 1)], notReserved: [] }),
    ).toBeNull();
  });

  it('accepts a part of the goods when the rest is reported missing', () => {
    const notReserved = [{ productId: 'cup', count: 1, available: 0 }];
    expect(validateReservation(asked, { reserved: [reserved('tea', 3)], notReserved })).toBeNull();
  });

  it.each([
    ['another product', [reserved('tea', 3), reserved('cup', 1), reserved('gold', 1)]],
    ['more of a product', [reserved('tea', 4), reserved('cup', 1)]],
    ['more of a product in two lines', [reserved('tea', 2), reserved('tea', 2), reserved('cup', 1)]],
  ])('rejects %s than was requested', (_, lines) => {
    expect(validateReservation(asked, { reserved: lines, notReserved: [] })).toMatch('not asked for');
  });

  it('rejects a report of missing goods that nobody requested', () => {
    const answer = {
      reserved: [reserved('tea', 3), reserved('cup', 1)],
      notReserved: [{ productId: 'gold', count: 1, available: 0 }],
    };
    expect(validateReservation(asked, answer)).toMatch('not asked for');
  });

  it('rejects an answer that omits requested goods', () => {
    expect(validateReservation(asked, { reserved: [reserved('tea', 3)], notReserved: [] })).toMatch('passes over');
  });

  it('rejects prices in several currencies', () => {
    const answer = { reserved: [reserved('tea', 3), reserved('cup', 1, 'USD')], notReserved: [] };
    expect(validateReservation(asked, answer)).toMatch('currencies');
  });
});
