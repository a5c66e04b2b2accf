import { assign, type EventObject, type ParameterizedObject } from 'xstate';
import type { ActivityFailure, RetryPolicy, StepTries } from '../order/order-model.js';
import { mayRetryAfter, NO_FAILURES, retryDelayMs, withFailure } from './retry-policy.js';
import { backoff, onFailure, tryAgain } from './step-states.js';

/*
 * What a machine puts into its setup to have its steps tried as the retry policy says. Order, payment, late payment and
 * return share it; step-states.ts has the states that use it.
 */

/** Params of whatever wants the failure of a failed activity. */
export interface Failed {
  readonly failure: ActivityFailure;
}

interface Retried {
  readonly orderId: string;
  readonly settings: { readonly retry: RetryPolicy; readonly incidentTimeoutMs?: number };
}

/**
 * Guards, actions and delays of a machine whose context has the tries of its step.
 * @param of where the context has the order and its settings.
 */
export function retrySetup<TContext extends StepTries, TEvent extends EventObject>(of: (context: TContext) => Retried) {
  const read = (context: TContext) => ({ ...of(context), ...tries(context) });
  const change = <TParams extends ParameterizedObject['params']>(
    patch: (context: TContext, params: TParams) => Partial<StepTries>,
  ) =>
    assign<TContext, TEvent, TParams, TEvent, never>(
      // Only the tries change, and every context has them.
      ({ context }, params) => patch(context, params) as Partial<TContext>,
    );
  return {
    guards: {
      isFinal: (_: unknown, { failure }: Failed) => !failure.retryable,
      mayRetry: ({ context }: { context: TContext }, { failure }: Failed) => mayRetryAfter(read(context), failure),
    },
    actions: {
      /** Marks which activity the state runs, and forgets the failures of the one before. */
      enterStep: change((_, { step }: { readonly step: string }) => ({ ...NO_FAILURES, step })),
      recordFailure: change((context, { failure }: Failed) => withFailure(tries(context), failure)),
      resetTries: change<undefined>(() => NO_FAILURES),
    },
    delays: {
      retryDelay: ({ context }: { context: TContext }) => retryDelayMs(read(context)),
      /** How long an incident waits for a person. */
      incidentTimeout: ({ context }: { context: TContext }) => of(context).settings.incidentTimeoutMs ?? 0,
    },
  };
}

const tries = ({ step, failures, firstStartedAt, lastFailure }: StepTries): StepTries => ({
  step,
  failures,
  firstStartedAt,
  lastFailure,
});

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
