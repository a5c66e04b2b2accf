import { failureOf } from './activity-failure.js';
import type { ActivityFailure } from '../order/order-model.js';

/*
 * Every step of both machines runs the same way: running -> (backoff -> running)* -> incident. What differs is written
 * where the step is; what is the same is written here, once. A machine that uses these pieces registers the guards
 * `isFinal` and `mayRetry`, the actions `recordFailure` and `resetTries`, and the delays `retryDelay` and
 * `incidentTimeout` in its setup.
 */

/** The part of xstate's error event that counts here. */
interface Failed {
  readonly event: { readonly error: unknown };
}

/** Params of whatever wants the failure of a failed activity. */
export const failed = ({ event }: Failed): { failure: ActivityFailure } => ({ failure: failureOf(event.error) });

const recordFailure = { type: 'recordFailure', params: failed } as const;

/**
 * `onError` of a step's activity. A final refusal takes `refused` (a step that has no way on from a refusal targets its
 * incident); a technical failure is tried again as the retry policy allows, then parked.
 */
export function onFailure<const TActions extends readonly unknown[]>(refused: {
  readonly target: string;
  readonly actions: TActions;
}) {
  return [
    {
      guard: { type: 'isFinal', params: failed },
      target: refused.target,
      actions: [recordFailure, ...refused.actions] as const,
    },
    { guard: { type: 'mayRetry', params: failed }, target: 'backoff', actions: [recordFailure] },
    { target: 'incident', actions: [recordFailure] },
  ] as const;
}

/** An operator's retry, and what an unattended incident does that must never be abandoned. */
export const tryAgain = { target: 'running', actions: ['resetTries'] } as const;

/** Waits for the next try. */
export const backoff = { tags: ['backoff'], after: { retryDelay: { target: 'running' } } } as const;

/**
 * Waits for a person: `order.retry` begins anew; left alone, it takes `unattended` after the incident timeout.
 * Where order.cancel is taken too, spread this and add to its `on`.
 */
export function incident<const TUnattended>(unattended: TUnattended) {
  return {
    tags: ['incident'],
    on: { 'order.retry': tryAgain },
    after: { incidentTimeout: unattended },
  } as const;
}
