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

describe('reservationDistrust (G4)', () => {
  it('trusts what was asked for, also when lines of one product are joined', () => {
    expect(
      validateReservation(asked, { reserved: [reserved('tea', 3), reserved('cup', 1)], notReserved: [] }),
    ).toBeNull();
  });

  it('trusts a part of it when the rest is reported missing', () => {
    const notReserved = [{ productId: 'cup', count: 1, available: 0 }];
    expect(validateReservation(asked, { reserved: [reserved('tea', 3)], notReserved })).toBeNull();
  });

  it.each([
    ['another product', [reserved('tea', 3), reserved('cup', 1), reserved('gold', 1)]],
    ['more of a product', [reserved('tea', 4), reserved('cup', 1)]],
    ['more of a product in two lines', [reserved('tea', 2), reserved('tea', 2), reserved('cup', 1)]],
  ])('distrusts %s than was asked for', (_, lines) => {
    expect(validateReservation(asked, { reserved: lines, notReserved: [] })).toMatch('not asked for');
  });

  it('distrusts a report of missing goods nobody asked for', () => {
    const answer = {
      reserved: [reserved('tea', 3), reserved('cup', 1)],
      notReserved: [{ productId: 'gold', count: 1, available: 0 }],
    };
    expect(validateReservation(asked, answer)).toMatch('not asked for');
  });

  it('distrusts silence about goods that were asked for', () => {
    expect(validateReservation(asked, { reserved: [reserved('tea', 3)], notReserved: [] })).toMatch('passes over');
  });

  it('distrusts prices in several currencies', () => {
    const answer = { reserved: [reserved('tea', 3), reserved('cup', 1, 'USD')], notReserved: [] };
    expect(validateReservation(asked, answer)).toMatch('currencies');
  });
});
