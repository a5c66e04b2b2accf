import { createActor, type AnyActorLogic } from 'xstate';

/** How a promise ended. */
export type PromiseEnd =
  { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly error: unknown };

/**
 * Runs promise logic as an actor of its own, so that it gets its input, an id and an abort signal as XState gives them.
 * Never rejects. Resolves with the reason as soon as the signal is aborted; what the promise does then is not heard.
 */
export function runPromise(
  logic: AnyActorLogic | undefined,
  input: unknown,
  id: string,
  signal: AbortSignal,
): Promise<PromiseEnd> {
  return new Promise((resolve) => {
    if (logic === undefined) {
      resolve({ ok: false, error: new Error(`No activity is registered for ${id}.`) });
      return;
    }
    const actor = createActor(logic, { input, id });
    const abort = (): void => {
      // First of all: a stopped actor tells its observers that it is complete.
      resolve({ ok: false, error: signal.reason });
      actor.stop();
    };
    const end = (how: PromiseEnd): void => {
      signal.removeEventListener('abort', abort);
      resolve(how);
    };
    signal.addEventListener('abort', abort, { once: true });
    actor.subscribe({
      // Promise logic keeps its result there.
      complete: () => end({ ok: true, output: (actor.getSnapshot() as { output?: unknown }).output }),
      error: (error: unknown) => end({ ok: false, error }),
    });
    actor.start();
  });
}
