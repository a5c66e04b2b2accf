import { createActor, type AnyActorLogic } from 'xstate';
import { functionOf } from './activity.js';
import type { ActivityContext } from '../model/activity-context.js';
import type { CancellationToken } from './cancellation-token.js';

/** How a promise settled. */
export type PromiseEnd =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * Runs an activity's logic. Never rejects. When it is cancelled it resolves with the reason at once, and ignores what the
 * promise does later.
 */
export function runPromise(
  logic: AnyActorLogic | undefined,
  input: unknown,
  context: ActivityContext,
  cancellation: CancellationToken,
): Promise<PromiseEnd> {
  return new Promise((resolve) => {
    if (logic === undefined) {
      resolve({ ok: false, error: new Error(`No activity is registered for ${context.activityId}.`) });
      return;
    }
    const unsubscribe = cancellation.onCancel((reason) => resolve({ ok: false, error: reason }));
    const run = functionOf(logic);
    const ended = run === null ? runActor(logic, input, context) : call(() => run(input, context));
    void ended.then((end) => {
      unsubscribe();
      resolve(end);
    });
  });
}

/** An error that is thrown before there is a promise counts as the promise's failure. */
async function call(run: () => Promise<unknown>): Promise<PromiseEnd> {
  try {
    return { ok: true, output: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** Plain promise logic runs as an actor, so that it gets its input, id and abort signal from XState. */
function runActor(
  logic: AnyActorLogic,
  input: unknown,
  { activityId, signal }: Pick<ActivityContext, 'activityId' | 'signal'>,
): Promise<PromiseEnd> {
  return new Promise((resolve) => {
    const actor = createActor(logic, { input, id: activityId });
    const stop = (): void => {
      actor.stop();
    };
    const end = (how: PromiseEnd): void => {
      signal.removeEventListener('abort', stop);
      resolve(how);
    };
    signal.addEventListener('abort', stop, { once: true });
    actor.subscribe({
      // A stopped actor completes, too; the run has resolved by then.
      complete: () => end({ ok: true, output: (actor.getSnapshot() as { output?: unknown }).output }), // of promise logic
      error: (error: unknown) => end({ ok: false, error }),
    });
    actor.start();
  });
}
