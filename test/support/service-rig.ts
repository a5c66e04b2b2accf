import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import supertest from 'supertest';
import { loadConfig } from '../../src/config/config-loader.js';
import { EMBEDDED_SANDBOX } from '../../src/sandbox/embedded-sandbox.module.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox-options.js';
import { startService, type RunningService } from '../../src/service.js';
import { filledCart } from './filled-cart.js';
import { waitUntil } from './wait-until.js';

export interface OrderStatusView {
  readonly status: string;
  readonly outcome: string | null;
  readonly waitingFor: { readonly for: string } | null;
}

/** The whole service in this process, on a database file of its own, with its partner sandbox behind real HTTP. */
export class ServiceRig {
  private constructor(
    readonly folder: string,
    readonly service: RunningService,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<ServiceRig> {
    const folder = await mkdtemp(path.join(tmpdir(), 'service-rig-'));
    const config = loadConfig({
      NODE_ENV: 'test',
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
      SANDBOX_PORT: '0',
      SANDBOX_LATENCY_MS: '0',
      SANDBOX_DATABASE: path.join(folder, 'sandbox.db'),
      ...env,
    });
    return new ServiceRig(folder, await startService(config));
  }

  get api() {
    return supertest(this.service.url);
  }

  /** An order of a new cart, because a cart has one open order at the most. */
  async place(headers: Readonly<Record<string, string>> = {}): Promise<string> {
    const { url } = this.service.app.get<RunningSandbox>(EMBEDDED_SANDBOX);
    const cartId = await filledCart(url);
    const answer = await this.api.post(`/order/start/${cartId}`).set(headers).expect(202);
    return (answer.body as { id: string }).id; // the contract of the route
  }

  when(id: string, what: string, condition: (status: OrderStatusView) => boolean): Promise<OrderStatusView> {
    return waitUntil(`${id} to be ${what}`, async () => {
      const status = (await this.api.get(`/order/${id}/status`)).body as OrderStatusView; // the contract of the route
      return condition(status) ? status : null;
    });
  }

  payable(id: string): Promise<OrderStatusView> {
    return this.when(id, 'payable', ({ waitingFor }) => waitingFor?.for === 'payment');
  }

  completed(id: string): Promise<OrderStatusView> {
    return this.when(id, 'completed', ({ status }) => status === 'Completed');
  }

  async close(): Promise<void> {
    await this.service.close();
    await rm(this.folder, { recursive: true });
  }
}
