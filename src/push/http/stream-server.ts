import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { PushOptions } from '../push-options.js';
import { PUSH_OPTIONS } from '../push-tokens.js';
import { Credentials } from '../../http/auth/credentials.js';
import { ANONYMOUS, principalOf } from '../../http/auth/principal.js';
import { type Follower, StreamLimiter } from '../streams/stream-limiter.js';
import { SseStream, type SseMessage } from './sse-stream.js';

/** Serves streams, as many as there are places for, until the client, its key or token, the source or the service ends. */
@Injectable()
export class StreamServer {
  private readonly logger = new Logger('Streams');

  constructor(
    private readonly limiter: StreamLimiter,
    private readonly credentials: Credentials,
    @Inject(PUSH_OPTIONS) private readonly options: PushOptions,
  ) {}

  /**
   * @param source makes the next message when there is room for it. Its signal aborts when nobody listens any more. The
   * stream is open when the source throws, so the stream ends and the log has the error.
   * @throws PushError when the limit is reached.
   */
  async serve(response: Response, source: (signal: AbortSignal) => AsyncIterable<SseMessage>): Promise<void> {
    // A HEAD gets the headers alone.
    if (response.req.method === 'HEAD') {
      response.type('text/event-stream').end();
      return;
    }
    const { signal, giveBack } = this.limiter.take(followerOf(response.req));
    const lapse = this.credentials.watch(principalOf(response.req) ?? ANONYMOUS);
    try {
      const stream = new SseStream(response, this.options.streams.heartbeatMs);
      try {
        for await (const message of source(AbortSignal.any([signal, stream.closed, lapse.signal]))) {
          if (!(await stream.send(message))) break;
        }
      } catch (error) {
        this.logger.warn(`a stream ended early: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        stream.end();
      }
    } finally {
      lapse.end();
      giveBack();
    }
  }

  /**
   * Answers a long poll at the latest after `timeoutMs`, or when the client or the service is going.
   * @throws PushError when there is no place. @throws RequestError when the caller's key or token lapses meanwhile.
   */
  async hold<T>(response: Response, timeoutMs: number, answer: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, giveBack } = this.limiter.take(followerOf(response.req));
    const lapse = this.credentials.watch(principalOf(response.req) ?? ANONYMOUS);
    const gone = new AbortController();
    const onClose = (): void => gone.abort();
    if (response.req.method === 'HEAD') gone.abort();
    response.once('close', onClose);
    try {
      const ends = [signal, gone.signal, lapse.signal, AbortSignal.timeout(timeoutMs)];
      const answered = await answer(AbortSignal.any(ends));
      lapse.signal.throwIfAborted();
      return answered;
    } finally {
      lapse.end();
      response.removeListener('close', onClose);
      giveBack();
    }
  }
}

function followerOf(request: Request): Follower {
  const principal = principalOf(request) ?? ANONYMOUS;
  const { id, role, orderId } = principal;
  if (principal === ANONYMOUS) return { name: id, kind: 'anybody' };
  return { name: `${role}:${orderId ?? id}`, kind: role === 'admin' ? 'operator' : role };
}
