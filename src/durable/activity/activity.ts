/**
 * An activity is a machine's promise logic. It runs outside of the turn, at least once, after the commit that decided it;
 * a safe one may begin before.
 *
 * Any `fromPromise` logic is an activity. XState gives a promise its input only; {@link fromActivity} gives it the idempotency
 * key, the attempt and the rest of the {@link ActivityContext}, too. Functions that an activity calls get the context from
 * {@link currentActivity}.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { fromPromise, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import type { ActivityContext } from '../model/activity-context.js';

const running = new AsyncLocalStorage<ActivityContext>();

export function runInActivity<T>(context: ActivityContext, run: () => T): T {
  return running.run(context, run);
}

/** @throws Error outside of an activity. */
export function currentActivity(): ActivityContext {
  const context = running.getStore();
  if (context === undefined) throw new Error('Not inside a durable activity.');
  return context;
}

type ActivityFunction<Output, Input> = (input: Input, context: ActivityContext) => Promise<Output>;

/** Functions behind {@link fromActivity}: the runner calls them without an actor. */
const functions = new WeakMap<object, ActivityFunction<unknown, unknown>>();

export function fromActivity<Output, Input extends NonReducibleUnknown>(
  run: ActivityFunction<Output, Input>,
): PromiseActorLogic<Output, Input> {
  const logic = fromPromise<Output, Input>(({ input }) => run(input, currentActivity()));
  functions.set(logic, run as ActivityFunction<unknown, unknown>); // called with this logic's input only
  return logic;
}

/** @returns null for plain promise logic. */
export function functionOf(logic: object): ActivityFunction<unknown, unknown> | null {
  return functions.get(logic) ?? null;
}
