import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanContext } from '@opentelemetry/api';
import type { NextFunction, Request, Response } from 'express';
import { readTraceparent, TRACEPARENT } from './traceparent.js';

/** Holds the sender's trace during a request. An actor that the request starts can then link to it. */
export class IncomingTrace {
  private readonly current = new AsyncLocalStorage<SpanContext>();

  get context(): SpanContext | null {
    return this.current.getStore() ?? null;
  }

  readonly middleware = (request: Request, _response: Response, next: NextFunction): void => {
    const context = readTraceparent(request.get(TRACEPARENT) ?? '');
    if (context === null) next();
    else this.current.run(context, next);
  };
}
