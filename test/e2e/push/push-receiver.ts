import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { waitUntil } from '../../support/wait-until.js';

export interface ReceivedEvent {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly subject: string;
  readonly specversion: string;
  readonly time: string;
  readonly datacontenttype: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export type Reply = (received: Received, response: ServerResponse) => void;

const take: Reply = (_, response) => {
  response.writeHead(204).end();
};

/** A shop that takes webhooks: a real server, that does what a test tells it to. */
export class Receiver {
  readonly received: Received[] = [];
  reply: Reply = take;

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { url: path = '', headers } = request;
        const received = { path, headers, body: Buffer.concat(chunks).toString() };
        this.received.push(received);
        this.reply(received, response);
      });
    });
  }

  static async start(): Promise<Receiver> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Receiver(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`; // a TCP server has a port
  }

  takes(): void {
    this.reply = take;
  }

  /** Answers everything with this status. */
  answers(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.reply = (_, response) => {
      response.writeHead(status, headers).end();
    };
  }

  at(path: string): Received[] {
    return this.received.filter((each) => each.path === path);
  }

  /** Waits until so many came to the path. */
  async came(path: string, count: number): Promise<Received[]> {
    return waitUntil(`${count} webhooks at ${path}`, () => {
      const found = this.at(path);
      return Promise.resolve(found.length >= count ? found : null);
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** As a receiver does it, by the official library. @throws WebhookVerificationError */
export function verified(secret: string, { body, headers }: Received): ReceivedEvent {
  return new Webhook(secret).verify(body, headers as Record<string, string>) as ReceivedEvent; // what the contract says
}
