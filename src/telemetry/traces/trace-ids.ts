/**
 * One trace for each order, without storing anything: its trace id and the id of its root span are made from the order's id,
 * so that whichever process works on it, whenever, adds its spans to the same trace.
 */
import { createHash } from 'node:crypto';
import { RandomIdGenerator, type IdGenerator } from '@opentelemetry/sdk-trace-node';

export interface SpanIds {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
}

/** Trace id and root span id of an actor: the first 16 and the next 8 bytes of its id's SHA-256. */
export function traceIdsOf(actorId: string): SpanIds {
  const digest = createHash('sha256').update(actorId).digest('hex');
  return { traceId: digest.slice(0, 32), spanId: digest.slice(32, 48) };
}

/** Random ids, but for the next root span, which gets those it is to have. */
export class AnchoredIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private next: SpanIds | null = null;

  /** The root span that `start` starts gets these ids. */
  anchored<T>(ids: SpanIds, start: () => T): T {
    this.next = ids;
    try {
      return start();
    } finally {
      this.next = null;
    }
  }

  generateTraceId(): string {
    return this.next?.traceId ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.next?.spanId ?? this.random.generateSpanId();
  }
}
