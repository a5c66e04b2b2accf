import type { ActivityFailure, RetryPolicy, StepTries } from '../order/order-model.js';

/** What the policy reads: the context of either machine. */
export interface RetryingContext extends StepTries {
  readonly orderId: string;
  readonly settings: { readonly retry: RetryPolicy };
}

/** No failure yet: what a step starts with, and what an operator's retry sets back to. */
export const NO_FAILURES = { failures: 0, firstStartedAt: null, lastFailure: null } as const;

/** The tries after one more of them failed. A `startedAt` of 0 means unknown and starts no overall timeout. */
export function withFailure<T extends StepTries>(tries: T, failure: ActivityFailure): T {
  const startedAt = failure.startedAt > 0 ? failure.startedAt : null;
  return {
    ...tries,
    failures: tries.failures + 1,
    firstStartedAt: tries.firstStartedAt ?? startedAt,
    lastFailure: failure,
  };
}

/**
 * Milliseconds from the last failure to the next try: exponential, capped by `maxIntervalMs`, then shortened by up to the
 * share `jitter`; not less than the partner asked for, up to `maxIntervalMs`. Drawn from the order's id, the step and the attempt, so that
 * every replay agrees and orders that failed together do not come back together.
 */
export function retryDelayMs(context: RetryingContext): number {
  const { retry } = context.settings;
  const exponent = Math.max(0, context.failures - 1);
  const interval = Math.min(retry.firstIntervalMs * retry.backoffCoefficient ** exponent, retry.maxIntervalMs);
  const draw = fraction(`${context.orderId}:${context.step ?? ''}:${context.failures}`);
  const spread = Math.round(interval * (1 - retry.jitter * draw));
  return Math.max(spread, Math.min(context.lastFailure?.retryAfterMs ?? 0, retry.maxIntervalMs));
}

/** Whether one more try is due after `failure`: tries are left, and it would start within the overall timeout. */
export function mayRetryAfter(context: RetryingContext, failure: ActivityFailure): boolean {
  const { maxAttempts, overallTimeoutMs } = context.settings.retry;
  const next = withFailure(context, failure);
  if (!failure.retryable || next.failures >= maxAttempts) return false;
  if (overallTimeoutMs === 0 || next.firstStartedAt === null) return true;
  return failure.failedAt + retryDelayMs(next) - next.firstStartedAt <= overallTimeoutMs;
}

/** 32-bit FNV-1a over UTF-16 code units, as a number in [0, 1). */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) / 2 ** 32;
}
