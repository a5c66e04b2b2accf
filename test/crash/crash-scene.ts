import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PARTNER_PREFIXES } from '../../src/config/env-schema.js';
import { DEVELOPMENT_WEBHOOK_SECRET } from '../../src/config/webhook-secret-development.js';
import { createSandbox } from '../../src/sandbox/sandbox-factory.js';
import type { RunningSandbox } from '../../src/sandbox/sandbox-options.js';
import { LoadedProcess, ServiceProcess, type StartOptions } from '../support/service-process.js';
import { StableProxy } from '../support/stable-proxy.js';
import { waitUntil } from '../support/wait-until.js';

const PARTNERS = Object.values(PARTNER_PREFIXES);
const GOOD_CART = '11111111-1111-4111-8111-111111111111';

export type PaymentFate = 'manual' | 'accept' | 'reject';

export interface Callback {
  readonly webhookId: string;
  readonly orderId: string;
  readonly state: 'pending' | 'delivered' | 'gone' | 'exhausted';
}

export interface OrderState {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
}

/** The partners in this process, so that they outlive the service; the service in one of its own, so that it can die. */
export class CrashScene {
  private process: ServiceProcess | null = null;
  private spare: LoadedProcess | null = null;

  private constructor(
    private readonly folder: string,
    readonly sandbox: RunningSandbox,
    readonly proxy: StableProxy,
    private settings: Readonly<Record<string, string>>,
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

  /** The service's database, to be read by nobody but an auditor. */
  get database(): string {
    return path.join(this.folder, 'orders.db');
  }

  /** The environment of the service from its next start on. */
  configure(settings: Readonly<Record<string, string>>): void {
    this.settings = { ...this.settings, ...settings };
  }

  /** (Re)starts the service on the same database. @throws ServiceDiedError */
  async boot(options: StartOptions = {}): Promise<ServiceProcess> {
    const { proxy } = this;
    proxy.target = null;
    await this.process?.kill();
    const loaded = this.spare ?? LoadedProcess.fork(this.environment);
    this.spare = null;
    this.process = await ServiceProcess.start(loaded, options);
    proxy.target = this.process.url;
    return this.process;
  }

  /** Loads the modules of the next process already, so that the next boot takes only what a start does itself. */
  prepare(): void {
    this.spare ??= LoadedProcess.fork(this.environment);
  }

  /** What the payment provider does with every payment from now on, or with that of one order. */
  async autoPay(decision: PaymentFate, orderId?: string): Promise<void> {
    await fetch(`${this.sandbox.url}/payments/settings`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ autoPay: decision, orderId }),
    });
  }

  /** What the payment provider has sent or is to send; of one order when its id is given. */
  async callbacks(orderId?: string): Promise<Callback[]> {
    const query = orderId === undefined ? '' : `?orderId=${orderId}`;
    const answer = await fetch(`${this.sandbox.url}/payments/callbacks${query}`);
    return (await answer.json()) as Callback[]; // the contract of the sandbox
  }

  /** Has a callback delivered once more, under the same id. */
  async resend(webhookId: string): Promise<void> {
    await fetch(`${this.sandbox.url}/payments/callbacks/${webhookId}/resend`, { method: 'POST' });
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

  /** All orders there are, page by page; in one of the statuses when some are given. */
  async everyOrder(statuses: readonly string[] = []): Promise<OrderState[]> {
    const found: OrderState[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: '200', ...(cursor === null ? {} : { cursor }) });
      if (statuses.length > 0) query.set('status', statuses.join(','));
      const answer = await fetch(`${this.service.url}/orders?${query.toString()}`);
      const page = (await answer.json()) as { items: OrderState[]; next: string | null }; // the contract of GET /orders
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== null);
    return found;
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
    await this.spare?.kill();
    await this.proxy.close();
    await this.sandbox.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get environment(): Record<string, string> {
    const partners = PARTNERS.map((partner): [string, string] => [`${partner}_SERVICE_URL`, this.sandbox.url]);
    return {
      NODE_ENV: 'test',
      LOG_LEVEL: 'warn',
      PORT: '0',
      PUBLIC_URL: this.proxy.url,
      DATABASE_URL: `sqlite:${this.database}`,
      RETRY_FIRST_INTERVAL_MS: '50',
      // All of them order from the one cart the sandbox comes with.
      ONE_ORDER_PER_CART: 'false',
      ...Object.fromEntries(partners),
      ...this.settings,
    };
  }
}
