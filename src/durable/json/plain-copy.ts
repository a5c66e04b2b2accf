const DEEPEST = 500;

/**
 * A copy of plain data, for what goes into an actor or comes out of it: whoever holds the other one may change it, and
 * the actor's own stays as it was committed. What is no plain object or list is left as it is: the turn refuses to store it.
 */
export function copyPlain(value: unknown, depth = 0): unknown {
  // One that holds itself is refused by the turn, too.
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
