import { headerValue, pathSegment } from './wire-encoding.js';

describe('headerValue', () => {
  it('keeps an ordinary idempotency key', () => {
    expect(headerValue('8f2b-41:payment/startPayment')).toBe('8f2b-41:payment/startPayment');
  });

  it('encodes line breaks, spaces and everything outside of ASCII, so that no text splits a header', () => {
    expect(headerValue('a\r\nx: ü')).toBe('a%0D%0Ax:%20%C3%BC');
  });

  it('encodes the percent sign, so that two keys never become one', () => {
    expect(headerValue('a%20b')).not.toBe(headerValue('a b'));
  });

  it('accepts half a surrogate pair', () => {
    expect(headerValue('\ud800')).toBe('%EF%BF%BD');
  });
});

describe('pathSegment', () => {
  it('keeps an id in its own segment', () => {
    expect(pathSegment('a/../b?c=d#e')).toBe('a%2F..%2Fb%3Fc%3Dd%23e');
  });

  it.each(['', '.', '..'])('refuses %j, which would change the path', (text) => {
    expect(pathSegment(text)).toBeNull();
  });
});
