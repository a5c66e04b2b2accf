import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebhookSender } from './webhook-sender.js';

const BODY = '{"id":"evt_1"}';
const never = new AbortController().signal;

describe('a webhook that is sent (G16)', () => {
  const servers: Server[] = [];
  let requests = 0;

  afterEach(async () => {
    requests = 0;
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  async function listen(answer: RequestListener): Promise<number> {
    const server = createServer((request, response) => {
      requests += 1;
      answer(request, response);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port; // a TCP server has a port
  }
  const sender = (options: Partial<ConstructorParameters<typeof WebhookSender>[0]> = {}) =>
    new WebhookSender({ timeoutMs: 25_000, allowPrivate: true, httpsOnly: false, ports: [80], ...options });
  const send = (url: string, by = sender(), stop = never) =>
    by.send({ url, headers: { 'webhook-id': 'evt_1' }, body: BODY }, stop);

  it('carries the given bytes and headers, and succeeds with any 2xx', async () => {
    const got: unknown[] = [];
    const port = await listen((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        got.push(request.method, request.url, request.headers['webhook-id'], Buffer.concat(chunks).toString());
        response.writeHead(202).end('thanks');
      });
    });
    expect(await send(`http://127.0.0.1:${port}/hook?a=1`)).toEqual({ statusCode: 202, error: null });
    expect(got).toEqual(['POST', '/hook?a=1', 'evt_1', BODY]);
  });

  it.each([
    ['an address of this machine', (port: number) => `http://127.0.0.1:${port}/`],
    ['a name that leads to this machine', (port: number) => `http://localhost:${port}/`],
    ['the unspecified address', (port: number) => `http://0.0.0.0:${port}/`],
    ['an address in other digits', (port: number) => `http://2130706433:${port}/`],
    ['an IPv6 address of this machine', (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ['an address of a private network', () => 'http://10.255.255.1/'],
    ['the address of a cloud metadata', () => 'http://169.254.169.254/'],
  ])('never reaches %s', async (_, urlOf) => {
    const port = await listen((_request, response) => response.end());
    const result = await send(urlOf(port), sender({ allowPrivate: false, ports: [80, port] }));
    expect(result).toEqual({ statusCode: null, error: 'address_refused' });
    expect(requests).toBe(0);
  });

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.9.9.9', '168.63.129.16'],
    ...['169.254.0.1', '169.254.169.254', '169.254.170.2', '172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.0.192'],
    ...[
      '192.0.2.1',
      '192.88.99.1',
      '192.168.0.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '240.0.0.1',
    ],
    ...['255.255.255.255', '[::]', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:169.254.169.254]'],
    ...['[64:ff9b::a00:1]', '[64:ff9b::a9fe:a9fe]', '[100::1]', '[2001::1]', '[2001:db8::1]', '[2002:a00:1::]'],
    ...['[fc00::1]', '[fd00:ec2::254]', '[fd20:ce::254]', '[fe80::1]', '[fec0::1]', '[ff02::1]', '[::ffff:a83f:8110]'],
  ])('never reaches %s', async (address) => {
    expect(await send(`http://${address}/`, sender({ allowPrivate: false }))).toMatchObject({
      error: 'address_refused',
    });
  });

  it('never connects to a port that is not listed', async () => {
    const port = await listen((_request, response) => response.end());
    for (const url of [`http://127.0.0.1:${port}/`, 'https://shop.example.com:22/']) {
      expect(await send(url, sender({ allowPrivate: false }))).toMatchObject({ error: 'address_refused' });
    }
    expect(requests).toBe(0);
  });

  it('ends when the receiver changes the protocol, or closes without an answer', async () => {
    const upgrading = await listen((request) => {
      request.socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');
    });
    expect(await send(`http://127.0.0.1:${upgrading}/`)).toEqual({ statusCode: 101, error: 'http_101' });
    const closing = await listen((request) => request.socket.end());
    expect(await send(`http://127.0.0.1:${closing}/`)).toMatchObject({ statusCode: null });
    const half = await listen((request) => {
      request.socket.end('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    expect((await send(`http://127.0.0.1:${half}/`)).error).not.toBe('timeout');
  });

  it('is never sent by plain http where https is required', async () => {
    const port = await listen((_request, response) => response.end());
    expect(await send(`http://127.0.0.1:${port}/`, sender({ httpsOnly: true }))).toEqual({
      statusCode: null,
      error: 'address_refused',
    });
    expect(requests).toBe(0);
  });

  it('does not follow a redirect', async () => {
    const port = await listen((_request, response) => response.writeHead(307, { location: '/elsewhere' }).end());
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ statusCode: 307, error: 'redirected' });
    expect(requests).toBe(1);
  });

  it.each([
    ['says nothing', () => undefined],
    ['begins an answer and does not end it', (response: Parameters<RequestListener>[1]) => void response.write('x')],
  ])('gives up on a server that %s', async (_, answer) => {
    const port = await listen((_request, response) => answer(response));
    const result = await send(`http://127.0.0.1:${port}/`, sender({ timeoutMs: 100 }));
    expect(result).toEqual({ statusCode: null, error: 'timeout' });
  });

  it('reads a long answer only up to the limit', async () => {
    let written = 0;
    const port = await listen((_request, response) => {
      const more = (): void => {
        if (response.destroyed) return;
        written += 16_384;
        response.write(Buffer.alloc(16_384), more);
      };
      more();
    });
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ statusCode: 200, error: null });
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it('ends early with the error stopped when the process shuts down', async () => {
    const stop = new AbortController();
    const port = await listen(() => stop.abort());
    expect(await send(`http://127.0.0.1:${port}/`, sender(), stop.signal)).toEqual({
      statusCode: null,
      error: 'stopped',
    });
  });

  it('reports the error code of the system when the server does not exist', async () => {
    const port = await listen(() => undefined);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await send(`http://127.0.0.1:${port}/`)).toEqual({ statusCode: null, error: 'ECONNREFUSED' });
  });
});
