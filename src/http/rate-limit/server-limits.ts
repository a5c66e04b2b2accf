import type { Server } from 'node:http';

/** Most headers of one request. Node limits their total size: beyond 16 KiB it answers 431. */
const MOST_HEADERS = 100;
/** Time limits for the headers and for the whole request. A response has no time limit. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Limits how many headers a client may send, and how long it may take to send a request. */
export function limitServer(server: Server): void {
  server.maxHeadersCount = MOST_HEADERS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
}
