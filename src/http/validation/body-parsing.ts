import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { mediaTypeUnsupported } from '../problem/request-error.js';

/** Largest body of a command, in bytes after decompression. */
export const COMMAND_LIMIT = 8 * 1_024;
/** Largest body with data (a webhook, a correction, a step's output), in bytes after decompression. */
export const DATA_LIMIT = 100 * 1_024;
const DATA_ROUTES = /\/(retry|skip|events\/[^/]+)\/?$/;
const INBOUND_WEBHOOKS: ReadonlySet<string> = new Set(['/webhooks/payments', '/webhooks/stripe']);

/**
 * Recognizes inbound webhooks. Their bodies stay raw bytes, because the signature covers the bytes.
 * The router matches more spellings of a path than this function. A webhook with such a spelling has no raw bytes, so
 * its signature is refused.
 */
export function isWebhook({ url }: Pick<IncomingMessage, 'url'>): boolean {
  const [path = ''] = url?.split('?', 1) ?? [];
  return INBOUND_WEBHOOKS.has(path.replace(/\/$/, ''));
}

export const takesData = ({ path }: Pick<Request, 'path'>): boolean => DATA_ROUTES.test(path);

/** Every other route takes JSON only. */
export function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const isAcceptable = !hasBody(request) || isWebhook(request) || request.is('application/json') === 'application/json';
  next(isAcceptable ? undefined : mediaTypeUnsupported());
}

function hasBody({ headers }: IncomingMessage): boolean {
  if (headers['transfer-encoding'] !== undefined) return true;
  return headers['content-length'] !== undefined && headers['content-length'] !== '0';
}
