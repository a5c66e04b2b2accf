import type { Server } from 'node:http';

/** Most headers of one request. Node itself limits their size: 16 KiB in total, otherwise 431. */
const MOST_HEADERS = 100;
/** Time limits for the headers and for the whole request. A response has no time limit. */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Closes the connections of clients that send too slowly or too much. */
export function limitServer(server: Server): void {
  server.maxHeadersCount = MOST_HEADERS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
}
