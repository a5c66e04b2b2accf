import type { ActivityFailure, RetryPolicy, StepTries } from '../order/order-model.js';
import { mayRetryAfter, retryDelayMs } from './retry-policy.js';
import { backoff, onFailure, tryAgain } from './step-states.js';

/*
 * What a machine beside the order's puts into its setup to have its steps tried as the retry policy says. Its own part are
 * the actions `recordFailure` (assign `withFailure`) and `resetTries` (assign `NO_FAILURES`).
 */

/** Params of whatever wants the failure of a failed activity. */
export interface Failed {
  readonly failure: ActivityFailure;
}

interface Retried {
  readonly orderId: string;
  readonly settings: { readonly retry: RetryPolicy; readonly incidentTimeoutMs: number };
}

/** @param of where the machine's context has the order and its settings. */
export function retriesOf<TContext extends StepTries>(of: (context: TContext) => Retried) {
  const read = (context: TContext) => ({ ...of(context), ...context });
  return {
    guards: {
      isFinal: (_: unknown, { failure }: Failed) => !failure.retryable,
      mayRetry: ({ context }: { context: TContext }, { failure }: Failed) => mayRetryAfter(read(context), failure),
    },
    delays: {
      retryDelay: ({ context }: { context: TContext }) => retryDelayMs(read(context)),
      incidentTimeout: ({ context }: { context: TContext }) => of(context).settings.incidentTimeoutMs,
    },
  };
}

const onError = onFailure({ target: 'incident', actions: [] });

/**
 * A step that is never given up: tried again as the policy says, then parked for a person, and tried again when nobody comes.
 * @param retryEvent by which a person has it tried again.
 */
export function retryForeverStep<const E extends string, I>(retryEvent: E, input: I) {
  const incident = {
    tags: 'incident',
    on: { [retryEvent]: tryAgain } as { readonly [type in E]: typeof tryAgain }, // a computed key is any string
    after: { incidentTimeout: tryAgain },
  } as const;
  return <const S extends string, const D>(src: S, onDone: D) =>
    ({
      entry: 'resetTries',
      initial: 'running',
      states: { running: { invoke: { src, id: src, input, onDone, onError } }, backoff, incident },
    }) as const;
}
