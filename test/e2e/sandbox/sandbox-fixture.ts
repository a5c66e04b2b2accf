import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ledgerSchema } from '../../../src/contracts/ledger-contract.js';
import type { LedgerEntryDto } from '../../../src/contracts/ledger-contract.js';
import { createSandbox } from '../../../src/sandbox/sandbox-factory.js';
import type { RunningSandbox, SandboxOptions } from '../../../src/sandbox/sandbox-options.js';

export const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const problemSchema = z.object({
  status: z.number(),
  code: z.string(),
  title: z.string(),
  detail: z.string(),
  type: z.string(),
});

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed JSON body. */
  json(): unknown;
}

/** A sandbox on a port and in a directory of its own, with a clock that moves only when told. */
export class SandboxRig {
  private constructor(
    private readonly directory: string,
    private readonly options: Partial<SandboxOptions>,
    private sandbox: RunningSandbox,
    private readonly time: { now: number },
  ) {}

  static async start(options: Partial<SandboxOptions> = {}): Promise<SandboxRig> {
    const directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
    const time = { now: Date.now() };
    try {
      return new SandboxRig(directory, options, await open(directory, options, time), time);
    } catch (error) {
      await rm(directory, { recursive: true, force: true });
      throw error;
    }
  }

  get url(): string {
    return this.sandbox.url;
  }

  advance(ms: number): void {
    this.time.now += ms;
  }

  async restart(): Promise<void> {
    await this.sandbox.close();
    this.sandbox = await open(this.directory, this.options, this.time);
  }

  async close(): Promise<void> {
    await this.sandbox.close();
    await rm(this.directory, { recursive: true, force: true });
  }

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  /** `key` is sent as Idempotency-Key. */
  post(path: string, body?: unknown, key?: string): Promise<Answer> {
    return this.call('POST', path, body, key === undefined ? {} : { 'idempotency-key': key });
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.call('PUT', path, body);
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal: AbortSignal | null = null,
  ): Promise<Answer> {
    const response = await fetch(`${this.sandbox.url}${path}`, {
      method,
      signal,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: (): unknown => JSON.parse(text) };
  }

  async ledger(name: 'payments' | 'warehouse' | 'fulfilment', orderId?: string): Promise<LedgerEntryDto[]> {
    const query = orderId === undefined ? '' : `?orderId=${orderId}`;
    return ledgerSchema.parse((await this.get(`/${name}/ledger${query}`)).json());
  }
}

function open(directory: string, options: Partial<SandboxOptions>, time: { now: number }): Promise<RunningSandbox> {
  return createSandbox({
    databasePath: join(directory, 'data', 'sandbox.db'),
    host: '127.0.0.1',
    port: 0,
    webhookSecret: WEBHOOK_SECRET,
    silent: true,
    clock: { now: () => time.now },
    ...options,
  });
}

/** The status and the stable code of a refusal, after checking that it is problem+json. */
export function refusalOf(answer: Answer): [number, string] {
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = problemSchema.parse(answer.json());
  expect(problem.status).toBe(answer.status);
  return [problem.status, problem.code];
}

export interface Delivery {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Takes callbacks, as the shop would. It answers with `statuses` in turn, and 200 when they are used up. */
export class CallbackReceiver {
  readonly deliveries: Delivery[] = [];
  readonly statuses: number[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.deliveries.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(this.statuses.shift() ?? 200).end();
    });
  });

  static async start(): Promise<CallbackReceiver> {
    const receiver = new CallbackReceiver();
    await new Promise<void>((resolve) => receiver.server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    // An address object, since the server listens on a port and not on a pipe.
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks/payments`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Asks again and again until the answer is true; fails with `what` after ten seconds. */
export async function eventually(what: string, probe: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await probe())) {
    if (Date.now() > deadline) throw new Error(`it never came about that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
