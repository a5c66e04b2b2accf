import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { MediaTypeUnsupportedError } from '../problem/request.errors.js';

/** Bytes of a body, after unpacking. */
export const BODY_LIMIT = 100 * 1_024;
const WEBHOOKS = '/webhooks/';

/** Webhooks are verified over the raw bytes before anything reads them. */
export function isWebhook({ url }: Pick<IncomingMessage, 'url'>): boolean {
  return url?.startsWith(WEBHOOKS) === true;
}

/** Everywhere else a body is JSON, or is refused. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const isAcceptable = !hasBody(request) || isWebhook(request) || request.is('application/json') === 'application/json';
  next(isAcceptable ? undefined : new MediaTypeUnsupportedError());
}

function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return headers['content-length'] !== undefined && headers['content-length'] !== '0';
}
