/**
 * Activities: the machine's promise logic, run outside of the turn, at least once, after the commit that decided it.
 *
 * Any `fromPromise` logic is an activity. One that needs its idempotency key or the try's number is written with
 * {@link fromActivity}, because XState gives a promise its input only. What is called from there finds the same by
 * AsyncLocalStorage ({@link currentActivity}): log lines and traces do.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import type { ActivityContext } from '../model/activity-context.js';

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
