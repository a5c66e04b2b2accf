import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { loadConfig } from '../../src/config/config.loader.js';
import { startService, type RunningService } from '../../src/service.js';
import { waitUntil } from '../support/wait.until.js';

const FULL_CART = '11111111-1111-4111-8111-111111111111';

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

  async restart(): Promise<void> {
    await this.service.close();
    this.service = await run(this.folder, this.settings);
  }

  /** Goes down and stays down. */
  async stop(): Promise<void> {
    await this.service.close();
  }

  /** Places an order; resolves with its id. */
  async place(): Promise<string> {
    const answer = await this.api.post(`/order/start/${FULL_CART}`).expect(202);
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
