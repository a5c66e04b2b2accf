import { fingerprintOf } from './body-fingerprint.js';

describe('the fingerprint of a body', () => {
  it('ignores the order of the members', () => {
    expect(fingerprintOf({ a: 1, b: { c: [1, 2], d: null } })).toBe(fingerprintOf({ b: { d: null, c: [1, 2] }, a: 1 }));
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: '1' }],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: [] }, { a: {} }],
    [{ a: 'x,"b":1' }, { a: 'x', b: 1 }],
  ])('differs between %j and %j', (one, other) => {
    expect(fingerprintOf(one)).not.toBe(fingerprintOf(other));
  });

  it('accepts a missing body', () => {
    expect(fingerprintOf(undefined)).toHaveLength(64);
  });
});
