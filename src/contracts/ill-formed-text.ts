/**
 * Text that no database takes as it is: U+0000, and halves of surrogate pairs. PostgreSQL refuses both, SQLite stores what
 * cannot be read back the same, so neither comes in.
 */
const ILL_FORMED = /\0|\p{Surrogate}/u;

export const isIllFormed = (text: string): boolean => ILL_FORMED.test(text);

/** @returns the path of the first ill-formed text in a JSON value, of a name or of a value; null when there is none. */
export function findIllFormedText(value: unknown): string | null {
  const left: { readonly path: string; readonly value: unknown }[] = [{ path: '', value }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const { path, value: found } = next;
    if (typeof found === 'string' && isIllFormed(found)) return path;
    if (typeof found !== 'object' || found === null) continue;
    for (const [name, inner] of Object.entries(found)) {
      if (isIllFormed(name)) return path;
      left.push({ path: path === '' ? name : `${path}.${name}`, value: inner as unknown });
    }
  }
  return null;
}
