import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { CrashScene } from '../crash/crash-scene.js';
import { filledCart } from '../support/filled-cart.js';
import { waitUntil } from '../support/wait-until.js';

const BOUND_MS = 8_000;
/** Processes start several times, on machines that do other things, too. */
/** The service in a process of its own that gets SIGTERM under load; its partners live on in this one. */
describe('SIGTERM (G21)', () => {
  let scene: CrashScene;
  beforeEach(async () => {
    scene = await CrashScene.open({ SHUTDOWN_TIMEOUT_MS: String(BOUND_MS), PAYMENT_TIMEOUT_MS: '600000' });
  });
  afterEach(() => scene.close());

  const fillCart = () => filledCart(scene.sandbox.url);
  const place = async (): Promise<string> => {
    const answer = await fetch(`${scene.service.url}/order/start/${await fillCart()}`, { method: 'POST' });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { id: string }).id; // the contract of the route
  };

  it('the service under load exits with 0 within its bound, answers running requests and loses no order', async () => {
    await scene.boot();
    await scene.autoPay('accept');
    const carts = await Promise.all(Array.from({ length: 30 }, fillCart));
    const { url } = scene.service;
    const acknowledged: string[] = [];
    const refusals = new Set<string>();
    let cut = 0;
    const sending = Promise.all(
      carts.map(async (cart, index) => {
        // Spread, so that the signal finds some answered, some in flight and some not sent yet.
        if (index >= 10) await waitUntil('some orders', () => Promise.resolve(acknowledged.length > 5 ? true : null));
        try {
          const answer = await fetch(`${url}/order/start/${cart}`, { method: 'POST' });
          const text = await answer.text();
          if (answer.status === 202)
            acknowledged.push((JSON.parse(text) as { id: string }).id); // the contract of the route
          else refusals.add(`${answer.status} ${/"code":"(\w+)"/.exec(text)?.[1] ?? text}`);
        } catch (error) {
          // Refused before anything of it was read, or cut off: nothing was acknowledged.
          cut += 1;
          expect(String(error)).toContain('fetch failed');
        }
      }),
    );
    await waitUntil('some orders', () => Promise.resolve(acknowledged.length > 5 ? true : null));
    const began = performance.now();
    await scene.service.kill('SIGTERM');
    expect(await scene.service.died()).toBe('0');
    expect(performance.now() - began).toBeLessThan(BOUND_MS + 2_000);
    await sending;
    expect(acknowledged.length + cut).toBeLessThanOrEqual(carts.length);
    for (const refusal of refusals) expect(refusal).toBe('503 draining');

    await scene.boot();
    for (const id of acknowledged) expect(await scene.finished(id)).toMatchObject({ outcome: 'fulfilled' });
  });

  it('a running partner call finishes and is stored, while the service is not ready and refuses new requests', async () => {
    const slow = await SlowPartner.start(scene.sandbox.url);
    try {
      scene.configure({ SHIPPING_SERVICE_URL: slow.url });
      await scene.boot();
      const { url } = scene.service;
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      const id = await place();
      await slow.called;
      const death = scene.service.kill('SIGTERM');
      const ready = await waitUntil('the service to drain', async () => {
        const answer = await fetch(`${url}/health/ready`);
        return answer.status === 503 ? answer : null;
      });
      expect(ready.headers.get('connection')).toBe('close');
      expect(await ready.json()).toMatchObject({ status: 'unavailable', reason: 'draining' });
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      const refused = await fetch(`${url}/order/start/${await fillCart()}`, { method: 'POST' });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
      slow.release();
      await death;
      expect(await scene.service.died()).toBe('0');
      const calls = slow.calls;

      await scene.boot();
      await scene.autoPay('manual');
      await scene.reached(id, 'AwaitingPayment');
      // The result was kept: the next process did not ask again.
      expect(slow.calls).toBe(calls);
      expect(await scene.send(id, 'cancel')).toBe(202);
      expect(await scene.finished(id)).toMatchObject({ outcome: 'cancelled' });
    } finally {
      await slow.close();
    }
  });

  it('the service serves on for the configured delay and says that it is not ready', async () => {
    scene.configure({ SHUTDOWN_DELAY_MS: '1500' });
    await scene.boot();
    const { url } = scene.service;
    const death = scene.service.kill('SIGTERM');
    await waitUntil('not ready', async () => ((await fetch(`${url}/health/ready`)).status === 503 ? true : null));
    expect((await fetch(`${url}/order/start/${await fillCart()}`, { method: 'POST' })).status).toBe(202);
    await death;
    expect(await scene.service.died()).toBe('0');
  });

  it('the service waits for no stream, no long poll and no WebSocket that says nothing: it exits with 0 within its bound', async () => {
    await scene.boot();
    await scene.autoPay('manual');
    const id = await place();
    const { hostname, port, host } = new URL(scene.service.url);
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
    const requests = [
      `GET /dashboard/inspect/${id}/feed HTTP/1.1\r\nHost: ${host}\r\n${upgrade}${key}\r\n`,
      `GET /nowhere HTTP/1.1\r\nHost: ${host}\r\n${upgrade}${key}\r\n`,
      `GET /order/${id}/stream HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `GET /orders/stream HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
      `GET /order/${id}/wait?timeout=60 HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    ];
    // They stay half open: the end of the other side is no end of theirs.
    const sockets = requests.map((request) => {
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
      socket.on('error', () => undefined);
      socket.write(request);
      return socket;
    });
    await Promise.all(sockets.slice(0, 4).map((socket) => once(socket, 'data')));
    const began = performance.now();
    await scene.service.kill('SIGTERM');
    expect(await scene.service.died()).toBe('0');
    expect(performance.now() - began).toBeLessThan(BOUND_MS + 2_000);
    for (const socket of sockets) socket.destroy();
  });

  it('the service waits for no partner and no connection beyond its bound, and hands the call over', async () => {
    const slow = await SlowPartner.start(scene.sandbox.url);
    try {
      scene.configure({ SHIPPING_SERVICE_URL: slow.url, SHUTDOWN_TIMEOUT_MS: '1500' });
      await scene.boot();
      const { hostname, port } = new URL(scene.service.url);
      // A caller that never finishes its request.
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        'POST /order/start/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{',
      );
      const id = await place();
      await slow.called;
      const began = performance.now();
      await scene.service.kill('SIGTERM');
      expect(await scene.service.died()).toBe('0');
      expect(performance.now() - began).toBeLessThan(5_000);
      socket.destroy();
      slow.release();

      await scene.boot();
      await scene.autoPay('manual');
      await scene.reached(id, 'AwaitingPayment');
      expect(await scene.send(id, 'cancel')).toBe(202);
      expect(await scene.finished(id)).toMatchObject({ outcome: 'cancelled' });
    } finally {
      await slow.close();
    }
  });

  it('a second SIGTERM ends the process at once', async () => {
    scene.configure({ SHUTDOWN_DELAY_MS: '60000' });
    await scene.boot();
    const death = scene.service.kill('SIGTERM');
    await waitUntil('not ready', async () =>
      (await fetch(`${scene.service.url}/health/ready`)).status === 503 ? true : null,
    );
    await scene.service.kill('SIGTERM');
    await death;
    expect(await scene.service.died()).toBe('1');
  });
});

/** A partner that keeps its first callers waiting until it is released, then answers as the real one. */
class SlowPartner {
  calls = 0;
  readonly called: Promise<void>;
  private noticed = (): void => undefined;
  private held: (() => void)[] | null = [];

  private constructor(
    private readonly server: Server,
    private readonly target: string,
  ) {
    this.called = new Promise((resolve) => (this.noticed = resolve));
  }

  static async start(target: string): Promise<SlowPartner> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = 'GET', url = '/', headers } = request;
        partner.take(() => partner.forward({ method, url, headers, body: Buffer.concat(chunks) }, response));
      });
    });
    const partner = new SlowPartner(server, target);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return partner;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`; // a TCP server has a port
  }

  release(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const go of held) go();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(go: () => void): void {
    this.calls += 1;
    this.noticed();
    if (this.held === null) go();
    else this.held.push(go);
  }

  private forward(
    asked: { method: string; url: string; headers: Record<string, unknown>; body: Buffer },
    response: ServerResponse,
  ): void {
    const names = ['content-type', 'accept', 'x-correlation-id', 'idempotency-key', 'authorization'];
    const headers = Object.fromEntries(
      names.flatMap((name) => (typeof asked.headers[name] === 'string' ? [[name, asked.headers[name]]] : [])),
    );
    const body = asked.body.length > 0 ? { body: new Uint8Array(asked.body) } : {};
    fetch(`${this.target}${asked.url}`, { method: asked.method, headers, ...body }).then(
      async (answer) =>
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text()),
      () => response.destroy(),
    );
  }
}
