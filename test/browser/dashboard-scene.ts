import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { LoadedProcess, ServiceProcess } from '../support/service-process.js';
import { StableProxy } from '../support/stable-proxy.js';
import { openBrowser } from './chromium.js';

/** Set: pictures for the README are written there. */
const SCREENSHOTS = process.env['SCREENSHOTS_DIR'];

interface OrderSeen {
  readonly id: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly incident: boolean;
}

/** The real service as a process of its own, and a real browser before it. */
export class DashboardScene {
  private readonly folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
  private pages: Page[] = [];
  readonly errors: string[] = [];
  service!: ServiceProcess;
  private browser!: Browser;
  private proxy!: StableProxy;
  private settings: Readonly<Record<string, string>> = {};

  static async open(settings: Readonly<Record<string, string>> = {}): Promise<DashboardScene> {
    const scene = new DashboardScene();
    scene.settings = settings;
    // First what fails most often, and then leaves nothing open behind it.
    scene.browser = await openBrowser();
    scene.proxy = await StableProxy.start();
    try {
      await scene.boot();
    } catch (error) {
      await scene.browser.close();
      await scene.proxy.close();
      throw error;
    }
    return scene;
  }

  get url(): string {
    return this.proxy.url;
  }

  get database(): string {
    return join(this.folder, 'orders.db');
  }

  /** At the address of the first time, so that an open page finds it again. */
  async boot(): Promise<void> {
    const env = {
      NODE_ENV: 'test',
      PORT: '0',
      DATABASE_URL: `sqlite:${this.database}`,
      SANDBOX_DATABASE: join(this.folder, 'sandbox.db'),
      SANDBOX_PORT: '0',
      SANDBOX_LATENCY_MS: '20',
      LOG_LEVEL: 'fatal',
      RETRY_FIRST_INTERVAL_MS: '50',
      ...this.settings,
    };
    this.service = await ServiceProcess.start(LoadedProcess.fork(env));
    this.proxy.target = this.service.url;
  }

  async visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.errors.push(`${path}: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(`${path}: ${message.text()} (${message.location().url})`);
    });
    await page.goto(`${this.url}${path}`);
    this.pages.push(page);
    return page;
  }

  async closePages(): Promise<void> {
    await Promise.all(this.pages.map((page) => page.context().close()));
    this.pages = [];
  }

  /** Serious faults by axe-core, as `rule: element`. */
  async faults(page: Page): Promise<string[]> {
    // The page's policy forbids inline scripts; what the debugger evaluates is not one.
    await page.evaluate(axe.source);
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run(); // put there a line ago
      return violations.map(({ id, impact, nodes }) => ({ id, impact, targets: nodes.map(({ html }) => html) }));
    });
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, targets }) => targets.map((target) => `${id}: ${target.slice(0, 200)}`));
  }

  async picture(page: Page, name: string): Promise<void> {
    if (SCREENSHOTS !== undefined) await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  async place(scene = 'place'): Promise<string> {
    return (await this.post<{ id: string }>('POST', '/demo/orders', { scene })).id;
  }

  mood(partner: string, mood: 'fine' | 'slow' | 'failing'): Promise<unknown> {
    return this.post('PUT', `/demo/partners/${partner}`, { mood });
  }

  send(id: string, command: string): Promise<unknown> {
    return this.post('POST', `/order/${id}/${command}`, {});
  }

  async order(id: string): Promise<OrderSeen> {
    const answer = await fetch(`${this.url}/order/${id}`);
    return (await answer.json()) as OrderSeen; // the contract of the route
  }

  async close(): Promise<void> {
    await this.closePages();
    await this.browser.close();
    await this.service.kill('SIGTERM');
    await this.proxy.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async post<T>(method: string, path: string, body: unknown): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return (text === '' ? null : JSON.parse(text)) as T; // the contract of the route
  }
}
