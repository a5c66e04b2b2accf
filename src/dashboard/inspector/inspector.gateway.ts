/**
 * Feeds Stately's inspector with one order, over a WebSocket at `/dashboard/inspect/<order id>/feed`. It sends the whole
 * committed history, then every commit. It reads nothing from the client except its key.
 *
 * A page cannot set headers of a WebSocket, and URLs end up in logs. So where reading needs a key, the client's first
 * message is `{"key": "…"}`, within five seconds. A page of another origin is refused.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { WebSocketServer, type WebSocket } from 'ws';
import { DurableRuntime } from '../../durable/index.js';
import { OrderQueries } from '../../orders/order-queries.js';
import { HistoryFrames } from './history-frames.js';
import { INSPECTOR_ACCESS, type InspectorAccess, type InspectorJudgement } from './inspector-access.js';

const PATH = /^\/dashboard\/inspect\/([0-9a-f-]{36})\/feed$/;
const MOST_CLIENTS = 20;
/** Limit of clients without a key so far. They have a limit of their own, so they do not take the places of others. */
const MOST_ANONYMOUS = 5;
/** A client that does not answer the close frame within this time is cut off. */
const CLOSE_WITHIN_MS = 500;
const LONGEST_MESSAGE_BYTES = 4_096;
const KEY_WITHIN_MS = 5_000;
/** Interval of looking into the store, because this node does not hear of commits of other nodes. */
const LOOK_MS = 1_000;
const PAGE = 200;

/** Close codes. Applications use 4000 and up (RFC 6455, section 7.4.2). */
const CLOSED = { keyRequired: 4401, unknown: 4404, failed: 1011, leaving: 1001 } as const;

@Injectable()
export class InspectorGateway implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  private readonly anonymous = new Set<WebSocket>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly orders: OrderQueries,
    private readonly runtime: DurableRuntime,
    @Inject(INSPECTOR_ACCESS) private readonly access: InspectorAccess,
  ) {}

  onApplicationBootstrap(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server; // Express runs on an HTTP server
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const [, id] = PATH.exec((request.url ?? '').split('?', 1)[0] ?? '') ?? [];
      if (id === undefined) {
        refuse(socket, '404 Not Found');
      } else if (!isSameOrigin(request)) {
        refuse(socket, '403 Forbidden');
      } else if (this.isFull()) {
        refuse(socket, '503 Service Unavailable');
      } else {
        this.sockets.handleUpgrade(request, socket, head, (client) => void this.serve(client, id, request));
      }
    });
  }

  beforeApplicationShutdown(): void {
    for (const client of this.sockets.clients) {
      client.close(CLOSED.leaving);
      setTimeout(() => client.terminate(), CLOSE_WITHIN_MS).unref();
    }
    this.sockets.close();
  }

  private isFull(): boolean {
    const known = this.sockets.clients.size - this.anonymous.size;
    return known >= MOST_CLIENTS || this.anonymous.size >= MOST_ANONYMOUS;
  }

  /** Judges the key that the client shows in time. A wrong one counts as a guess of its address. */
  private async judge(client: WebSocket, request: IncomingMessage): Promise<InspectorJudgement> {
    const header = request.headers['x-functions-key'];
    const shown = this.access.judge(typeof header === 'string' ? header : null);
    if ('watch' in shown) return shown;
    const address = request.socket.remoteAddress ?? '';
    this.anonymous.add(client);
    try {
      const key = await keyFrom(client);
      return (await this.access.mayGuess(address)) ? this.access.judge(key) : { refused: 'key_required' };
    } finally {
      this.anonymous.delete(client);
    }
  }

  private async serve(client: WebSocket, id: string, request: IncomingMessage): Promise<void> {
    client.on('error', () => client.terminate());
    let endWatch = (): void => undefined;
    try {
      const judged = await this.judge(client, request);
      if ('refused' in judged) {
        client.close(CLOSED.keyRequired, judged.refused);
        return;
      }
      const { signal, end } = judged.watch();
      endWatch = end;
      signal.addEventListener('abort', () => client.close(CLOSED.keyRequired, codeOf(signal.reason)));
      const { machineVersion } = await this.orders.get(id);
      const { registry } = this.runtime;
      const version = registry.has('order', machineVersion) ? machineVersion : registry.current('order').version;
      await this.feed(client, id, new HistoryFrames(registry.find('order', version).twin, id));
    } catch (error) {
      const isUnknown = error instanceof Error && 'code' in error && error.code === 'order_not_found';
      client.close(isUnknown ? CLOSED.unknown : CLOSED.failed, isUnknown ? 'order_not_found' : 'feed_failed');
    } finally {
      endWatch();
    }
  }

  private async feed(client: WebSocket, id: string, frames: HistoryFrames): Promise<void> {
    let after = 0;
    const commits = new Commits(this.runtime, id, client);
    try {
      while (client.readyState === client.OPEN) {
        const { items, next } = await this.orders.history(id, { after, limit: PAGE });
        for (const frame of frames.next(items)) await sent(client, JSON.stringify(frame));
        after = items.at(-1)?.seq ?? after;
        if (next === null) await commits.next();
      }
    } finally {
      commits.stop();
    }
  }
}

/** Waits until the order may have changed or the client is gone. */
class Commits {
  private wake: () => void = () => undefined;
  private pending = false;
  private readonly stopListening: () => void;

  constructor(runtime: DurableRuntime, id: string, client: WebSocket) {
    this.stopListening = runtime.onCommitted(({ actorId }) => {
      if (actorId === id) this.notice();
    });
    client.once('close', () => this.notice());
  }

  async next(): Promise<void> {
    if (!this.pending) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(resolve, LOOK_MS);
      });
      clearTimeout(timer);
    }
    this.pending = false;
  }

  stop(): void {
    this.stopListening();
  }

  private notice(): void {
    this.pending = true;
    this.wake();
  }
}

/** Resolves when the text is sent. A slow client slows only its own feed. */
function sent(client: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    if (client.readyState !== client.OPEN) resolve();
    else client.send(text, (error) => (error == null ? resolve() : reject(error)));
  });
}

function keyFrom(client: WebSocket): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), KEY_WITHIN_MS);
    client.once('close', () => resolve(null));
    client.once('message', (data) => {
      clearTimeout(timer);
      resolve(readKey(data instanceof Buffer ? data.toString() : ''));
    });
  });
}

function readKey(text: string): string | null {
  try {
    const message: unknown = JSON.parse(text);
    const isKeyed = typeof message === 'object' && message !== null && 'key' in message;
    return isKeyed && typeof message.key === 'string' ? message.key : null;
  } catch {
    return null;
  }
}

/**
 * Refuses foreign pages. A browser sends the page's origin, and lets every page reach localhost. Programs send no origin.
 */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

const codeOf = (reason: unknown): string =>
  reason instanceof Error && 'code' in reason ? String(reason.code) : 'key_required';

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
