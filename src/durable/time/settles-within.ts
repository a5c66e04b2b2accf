import type { Clock } from '../model/clock.port.js';

/** @returns whether the promise is fulfilled within `ms`. */
export async function settlesWithin(
  clock: Pick<Clock, 'after'>,
  ms: number,
  promise: Promise<unknown>,
): Promise<boolean> {
  let cancel = (): void => undefined;
  const late = new Promise<false>((resolve) => {
    cancel = clock.after(ms, () => resolve(false));
  });
  const result = await Promise.race([promise.then(() => true), late]);
  cancel();
  return result;
}
