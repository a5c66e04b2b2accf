/** Keeps visible ASCII except the percent sign. Writes every other UTF-8 byte as %XX, so that no text splits a header. */
export function headerValue(text: string): string {
  return percentEncoded(text, /^[!-$&-~]$/);
}

/**
 * Encodes one segment of a path. Returns null for `.` and `..`, which URL parsers resolve even when they are encoded, and for
 * empty text, which changes the route.
 */
export function pathSegment(text: string): string | null {
  return text === '' || text === '.' || text === '..' ? null : percentEncoded(text, /^[A-Za-z0-9._~-]$/);
}

/** Works on bytes: encodeURIComponent throws for half a surrogate pair. */
function percentEncoded(text: string, plain: RegExp): string {
  return Array.from(Buffer.from(text, 'utf8'), (byte) => {
    const character = String.fromCharCode(byte);
    return plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
