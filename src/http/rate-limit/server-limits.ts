import type { Server } from 'node:http';

/** Headers of one request. Their size is limited by node itself: 16 KiB together, else 431. */
const MOST_HEADERS = 100;
/** How long a client may take to send the headers, and the whole request. An answer may take as long as it likes. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Keeps clients that send slowly, or too much, from holding on to connections. */
export function limitServer(server: Server): void {
  server.maxHeadersCount = MOST_HEADERS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
}
