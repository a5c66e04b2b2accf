/** Visible ASCII as it is, but for the percent sign; every other byte of the UTF-8 form as %XX. Never splits a header. */
export function headerValue(text: string): string {
  return percentEncoded(text, /^[!-$&-~]$/);
}

/**
 * One segment of a path. Null when it cannot be one: URL parsers resolve `.` and `..` even when they are encoded, and an
 * empty one changes the route.
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
