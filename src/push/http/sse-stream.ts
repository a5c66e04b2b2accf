/**
 * Sends server-sent events to one client (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 *
 * Unread messages wait in the connection, up to Node's high-water mark and one message. Then the source is not asked for
 * more. A client that reads nothing for DRAIN_MS is cut off. It comes back with the last id that it saw.
 */
import { once } from 'node:events';
import type { Response } from 'express';

export interface SseMessage {
  /** A client resumes after this id. Absent: the last id stays valid. */
  readonly id?: string;
  /** Absent: the event is a plain `message`. */
  readonly event?: string;
  readonly data: unknown;
}

/** A client reconnects this long after it lost its connection. */
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
      'X-Accel-Buffering': 'no', // keeps nginx from buffering messages
    });
    response.flushHeaders();
    response.write(`retry: ${RETRY_MS}\n\n`);
    this.heartbeat = setInterval(() => {
      // A client with unread messages gets no heartbeat.
      if (!response.writableNeedDrain) response.write(': alive\n\n');
    }, heartbeatMs);
    this.heartbeat.unref();
  }

  /** Aborts when the client is gone. */
  get closed(): AbortSignal {
    return this.gone.signal;
  }

  /** Resolves when there is room for the next message. False: the client is gone or was cut off. */
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
