import type { AnyStateMachine } from 'xstate';

/** One thing that happens to a machine from outside. Activities are named by path, e.g. `payment/charge`. */
export type Step =
  | { readonly kind: 'send'; readonly event: { readonly type: string; readonly [field: string]: unknown } }
  | { readonly kind: 'resolve'; readonly activity: string; readonly output: unknown }
  | { readonly kind: 'reject'; readonly activity: string; readonly code: string }
  | { readonly kind: 'wait'; readonly ms: number };

export interface Scenario {
  readonly title: string;
  readonly input?: unknown;
  readonly steps: readonly Step[];
}

export interface ConformanceCase {
  readonly machine: AnyStateMachine;
  readonly scenarios: readonly Scenario[];
}

export const send = (type: string, fields: Readonly<Record<string, unknown>> = {}): Step => ({
  kind: 'send',
  event: { type, ...fields },
});
export const resolve = (activity: string, output: unknown = null): Step => ({ kind: 'resolve', activity, output });
export const reject = (activity: string, code = 'failed'): Step => ({ kind: 'reject', activity, code });
export const wait = (ms: number): Step => ({ kind: 'wait', ms });

const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const DAY = 1_440 * MINUTE;
