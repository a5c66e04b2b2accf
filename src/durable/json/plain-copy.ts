const DEEPEST = 500;

/**
 * Copies plain data that goes into an actor or comes out of it. The caller may change its own copy; the actor's stays as it
 * was committed. Other objects are passed through: the turn refuses to store them.
 */
export function copyPlain(value: unknown, depth = 0): unknown {
  // An object that contains itself is refused by the turn, too.
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((inner) => copyPlain(inner, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return value;
  const copy: Record<string, unknown> = { ...value };
  for (const key of Object.keys(copy)) {
    const inner = copy[key];
    if (typeof inner === 'object' && inner !== null) copy[key] = copyPlain(inner, depth + 1);
  }
  return copy;
}
