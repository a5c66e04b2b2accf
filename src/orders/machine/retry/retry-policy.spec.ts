import { SETTINGS } from '../../../../test/model/order-fixture.js';
import type { ActivityFailure, RetryPolicy } from '../order/order-model.js';
import { mayRetryAfter, NO_FAILURES, retryDelayMs, withFailure, type RetryingContext } from './retry-policy.js';

const failureAt = (failedAt: number, more: Partial<ActivityFailure> = {}): ActivityFailure => ({
  name: 'PartnerError',
  code: 'partner_unavailable',
  message: 'away',
  retryable: true,
  startedAt: failedAt - 10,
  failedAt,
  ...more,
});

const tries = (retry: Partial<RetryPolicy> = {}, orderId = 'order-1'): RetryingContext => ({
  orderId,
  settings: { retry: { ...SETTINGS.retry, maxAttempts: 10, ...retry } },
  step: 'getProducts',
  ...NO_FAILURES,
});

const failedTimes = (context: RetryingContext, times: number, failure = failureAt(1_000)): RetryingContext =>
  times === 0 ? context : failedTimes(withFailure(context, failure), times - 1, failure);

describe('The retry policy', () => {
  it('waits the first interval, then multiplies it, and never exceeds the longest interval', () => {
    const delays = [1, 2, 3, 4, 5, 6].map((times) => retryDelayMs(failedTimes(tries(), times)));
    expect(delays).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('stays at the longest interval when the exponent overflows', () => {
    expect(retryDelayMs(failedTimes(tries(), 2_000))).toBe(60_000);
  });

  it('waits at least as long as the partner asked, up to the longest interval', () => {
    expect(retryDelayMs(failedTimes(tries(), 1, failureAt(1_000, { retryAfterMs: 7_000 })))).toBe(7_000);
    expect(retryDelayMs(failedTimes(tries(), 1, failureAt(1_000, { retryAfterMs: 99_999_999_000 })))).toBe(
      tries().settings.retry.maxIntervalMs,
    );
    expect(retryDelayMs(failedTimes(tries(), 1, failureAt(1_000, { retryAfterMs: 10 })))).toBe(5_000);
  });

  it('spreads orders over the jittered share of the interval, the same way in every replay', () => {
    const delayOf = (order: number) => retryDelayMs(failedTimes(tries({ jitter: 0.4 }, `order-${order}`), 1));
    const delays = Array.from({ length: 200 }, (_, order) => delayOf(order));
    expect(Array.from({ length: 200 }, (_, order) => delayOf(order))).toEqual(delays);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...delays)).toBeLessThanOrEqual(5_000);
    expect(new Set(delays).size).toBeGreaterThan(100);
    // All parts of the share are used, not one end of it.
    expect(Math.min(...delays)).toBeLessThan(3_300);
    expect(Math.max(...delays)).toBeGreaterThan(4_700);
  });

  it('draws the jitter anew for every attempt and step', () => {
    const flat = tries({ jitter: 1, backoffCoefficient: 1 });
    const draws = [1, 2, 3].map((times) => retryDelayMs(failedTimes(flat, times)));
    draws.push(retryDelayMs(failedTimes({ ...flat, step: 'getAddress' }, 1)));
    expect(new Set(draws).size).toBe(4);
  });

  it('allows as many tries as the policy says, the first call included', () => {
    const context = tries({ maxAttempts: 3 });
    const allowed = [0, 1, 2].map((times) => mayRetryAfter(failedTimes(context, times), failureAt(1_000)));
    expect(allowed).toEqual([true, true, false]);
  });

  it('does not try again what can never succeed', () => {
    expect(mayRetryAfter(tries(), failureAt(1_000, { retryable: false }))).toBe(false);
  });

  it('starts no try later than the overall timeout after the first one began', () => {
    const context = tries({ overallTimeoutMs: 20_000 });
    const once = withFailure(context, failureAt(1_000, { startedAt: 0 + 1 }));
    expect(mayRetryAfter(once, failureAt(10_001, { startedAt: 9_000 }))).toBe(true);
    expect(mayRetryAfter(once, failureAt(10_002, { startedAt: 9_000 }))).toBe(false);
  });

  it('counts a wish of the partner towards the overall timeout', () => {
    const context = tries({ overallTimeoutMs: 20_000 });
    expect(mayRetryAfter(context, failureAt(1_000, { retryAfterMs: 19_000 }))).toBe(true);
    expect(mayRetryAfter(context, failureAt(1_000, { retryAfterMs: 20_000 }))).toBe(false);
  });

  it('knows no overall timeout when it is 0 or when nobody said when the first try began', () => {
    expect(mayRetryAfter(tries(), failureAt(10 ** 12, { startedAt: 1 }))).toBe(true);
    expect(mayRetryAfter(tries({ overallTimeoutMs: 1 }), failureAt(0, { startedAt: 0 }))).toBe(true);
  });
});
