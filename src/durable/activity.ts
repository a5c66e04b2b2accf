/**
 * Activities: the machine's promise logic, run outside of the turn, at least once, after the commit that decided it.
 *
 * Any `fromPromise` logic is an activity. One that needs its idempotency key or the try's number is written with
 * {@link fromActivity}; the runtime hands both over by AsyncLocalStorage, because XState gives a promise its input only.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import { isObject } from './json.type.js';

export interface ActivityContext {
  readonly actorId: string;
  /** Path of invoke ids, e.g. `payment/startPayment`. */
  readonly activityId: string;
  /** This one invocation, e.g. `payment/startPayment#7`. */
  readonly taskId: string;
  /** The same in every try and after every restart until the activity succeeds: send it downstream as `Idempotency-Key`. */
  readonly idempotencyKey: string;
  /** 1 for the first try. */
  readonly attempt: number;
  /** How often this try was handed to a process; more than 1 after a crash. */
  readonly delivery: number;
  /** Aborted when the state that invoked the activity is left, or the node shuts down. */
  readonly signal: AbortSignal;
}

const running = new AsyncLocalStorage<ActivityContext>();

export function runInActivity<T>(context: ActivityContext, run: () => T): T {
  return running.run(context, run);
}

/** @throws Error when called outside of an activity. */
export function currentActivity(): ActivityContext {
  const context = running.getStore();
  if (context === undefined) throw new Error('Not inside a durable activity.');
  return context;
}

export function fromActivity<Output, Input extends NonReducibleUnknown>(
  run: (input: Input, context: ActivityContext) => Promise<Output>,
): PromiseActorLogic<Output, Input> {
  return fromPromise<Output, Input>(({ input }) => run(input, currentActivity()));
}

/** An activity's error as it is stored and as `onError` sees it: an Error object would become `{}` in JSON. */
export interface StoredError {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  /** False when the activity said that trying again cannot help. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
}

const LONGEST_MESSAGE = 1_000;

export function toStoredError(error: unknown): StoredError {
  if (!(error instanceof Error)) {
    return { name: 'Error', code: 'unknown', message: String(error).slice(0, LONGEST_MESSAGE), retryable: true };
  }
  const extra: unknown = error;
  const fields = isObject(extra) ? extra : {};
  const { code, retryable, retryAfterMs } = fields;
  return {
    name: error.name,
    code: typeof code === 'string' ? code : 'unknown',
    message: error.message.slice(0, LONGEST_MESSAGE),
    retryable: typeof retryable === 'boolean' ? retryable : true,
    ...(typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? { retryAfterMs } : {}),
  };
}
