/**
 * Where the promises of the machines wait until their scenario settles them, by the path of the activity. Machines call
 * {@link controlled}; whether XState itself or the durable runtime runs the promise, the path is the same.
 */
import { fromPromise, type AnyActorRef, type NonReducibleUnknown, type PromiseActorLogic } from 'xstate';
import { currentActivity, toStoredError } from '../../src/durable/index.js';
import { pathOf } from '../../src/durable/inspect.js';

interface Waiter {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export class ControlledPromises {
  private readonly waiters = new Map<string, Waiter[]>();

  wait(path: string, waiter: Waiter): void {
    this.waiters.set(path, [...(this.waiters.get(path) ?? []), waiter]);
  }

  /** @throws Error when no such activity was ever started: the scenario is wrong. */
  resolve(path: string, output: unknown): void {
    for (const waiter of this.take(path)) waiter.resolve(output);
  }

  reject(path: string, code: string): void {
    for (const waiter of this.take(path)) waiter.reject(Object.assign(new Error(`${path} failed`), { code }));
  }

  private take(path: string): Waiter[] {
    const waiters = this.waiters.get(path);
    if (waiters === undefined) throw new Error(`No activity ${path} waits; ${[...this.waiters.keys()].join(', ')} do.`);
    this.waiters.delete(path);
    return waiters;
  }
}

let open = new ControlledPromises();

/** From now on the machines' promises wait in what this returns. */
export function controlPromises(): ControlledPromises {
  open = new ControlledPromises();
  return open;
}

export function controlled<Output, Input extends NonReducibleUnknown = undefined>(): PromiseActorLogic<Output, Input> {
  return fromPromise<Output, Input>(({ self }) => {
    const path = activityPath();
    return new Promise<Output>((resolve, reject) => {
      open.wait(path ?? pathOf(self as AnyActorRef), {
        resolve: (output) => resolve(output as Output), // the scenario says what comes out
        // The runtime stores errors as data; long-lived XState is handed the same data.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- see above
        reject: (error) => reject(path === null ? toStoredError(error) : error),
      });
    });
  });
}

function activityPath(): string | null {
  try {
    return currentActivity().activityId;
  } catch {
    return null;
  }
}
