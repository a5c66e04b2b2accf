const DAY_MS = 86_400_000;

/**
 * Reads `Retry-After` (RFC 9110, section 10.2.3), which is a number of whole seconds or an HTTP date.
 * Returns milliseconds between 0 and a day, or undefined for a missing or malformed header.
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  // Date.parse accepts more than HTTP dates ("5.5", "-1"), so the text must begin with the name of a day.
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)
      ? Date.parse(text) - now
      : NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}
