import { conflictsOf } from './order-correction.js';

const address = { name: 'Greta', street: 'Allee 7', postalCode: '10435', city: 'Berlin', country: 'DE' };
const items = [{ productId: 'mug', count: 1 }];
const NEW = { customer: null, items: null, reservation: null, shipping: null };
const FETCHED = { ...NEW, items, customer: { id: 'u-1', email: 'g@example.com', address } };
const RESERVED = {
  ...FETCHED,
  reservation: { reservationId: 'r-1', reserved: [], notReserved: [], expiresAt: '2100-01-01T00:00:00.000Z' },
};
const QUOTED = { ...RESERVED, shipping: { quoteId: 'q-1', carrier: 'Post', amount: { amount: 5, currency: 'EUR' } } };

describe('a correction (G13)', () => {
  it.each([
    ['of what is not fetched yet', NEW, { customer: { email: 'x@example.com' }, items }, ['unknown', 'unknown']],
    ['before anything rests on it', FETCHED, { customer: { address: { country: 'FR' } }, items }, []],
    ['of goods that are reserved', RESERVED, { items }, ['settled']],
    ['of the country before the quote', RESERVED, { customer: { address: { country: 'FR' } } }, []],
    ['of the country after the quote', QUOTED, { customer: { address: { country: 'FR' } } }, ['settled']],
    ['of the street after the quote', QUOTED, { customer: { address: { street: 'Allee 8' } } }, []],
  ])('%s', (_, order, correction, rules) => {
    expect(conflictsOf(correction, order).map(({ rule }) => rule)).toEqual(rules);
  });
});
