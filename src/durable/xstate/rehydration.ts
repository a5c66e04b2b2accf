/**
 * Actor systems that are being restored right now. Starting a restored child of an invoke with `onSnapshot` reports its
 * snapshot to the parent once more, though nothing has happened: twins ignore that (durable-twin.ts).
 */
const restoring = new WeakSet<object>();

export function whileRestoring(system: object, start: () => void): void {
  restoring.add(system);
  try {
    start();
  } finally {
    restoring.delete(system);
  }
}

export function isRestoring(system: object): boolean {
  return restoring.has(system);
}
