/**
 * Computes the trace id and the root span id of an actor from the actor id.
 * Every process therefore adds its spans of one order to the same trace, and nothing has to be stored.
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

/** Generates random ids, except for a root span that starts within {@link anchored}. */
export class AnchoredIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();
  private next: SpanIds | null = null;

  /** Gives these ids to the root span that `start` starts. */
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
