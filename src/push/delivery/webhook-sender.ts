import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { types } from 'node:util';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import type { WebhookOptions } from '../push-options.js';
import { mayCall } from './webhook-address.js';

export interface Outgoing {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SendResult {
  /** Status of the response; null without one. */
  readonly statusCode: number | null;
  /**
   * Null for 2xx. Else `http_<status>`, `redirected` (redirects are not followed), `timeout`, `address_refused`,
   * `stopped` (this process is shutting down), or the system's code, e.g. `ECONNREFUSED`.
   */
  readonly error: string | null;
}

/**
 * Addresses at which clouds serve credentials and settings to their own machines. One of them is a public address. The
 * sender refuses them even where private addresses are allowed.
 * https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const BLOCKED_ADDRESSES = [
  ...['168.63.129.16', '::ffff:168.63.129.16', '::ffff:a83f:8110'],
  ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192'],
  ...['fd00:ec2::254', 'fd20:ce::254'],
];

/** The sender reads at most this many bytes of a response and stores none. */
const MOST_OF_AN_ANSWER = 64 * 1024;

/**
 * Sends one POST to a server that we do not trust.
 * It checks the resolved address when it connects, and connects to exactly that address.
 * It follows no redirect and bounds the time and the size of the response.
 */
export class WebhookSender {
  private readonly agents: { readonly http: RequestFilteringHttpAgent; readonly https: RequestFilteringHttpsAgent };

  constructor(private readonly options: Pick<WebhookOptions, 'timeoutMs' | 'allowPrivate' | 'httpsOnly' | 'ports'>) {
    // Each POST opens a connection. A kept one may be dead by the next event, and a failed POST is not repeated blindly.
    const filter = {
      allowPrivateIPAddress: options.allowPrivate,
      denyIPAddressList: BLOCKED_ADDRESSES,
      keepAlive: false,
    };
    this.agents = { http: new RequestFilteringHttpAgent(filter), https: new RequestFilteringHttpsAgent(filter) };
  }

  /** Never rejects. @param stop aborts the attempt. */
  async send({ url, headers, body }: Outgoing, stop: AbortSignal): Promise<SendResult> {
    const { httpsOnly, timeoutMs } = this.options;
    const isHttps = url.startsWith('https:');
    if ((!isHttps && httpsOnly) || !mayCall(new URL(url), this.options)) {
      return { statusCode: null, error: 'address_refused' };
    }
    const late = AbortSignal.timeout(timeoutMs);
    try {
      const statusCode = await new Promise<number>((resolve, reject) => {
        const make = isHttps ? httpsRequest : httpRequest;
        const outgoing = make(url, {
          method: 'POST',
          agent: isHttps ? this.agents.https : this.agents.http,
          headers: { ...headers, 'user-agent': 'durable-orders', 'content-length': Buffer.byteLength(body) },
          signal: AbortSignal.any([late, stop]),
        });
        outgoing.once('response', (response) => readAway(response, () => resolve(response.statusCode ?? 0), reject));
        // After a change of protocol, Node reports neither a response nor an error.
        outgoing.once('upgrade', (_, socket) => {
          socket.destroy();
          resolve(101);
        });
        outgoing.once('close', () => reject(new Error('The connection was closed without an answer.')));
        outgoing.once('error', reject);
        outgoing.end(body);
      });
      return { statusCode, error: errorOfStatus(statusCode) };
    } catch (error) {
      if (stop.aborted) return { statusCode: null, error: 'stopped' };
      return { statusCode: null, error: late.aborted ? 'timeout' : codeOf(error) };
    }
  }
}

/** Reads and discards the response, to its end or to the limit. */
function readAway(response: IncomingMessage, done: () => void, fail: (error: Error) => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MOST_OF_AN_ANSWER) return;
    done();
    response.destroy();
  });
  response.once('end', done);
  response.once('close', done);
  response.once('error', fail);
}

function errorOfStatus(statusCode: number): string | null {
  if (statusCode >= 200 && statusCode < 300) return null;
  return statusCode >= 300 && statusCode < 400 ? 'redirected' : `http_${statusCode}`;
}

/** Recognises the agent's refusal by its message, because that error has no code. */
function codeOf(error: unknown): string {
  if (!types.isNativeError(error)) return 'request_failed';
  if (error.message.includes('is not allowed')) return 'address_refused';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'request_failed';
}
