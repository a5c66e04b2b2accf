import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { PushOptions } from '../push-options.js';
import { PUSH_OPTIONS } from '../push-tokens.js';
import { ANONYMOUS, principalOf } from '../../http/auth/principal.js';
import { type Follower, StreamLimiter } from '../streams/stream-limiter.js';
import { SseStream, type SseMessage } from './sse-stream.js';

/** Serves streams, as many as there are places for, until the client, the source or the service ends. */
@Injectable()
export class StreamServer {
  private readonly logger = new Logger('Streams');

  constructor(
    private readonly slots: StreamLimiter,
    @Inject(PUSH_OPTIONS) private readonly options: PushOptions,
  ) {}

  /**
   * @param source asked for the next message when there is room for it; the signal says that nobody listens any more.
   * When it throws, the stream is open already: it ends, and the log tells.
   * @throws PushError when there is no place.
   */
  async serve(response: Response, source: (signal: AbortSignal) => AsyncIterable<SseMessage>): Promise<void> {
    // What a HEAD asks for is told already.
    if (response.req.method === 'HEAD') {
      response.type('text/event-stream').end();
      return;
    }
    const { signal, giveBack } = this.slots.take(followerOf(response.req));
    try {
      const stream = new SseStream(response, this.options.streams.heartbeatMs);
      try {
        for await (const message of source(AbortSignal.any([signal, stream.closed]))) {
          if (!(await stream.send(message))) break;
        }
      } catch (error) {
        this.logger.warn(`a stream ended early: ${error instanceof Error ? error.message : String(error)}`);
      } finally {
        stream.end();
      }
    } finally {
      giveBack();
    }
  }

  /** Answers a long poll at the latest after `timeoutMs`, or when the client or the service is going. @throws PushError */
  async hold<T>(response: Response, timeoutMs: number, answer: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal, giveBack } = this.slots.take(followerOf(response.req));
    const gone = new AbortController();
    const onClose = (): void => gone.abort();
    if (response.req.method === 'HEAD') gone.abort();
    response.once('close', onClose);
    try {
      return await answer(AbortSignal.any([signal, gone.signal, AbortSignal.timeout(timeoutMs)]));
    } finally {
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
