import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../../src/config/webhook-secret.development.js';
import { createSandbox } from '../../src/sandbox/sandbox.factory.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox.options.js';
import { ServiceProcess, type CrashPlan } from '../support/service.process.js';
import { StableProxy } from '../support/stable.proxy.js';
import { waitUntil } from '../support/wait.until.js';

const PARTNERS = ['CART', 'USER', 'WAREHOUSE', 'SHIPPING', 'PRICING', 'PAYMENT', 'FULFILMENT'];
const GOOD_CART = '11111111-1111-4111-8111-111111111111';

export interface OrderState {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
}

/** The partners in this process, so that they outlive the service; the service in one of its own, so that it can die. */
export class CrashScene {
  private process: ServiceProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly sandbox: RunningSandbox,
    readonly proxy: StableProxy,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<CrashScene> {
    const folder = await mkdtemp(path.join(tmpdir(), 'orders-crash-'));
    const sandbox = await createSandbox({
      databasePath: path.join(folder, 'sandbox.db'),
      host: '127.0.0.1',
      port: 0,
      webhookSecret: DEVELOPMENT_WEBHOOK_SECRET,
      silent: true,
    });
    return new CrashScene(folder, sandbox, await StableProxy.start(), settings);
  }

  get service(): ServiceProcess {
    if (this.process === null) throw new Error('The service was not started.');
    return this.process;
  }

  /** (Re)starts the service on the same database. */
  async boot(plan?: CrashPlan): Promise<ServiceProcess> {
    const { folder, sandbox, proxy } = this;
    proxy.target = null;
    await this.process?.kill();
    const env: Record<string, string> = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      PORT: '0',
      PUBLIC_URL: proxy.url,
      DATABASE_URL: `sqlite:${path.join(folder, 'orders.db')}`,
      RETRY_FIRST_INTERVAL_MS: '50',
      ...this.settings,
    };
    for (const partner of PARTNERS) env[`${partner}_SERVICE_URL`] = sandbox.url;
    this.process = await ServiceProcess.start(env, plan);
    proxy.target = this.process.url;
    return this.process;
  }

  /** What the payment provider does with every payment from now on. */
  async autoPay(decision: 'manual' | 'accept' | 'reject'): Promise<void> {
    await fetch(`${this.sandbox.url}/payments/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ autoPay: decision }),
    });
  }

  async faults(plan: readonly object[]): Promise<void> {
    await fetch(`${this.sandbox.url}/faults`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(plan),
    });
  }

  /** Null when the service died before it acknowledged. */
  async placeOrder(): Promise<string | null> {
    try {
      const answer = await fetch(`${this.service.url}/order/start/${GOOD_CART}`, { method: 'POST' });
      if (answer.status !== 202) return null;
      return ((await answer.json()) as { id: string }).id; // the contract of POST /order/start
    } catch {
      return null;
    }
  }

  async send(orderId: string, command: string): Promise<number | null> {
    try {
      return (await fetch(`${this.service.url}/order/${orderId}/${command}`, { method: 'POST' })).status;
    } catch {
      return null;
    }
  }

  async orders(): Promise<OrderState[]> {
    const answer = await fetch(`${this.service.url}/orders?limit=100`);
    return ((await answer.json()) as { items: OrderState[] }).items; // the contract of GET /orders
  }

  async finished(orderId: string): Promise<OrderState> {
    return waitUntil(`order ${orderId} to end`, async () => {
      const answer = await fetch(`${this.service.url}/order/${orderId}/status`).catch(() => null);
      if (answer?.status !== 200) return null;
      const state = (await answer.json()) as OrderState; // the contract of GET status
      return state.status === 'Completed' ? state : null;
    });
  }

  async reached(orderId: string, status: string): Promise<void> {
    await waitUntil(`order ${orderId} to reach ${status}`, async () => {
      const answer = await fetch(`${this.service.url}/order/${orderId}/status`);
      return ((await answer.json()) as OrderState).status === status ? true : null; // as above
    });
  }

  async history(orderId: string): Promise<{ seq: number; type: string; data: Record<string, unknown> }[]> {
    const answer = await fetch(`${this.service.url}/order/${orderId}/history?limit=500`);
    return ((await answer.json()) as { items: { seq: number; type: string; data: Record<string, unknown> }[] }).items; // the contract of GET history
  }

  async close(): Promise<void> {
    await this.process?.kill();
    await this.proxy.close();
    await this.sandbox.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
