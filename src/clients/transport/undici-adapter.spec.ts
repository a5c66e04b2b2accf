import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import axios from 'axios';
import { Agent } from 'undici';
import { TRANSPORT_LIMITS } from './transport-limits.js';
import { undiciAdapter } from './undici-adapter.js';

const TEXT = '[{"name":"grüner Tee ☕"}]';

describe('the adapter of axios on undici', () => {
  let server: Server;
  let url: string;
  let reply: RequestListener;
  const agent = new Agent();
  const http = axios.create({ ...TRANSPORT_LIMITS, adapter: undiciAdapter(agent) });

  beforeAll(async () => {
    server = createServer((request, response) => reply(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`; // a TCP server has a port
  });
  afterAll(async () => {
    await agent.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const)('unpacks a response of encoding %s', async (encoding, pack) => {
    reply = (_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(pack(TEXT));
    await expect(http.get<string>(url)).resolves.toMatchObject({ status: 200, data: TEXT });
  });

  it('reports a response that does not have its encoding', async () => {
    reply = (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(TEXT);
    await expect(http.get(url)).rejects.toMatchObject({ isAxiosError: true, code: 'Z_DATA_ERROR' });
  });

  it('sends a body as JSON, and gives back the headers', async () => {
    reply = (request, response) => {
      response.setHeader('x-type', request.headers['content-type'] ?? '');
      response.setHeader('set-cookie', ['a=1', 'b=2']);
      request.pipe(response);
    };
    const { data, headers } = await http.post<string>(url, { tea: 'grün' });
    expect([data, headers['x-type'], headers['set-cookie']]).toEqual([
      '{"tea":"grün"}',
      'application/json',
      'a=1, b=2',
    ]);
  });

  it('sends no body above the limit', async () => {
    reply = () => {
      throw new Error('It was sent.');
    };
    const body = { text: 'x'.repeat(TRANSPORT_LIMITS.maxBodyLength) };
    await expect(http.post(url, body)).rejects.toThrow('maxBodyLength');
  });
});
