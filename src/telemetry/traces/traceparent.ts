/** Reads and writes the header `traceparent` of W3C Trace Context (https://www.w3.org/TR/trace-context/, 3.2). */
import type { SpanContext } from '@opentelemetry/api';

export const TRACEPARENT = 'traceparent';

/** Later versions may append fields. The known fields keep their places. */
const FORMAT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const SAMPLED = 1;

/** Returns null for a missing or invalid header. */
export function readTraceparent(header: string): SpanContext | null {
  const [, version, traceId = '', spanId = '', flags = '', more] = FORMAT.exec(header) ?? [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return null;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & SAMPLED, isRemote: true };
}

export function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & SAMPLED).toString(16).padStart(2, '0')}`;
}
