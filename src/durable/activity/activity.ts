/**
 * Activities: the machine's promise logic, run outside of the turn, at least once, after the commit that decided it.
 *
 * Any `fromPromise` logic is an activity. One that needs its idempotency key or the try's number is written with
 * {@link fromActivity}, because XState gives a promise its input only. What is called from there finds the same by
 * AsyncLocalStorage ({@link currentActivity}): log lines and traces do.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import { isObject, type JsonObject } from '../json/json-object.js';

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
  /**
   * Aborted when the state that invoked the activity is left, when its time is over, or when the node shuts down.
   * Whatever the activity returns or throws after that is ignored: hand the signal on, and stop.
   */
  readonly signal: AbortSignal;
  /**
   * A sign of life, for an activity with a `heartbeatTimeoutMs`; without one, nothing. Cheap: it stays in this process and
   * writes nothing, so it does not tell another node how far the activity got.
   */
  readonly heartbeat: () => void;
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

type ActivityFunction<Output, Input> = (input: Input, context: ActivityContext) => Promise<Output>;

/** What was written with {@link fromActivity}: it needs no actor of its own to run. */
const functions = new WeakMap<object, ActivityFunction<unknown, unknown>>();

export function fromActivity<Output, Input extends NonReducibleUnknown>(
  run: ActivityFunction<Output, Input>,
): PromiseActorLogic<Output, Input> {
  const logic = fromPromise<Output, Input>(({ input }) => run(input, currentActivity()));
  functions.set(logic, run as ActivityFunction<unknown, unknown>); // called with this logic's input alone
  return logic;
}

/** Null for plain promise logic. */
export function functionOf(logic: object): ActivityFunction<unknown, unknown> | null {
  return functions.get(logic) ?? null;
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
const LONGEST_WORD = 100;
/** 400 days. What asks for more is not taken at its word: a deadline must fit the database. */
const LONGEST_RETRY_AFTER_MS = 34_560_000_000;

/**
 * Takes from whatever was thrown these five fields and nothing else: no stack, no cause, no field of its own. A value that
 * is no error, or says nothing of it, counts as retryable.
 */
export function toStoredError(error: unknown): StoredError {
  const fields = isObject(error) ? error : { message: describe(error) };
  const retryable = read(fields, 'retryable');
  const retryAfterMs = read(fields, 'retryAfterMs');
  return {
    name: text(read(fields, 'name'), LONGEST_WORD) ?? 'Error',
    code: text(read(fields, 'code'), LONGEST_WORD) ?? 'unknown',
    message: text(read(fields, 'message'), LONGEST_MESSAGE) ?? NO_ERROR,
    retryable: typeof retryable === 'boolean' ? retryable : true,
    ...(typeof retryAfterMs === 'number' && retryAfterMs >= 0
      ? { retryAfterMs: Math.min(Math.ceil(retryAfterMs), LONGEST_RETRY_AFTER_MS) }
      : {}),
  };
}

const NO_ERROR = 'Something that is no error was thrown.';

/** Of what is no object. A function's text would be its source. */
function describe(thrown: unknown): string {
  return typeof thrown === 'function' || Array.isArray(thrown) ? NO_ERROR : String(thrown);
}

/** A thrown object may be anything, with getters that throw. */
function read(fields: JsonObject, key: keyof StoredError): unknown {
  try {
    return fields[key];
  } catch {
    return undefined;
  }
}

function text(value: unknown, longest: number): string | null {
  return typeof value === 'string' ? value.slice(0, longest) : null;
}
