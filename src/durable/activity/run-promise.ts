import { createActor, type AnyActorLogic } from 'xstate';
import { functionOf } from './activity.js';
import type { ActivityContext } from '../model/activity-context.js';
import type { CancellationToken } from './cancellation-token.js';

/** How a promise ended. */
export type PromiseEnd =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * Runs an activity's logic. Never rejects. Resolves with the reason as soon as it is cancelled; what the promise does then
 * is not heard.
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
    const forget = cancellation.onCancel((reason) => resolve({ ok: false, error: reason }));
    const run = functionOf(logic);
    const ended = run === null ? runActor(logic, input, context) : call(() => run(input, context));
    void ended.then((end) => {
      forget();
      resolve(end);
    });
  });
}

/** What it throws before it returns a promise counts as its failure, too. */
async function call(run: () => Promise<unknown>): Promise<PromiseEnd> {
  try {
    return { ok: true, output: await run() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** Plain promise logic runs as an actor of its own, so that it gets its input, an id and an abort signal as XState gives them. */
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
      // Promise logic keeps its result there. A stopped actor says that it is complete, too: nobody hears it then.
      complete: () => end({ ok: true, output: (actor.getSnapshot() as { output?: unknown }).output }),
      error: (error: unknown) => end({ ok: false, error }),
    });
    actor.start();
  });
}
