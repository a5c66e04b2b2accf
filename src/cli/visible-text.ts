/**
 * Matches characters that a terminal executes as commands: they move the cursor, hide text or reverse its direction.
 * Text of the service is printed with these characters as JSON escapes, e.g. `\u001b`.
 */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Escapes all control characters except line breaks and tabs, which the command line itself prints. */
export const visible = (text: string): string =>
  text.replaceAll(CONTROLS, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));

/** Escapes every text inside a value, including line breaks. A value that is itself a text, e.g. a diagram, stays. */
export function visibleWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(visibleMember);
  // A stream has no text yet. Its reader escapes the text.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visibleMember(inner)]));
}

function visibleMember(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(CONTROLS, escaped) : visibleWithin(value);
}
