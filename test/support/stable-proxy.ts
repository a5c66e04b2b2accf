import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address for a service whose port changes with every restart; answers 503 while nothing is behind it. */
export class StableProxy {
  target: string | null = null;
  /** Hears every request, before it is passed on. */
  onRequest: (incoming: IncomingMessage) => void = () => undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<StableProxy> {
    const server = createServer((incoming, outgoing) => {
      const { target } = proxy;
      proxy.onRequest(incoming);
      const fail = (): void => {
        if (!outgoing.headersSent) outgoing.writeHead(503);
        outgoing.end();
      };
      if (target === null) {
        incoming.resume();
        fail();
        return;
      }
      const forward = request(new URL(incoming.url ?? '/', target), {
        method: incoming.method,
        headers: { ...incoming.headers, connection: 'close' },
        agent: false,
      });
      forward.on('response', (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
        answer.on('error', fail);
      });
      forward.on('error', fail);
      incoming.pipe(forward);
    });
    const proxy = new StableProxy(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`; // a TCP server has a port
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
