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
  /** Of the answer; null when there was none. */
  readonly statusCode: number | null;
  /**
   * Null when it was taken (2xx). Else `http_<status>`, `redirected` (we do not follow), `timeout`, `address_refused`,
   * `stopped` (this process is going down), or the system's code, e.g. `ECONNREFUSED`.
   */
  readonly error: string | null;
}

/**
 * Addresses at which clouds serve credentials and settings to their own machines, one of them public: refused where private
 * addresses are not, too. https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
const BLOCKED_ADDRESSES = [
  ...['168.63.129.16', '::ffff:168.63.129.16', '::ffff:a83f:8110'],
  ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192'],
  ...['fd00:ec2::254', 'fd20:ce::254'],
];

/** More of an answer is not read; nothing of it is kept. */
const MOST_OF_AN_ANSWER = 64 * 1024;

/**
 * One POST to somebody else's server, distrusted: the address that its name leads to is judged at the moment of connecting
 * and is the one that is connected to; nothing is followed, and neither time nor an answer is without end.
 */
export class WebhookSender {
  private readonly agents: { readonly http: RequestFilteringHttpAgent; readonly https: RequestFilteringHttpsAgent };

  constructor(private readonly options: Pick<WebhookOptions, 'timeoutMs' | 'allowPrivate' | 'httpsOnly' | 'ports'>) {
    // A connection each: one that was kept may be dead by the next event, and a POST is not sent again blindly.
    const filter = {
      allowPrivateIPAddress: options.allowPrivate,
      denyIPAddressList: BLOCKED_ADDRESSES,
      keepAlive: false,
    };
    this.agents = { http: new RequestFilteringHttpAgent(filter), https: new RequestFilteringHttpsAgent(filter) };
  }

  /** Never rejects. @param stop ends it early. */
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
        // A receiver that changes the protocol gives no answer any more, and node reports neither answer nor error.
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

/** Reads the answer to its end, or to where we stop reading; what it says does not matter. */
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

/** The agent refuses with an error that has no code. */
function codeOf(error: unknown): string {
  if (!types.isNativeError(error)) return 'request_failed';
  if (error.message.includes('is not allowed')) return 'address_refused';
  return 'code' in error && typeof error.code === 'string' ? error.code : 'request_failed';
}
