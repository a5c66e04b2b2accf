import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { loadConfig } from '../../../src/config/config-loader.js';
import { StreamLimiter } from '../../../src/push/streams/stream-limiter.js';
import { EMBEDDED_SANDBOX } from '../../../src/sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from '../../../src/sandbox/sandbox-options.js';
import { startService, type RunningService } from '../../../src/service.js';
import { waitUntil } from '../../support/wait-until.js';

export interface OrderState {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly waitingFor: { readonly for: string } | null;
}

/** The whole service with its sandbox, for tests of what it tells others. */
export class PushService {
  private constructor(
    private readonly folder: string,
    private readonly settings: Readonly<Record<string, string>>,
    private service: RunningService,
  ) {}

  static async start(settings: Readonly<Record<string, string>> = {}): Promise<PushService> {
    const folder = await mkdtemp(path.join(tmpdir(), 'order-push-'));
    return new PushService(folder, settings, await run(folder, settings));
  }

  get url(): string {
    return this.service.url;
  }

  get api() {
    return supertest(this.url);
  }

  get sandboxUrl(): string {
    return this.service.app.get<RunningSandbox>(EMBEDDED_SANDBOX).url;
  }

  /** Streams and long polls that are open. */
  get followers(): number {
    return this.service.app.get(StreamLimiter, { strict: false }).taken;
  }

  async restart(): Promise<void> {
    await this.service.close();
    this.service = await run(this.folder, this.settings);
  }

  /** Goes down and stays down. */
  async stop(): Promise<void> {
    await this.service.close();
  }

  /** Places an order of a cart of its own; resolves with its id. */
  async place(): Promise<string> {
    const cart = randomUUID();
    await supertest(this.sandboxUrl)
      .post(`/cart/${cart}/add`)
      .send({ productId: 'coffee-beans-1kg', count: 1 })
      .expect(202);
    const answer = await this.api.post(`/order/start/${cart}`).expect(202);
    return (answer.body as { id: string }).id; // the contract of the route
  }

  /** An order whose customer may pay. */
  async payable(): Promise<string> {
    const id = await this.place();
    await this.when(id, 'payable', ({ waitingFor }) => waitingFor?.for === 'payment');
    return id;
  }

  when(id: string, what: string, condition: (order: OrderState) => boolean): Promise<OrderState> {
    return waitUntil(`${id} to be ${what}`, async () => {
      const order = (await this.api.get(`/order/${id}/status`).expect(200)).body as OrderState; // the contract of the route
      return condition(order) ? order : null;
    });
  }

  completed(id: string): Promise<OrderState> {
    return this.when(id, 'completed', ({ status }) => status === 'Completed');
  }

  async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    await waitUntil(what, async () => ((await condition()) ? true : null));
  }

  async pay(id: string): Promise<void> {
    await this.api.post(`/order/${id}/payment-accepted`).expect(202);
  }

  async close(): Promise<void> {
    await this.service.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function run(folder: string, settings: Readonly<Record<string, string>>): Promise<RunningService> {
  return startService(
    loadConfig({
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
      SANDBOX_PORT: '0',
      SANDBOX_LATENCY_MS: '0',
      SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_RETRY_SCHEDULE_MS: '20,20,20,20',
      RATE_LIMIT_ADDRESSES: '0',
      ...settings,
    }),
  );
}
