import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const REQUEST_ID_HEADER = 'x-request-id';
const ACCEPTABLE = /^[\w.:-]{1,100}$/;

/** Where a caller's own id may stand; the first one given counts. */
const GIVEN_HEADERS = [REQUEST_ID_HEADER, 'x-correlation-id'];

/**
 * Gives every request an id: the caller's own (`X-Request-Id`, else `X-Correlation-Id`) when it is safe to log, else a new one. It is told in the
 * answer, and stands in log lines (as `req.id`) and problems (as `traceId`).
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
