import { retryAfterMs } from './retry-after-header.js';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const DAY_MS = 86_400_000;

describe('retryAfterMs', () => {
  it.each([
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['Fri, 02 Jan 2026 03:04:35 GMT', 30_000],
    ['Friday, 02-Jan-26 03:04:35 GMT', 30_000],
  ])('reads %j', (header, wait) => {
    expect(retryAfterMs(header, NOW)).toBe(wait);
  });

  it('returns 0 for a date in the past', () => {
    expect(retryAfterMs('Thu, 01 Jan 2026 00:00:00 GMT', NOW)).toBe(0);
  });

  it.each(['86401', '9'.repeat(400), 'Fri, 02 Jan 2099 03:04:35 GMT'])('returns at most a day for %j', (header) => {
    expect(retryAfterMs(header, NOW)).toBe(DAY_MS);
  });

  it.each([undefined, null, '', '-1', '1.5', 'soon', '2026-01-02', 'Fri, someday', ['1', '2'], 5])(
    'returns undefined for %j',
    (header) => {
      expect(retryAfterMs(header, NOW)).toBeUndefined();
    },
  );
});
