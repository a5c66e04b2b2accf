/**
 * Knows which actor systems are being restored now. XState reports the snapshot of a restored child to its parent's
 * `onSnapshot` again, although nothing has happened. Durable twins ignore that report (durable-twin.ts).
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
