const DAY_MS = 86_400_000;

/**
 * Milliseconds a partner asks us to wait: `Retry-After` in its two forms, whole seconds or an HTTP date (RFC 9110, section
 * 10.2.3). At most a day, at least 0; undefined when the header is missing or makes no sense.
 */
export function retryAfterMs(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string') return undefined;
  const text = header.trim();
  // Date.parse takes far more than HTTP dates ("5.5", "-1"), so only what begins with the name of a day gets there.
  const wait = /^\d+$/.test(text)
    ? Number(text) * 1_000
    : /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)
      ? Date.parse(text) - now
      : NaN;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), DAY_MS);
}
