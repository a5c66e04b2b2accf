import type { ActivityFailure } from '../order/order-model.js';

/**
 * Reads what an activity rejected with. The runtime hands over an {@link ActivityFailure}; anything else (a bug in an
 * activity, a placeholder) counts as a technical failure unless it says otherwise, so that the order is parked for a
 * person instead of being refused.
 */
export function failureOf(error: unknown): ActivityFailure {
  const given = new Map<string, unknown>(typeof error === 'object' && error !== null ? Object.entries(error) : []);
  const retryAfterMs = given.get('retryAfterMs');
  return {
    name: text(given.get('name'), error instanceof Error ? error.name : 'Error'),
    code: text(given.get('code'), 'activity_failed'),
    message: text(given.get('message'), error instanceof Error ? error.message : 'The activity failed.'),
    retryable: given.get('retryable') !== false,
    ...(typeof retryAfterMs === 'number' && { retryAfterMs }),
    startedAt: epochMs(given.get('startedAt')),
    failedAt: epochMs(given.get('failedAt')),
  };
}

/** The provider answered a void, and the payment is still pending. The time of the failure is unknown. */
export const PAYMENT_STILL_PENDING: ActivityFailure = {
  name: 'PaymentStillPending',
  code: 'payment_still_pending',
  message: 'The provider answered the void, but the payment is still pending.',
  retryable: true,
  startedAt: 0,
  failedAt: 0,
};

function text(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

function epochMs(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
