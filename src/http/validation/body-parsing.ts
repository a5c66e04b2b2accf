import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { mediaTypeUnsupported } from '../problem/request-error.js';

/** Bytes of a body, after unpacking. */
export const BODY_LIMIT = 100 * 1_024;
const INBOUND_WEBHOOKS: ReadonlySet<string> = new Set(['/webhooks/payments', '/webhooks/stripe']);

/**
 * Inbound webhooks are verified over the raw bytes before anything reads them. One that hides from this, as the router
 * knows more spellings of a path, has no raw bytes, and no signature fits it.
 */
export function isWebhook({ url }: Pick<IncomingMessage, 'url'>): boolean {
  const [path = ''] = url?.split('?', 1) ?? [];
  return INBOUND_WEBHOOKS.has(path.replace(/\/$/, ''));
}

/** Everywhere else a body is JSON, or is refused. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const isAcceptable = !hasBody(request) || isWebhook(request) || request.is('application/json') === 'application/json';
  next(isAcceptable ? undefined : mediaTypeUnsupported());
}

function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return headers['content-length'] !== undefined && headers['content-length'] !== '0';
}
