import { REDACTED, type Redactor, mapFields, namesAmong } from '../../durable/index.js';

/**
 * Hides what an operator names: a key (`taxId`) wherever it is, or a path (`customer.taxId`) wherever a value lies at its
 * end; entries of lists count as what their list is called. Case, `-` and `_` do not matter.
 */
export function redactPaths(paths: readonly string[]): Redactor {
  if (paths.length === 0) return (value) => value;
  const isName = namesAmong(paths.filter((path) => !path.includes('.')));
  const trails = paths
    .filter((path) => path.includes('.'))
    .map((path) => path.split('.').map((part) => namesAmong([part])));
  const isHidden = (at: readonly string[]): boolean =>
    isName(at.at(-1) ?? '') ||
    trails.some(
      (trail) => trail.length <= at.length && trail.every((is, index) => is(at.at(index - trail.length) ?? '')),
    );
  const redact = (value: unknown, at: readonly string[]): unknown =>
    mapFields(value, (inner, key) => {
      if (key === '') return redact(inner, at); // an entry of a list
      const below = [...at, key];
      return isHidden(below) ? REDACTED : redact(inner, below);
    });
  return (value) => redact(value, []);
}
