/**
 * One client that listens to server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * What a client has not read yet waits in its connection, up to Node's high-water mark and one message; then its source is
 * not asked for more. One that reads nothing for DRAIN_MS is cut off: it comes back with the last id it saw.
 */
import { once } from 'node:events';
import type { Response } from 'express';

export interface SseMessage {
  /** Where to resume; without one the last stays. */
  readonly id?: string;
  /** Without one it is a plain message. */
  readonly event?: string;
  readonly data: unknown;
}

/** A client that lost its connection comes back after this long. */
const RETRY_MS = 2_000;
const DRAIN_MS = 30_000;

export class SseStream {
  private readonly gone = new AbortController();
  private readonly heartbeat: NodeJS.Timeout;

  constructor(
    private readonly response: Response,
    heartbeatMs: number,
  ) {
    response.once('close', () => this.gone.abort());
    response.status(200).set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no', // nginx would gather messages
    });
    response.flushHeaders();
    response.write(`retry: ${RETRY_MS}\n\n`);
    this.heartbeat = setInterval(() => {
      // One that does not read what it has gets no more of them.
      if (!response.writableNeedDrain) response.write(': alive\n\n');
    }, heartbeatMs);
    this.heartbeat.unref();
  }

  /** Aborted when the client is gone. */
  get closed(): AbortSignal {
    return this.gone.signal;
  }

  /** Resolves when there is room for the next. False when the client is gone, or was cut off. */
  async send({ id, event, data }: SseMessage): Promise<boolean> {
    if (this.closed.aborted) return false;
    const lines = [
      ...(id === undefined ? [] : [`id: ${id}`]),
      ...(event === undefined ? [] : [`event: ${event}`]),
      `data: ${JSON.stringify(data)}`, // JSON has no line breaks
    ];
    if (this.response.write(`${lines.join('\n')}\n\n`)) return true;
    try {
      await once(this.response, 'drain', { signal: AbortSignal.any([this.closed, AbortSignal.timeout(DRAIN_MS)]) });
      return true;
    } catch {
      this.response.destroy();
      return false;
    }
  }

  end(): void {
    clearInterval(this.heartbeat);
    this.response.end();
  }
}
