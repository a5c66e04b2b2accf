import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const REQUEST_ID_HEADER = 'x-request-id';
const ACCEPTABLE = /^[\w.:-]{1,100}$/;

/** Headers in which a caller may send an id. The first one that is present wins. */
const GIVEN_HEADERS = [REQUEST_ID_HEADER, 'x-correlation-id'];

/**
 * Gives every request an id: the caller's `X-Request-Id`, else its `X-Correlation-Id`. A missing id, or one that is not
 * safe to log, is replaced by a new one. The response header `X-Request-Id`, log lines (`req.id`) and problems
 * (`traceId`) contain the id.
 */
export function assignRequestId(request: Request, response: Response, next: NextFunction): void {
  const given = GIVEN_HEADERS.map((header) => request.get(header)).find((id) => id !== undefined);
  const id = given !== undefined && ACCEPTABLE.test(given) ? given : randomUUID();
  Object.assign(request, { id });
  response.set(REQUEST_ID_HEADER, id);
  next();
}

/** The id given by {@link assignRequestId}. */
export function requestIdOf(request: Request): string {
  return 'id' in request && typeof request.id === 'string' ? request.id : 'unknown';
}
