/**
 * Text of the service on its way to a terminal, which would take some characters for commands: it moves the cursor, hides
 * what was written, or turns the direction of writing. They are shown as what they are, in the way of JSON.
 */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/gu;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Lines and tabs are ours, and stay. */
export const visible = (text: string): string =>
  text.replaceAll(CONTROLS, (character) => (character === '\n' || character === '\t' ? character : escaped(character)));

/** Every text within a value; none begins a line of its own. A text by itself, such as a drawing, keeps its lines. */
export function visibleWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(visibleMember);
  // A stream is no value yet: who reads it shows what comes.
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, visibleMember(inner)]));
}

function visibleMember(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll(CONTROLS, escaped) : visibleWithin(value);
}
