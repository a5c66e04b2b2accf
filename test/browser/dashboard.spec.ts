import type { Page } from 'playwright-core';
import { waitUntil } from '../support/wait-until.js';
import { DashboardScene } from './dashboard-scene.js';

const PATIENCE_MS = 60_000;
jest.setTimeout(180_000);

/** An attribute of all elements that a selector finds, at one moment. */
const attributes = async (page: Page, selector: string, name: string): Promise<string[]> => {
  const [from, what] = [selector, name].map((text) => JSON.stringify(text));
  return page.evaluate<string[]>(
    `[...document.querySelectorAll(${from ?? ''})].map((element) => element.getAttribute(${what ?? ''}) ?? '')`,
  );
};

/** Innermost states that the chart shows as active, by key. */
const activeLeaves = async (page: Page): Promise<string[]> =>
  (await attributes(page, '#chart .active.leaf', 'id')).map((id) => id.replace(/^s:/, '')).sort();

const untilActive = (page: Page, ...keys: string[]): Promise<unknown> =>
  waitUntil(
    `the chart in ${keys.join(', ')}`,
    async () => (JSON.stringify(await activeLeaves(page)) === JSON.stringify(keys.sort()) ? true : null),
    PATIENCE_MS,
  );

const badge = (page: Page, text: string): Promise<void> =>
  page.locator('#badge', { hasText: text }).waitFor({ timeout: PATIENCE_MS });

describe('The dashboard, in Chromium', () => {
  let scene: DashboardScene;
  beforeAll(async () => (scene = await DashboardScene.open()));
  afterAll(() => scene.close());
  afterEach(async () => {
    await scene.closePages();
    const errors = scene.errors.splice(0);
    expect(errors).toEqual([]);
  });

  it('the demo panel places an order with one click, and the page shows it paid without a reload', async () => {
    const page = await scene.visit('/dashboard');
    await page.evaluate('globalThis.sameDocument = true');
    await page.getByRole('button', { name: 'Place an order' }).click();
    const row = page.locator('#list .order').first();
    await row.getByRole('button', { name: /^Pay/ }).click({ timeout: PATIENCE_MS });
    await row.locator('.badge', { hasText: 'Fulfilled' }).waitFor({ timeout: PATIENCE_MS });
    expect(await page.evaluate('globalThis.sameDocument')).toBe(true);
  });

  it('the chart follows the order and its child machine, and marks the way it took', async () => {
    const id = await scene.place();
    const page = await scene.visit(`/dashboard/orders/${id}`);
    await untilActive(page, '/AwaitingPayment.open', 'payment/waiting');
    expect(await page.locator('#wait').textContent()).toMatch(/The customer has \d+ s to pay/);
    await scene.picture(page, 'order');
    await page.locator('#actions').getByRole('button', { name: 'Pay', exact: true }).click();
    await badge(page, 'Fulfilled');
    await untilActive(page, '/Completed');
    const visited = await attributes(page, '#chart .node.past', 'id');
    expect(visited).toEqual(expect.arrayContaining(['s:/GettingProducts.running', 's:payment/accepted']));
    expect(visited).not.toContain('s:/PaymentFailed.voiding.running');
    // Starting, five steps, the payment, two steps more: each way from one to the next is marked.
    expect(await page.locator('#chart .edge.taken').count()).toBeGreaterThanOrEqual(10);
    await page.locator('#live', { hasText: 'Complete' }).waitFor({ timeout: PATIENCE_MS });
    await scene.picture(page, 'order-fulfilled');
  });

  it('a rejected order is shown as rejected, with what was undone', async () => {
    const id = await scene.place('rejected');
    const page = await scene.visit(`/dashboard/orders/${id}`);
    await badge(page, 'Payment failed');
    await untilActive(page, '/Completed');
    const calls = await page.locator('#attempts h3').allTextContents();
    expect(calls.join()).toContain('void payment asks payment');
    expect(calls.join()).toContain('release reservation asks warehouse');
  });

  it('the slider moves the chart back in time, and the address keeps the place over a reload', async () => {
    const id = await scene.place('paid');
    const page = await scene.visit(`/dashboard/orders/${id}`);
    await badge(page, 'Fulfilled');
    await untilActive(page, '/Completed');
    await page
      .locator('#history li', { hasText: 'GettingAddress.running → ReservingProducts.running' })
      .getByRole('button')
      .click();
    await untilActive(page, '/ReservingProducts.running');
    expect(page.url()).toMatch(/\?at=\d+$/);
    await page.reload();
    await untilActive(page, '/ReservingProducts.running');
    await page.locator('#travel').focus();
    await page.keyboard.press('Home');
    await waitUntil('the beginning', async () => ((await page.locator('#travel').inputValue()) === '1' ? true : null));
    await page.getByRole('button', { name: 'Now' }).click();
    await untilActive(page, '/Completed');
    expect(page.url()).not.toContain('at=');
  });

  it('an incident says what is wrong and whom to ask, and is retried with one press and a confirmation', async () => {
    await scene.mood('warehouse', 'failing');
    const id = await scene.place();
    const page = await scene.visit(`/dashboard/orders/${id}`);
    await badge(page, 'Needs attention');
    const incident = page.locator('#incident');
    await incident.getByRole('heading', { name: 'Could not reserve products' }).waitFor();
    expect(await incident.textContent()).toContain('Warehouse partner: partner_unavailable');
    expect(await incident.locator('.way').first().textContent()).toContain('reserve products (warehouse)');
    await untilActive(page, '/ReservingProducts.incident');
    await page.locator('#chart .needs-person.leaf').waitFor();
    await scene.picture(page, 'incident');
    await page.getByRole('link', { name: 'All orders' }).click();
    await page.locator('#attention .order', { hasText: id.slice(0, 8) }).waitFor({ timeout: PATIENCE_MS });
    await scene.picture(page, 'orders');
    await page.goBack();
    await scene.mood('warehouse', 'fine');
    await incident.getByRole('button', { name: 'Try again', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/Why/).fill('The warehouse is back.');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await untilActive(page, '/AwaitingPayment.open', 'payment/waiting');
    await page.locator('#history', { hasText: 'The warehouse is back.' }).waitFor();
  });

  it('the timeline shows running, failed and waiting attempts as different', async () => {
    await scene.mood('shipping', 'failing');
    const id = await scene.place();
    const page = await scene.visit(`/dashboard/orders/${id}`);
    await badge(page, 'Needs attention');
    await scene.mood('shipping', 'fine');
    const kinds = async (lane: string): Promise<string[]> =>
      (await attributes(page, `.lane[data-lane="${lane}"] .span`, 'data-kind')).filter((kind) => kind !== 'queued');
    await waitUntil('the timeline', async () =>
      JSON.stringify(await kinds('calculateShipping')) ===
      JSON.stringify(['failed', 'retry', 'failed', 'retry', 'failed'])
        ? true
        : null,
    );
    expect(await kinds('getProducts')).toEqual(['running']);
    expect(await kinds('a person')).toEqual(['incident']);
  });

  it('the page reconnects after a restart of the service and shows what happened meanwhile', async () => {
    const id = await scene.place();
    const page = await scene.visit(`/dashboard/orders/${id}`);
    await untilActive(page, '/AwaitingPayment.open', 'payment/waiting');
    await page.evaluate('globalThis.sameDocument = true');
    await scene.service.kill();
    await page.locator('#live', { hasText: 'No answer' }).waitFor({ timeout: PATIENCE_MS });
    await scene.boot();
    await page.locator('#live', { hasText: 'Live' }).waitFor({ timeout: PATIENCE_MS });
    // As the provider would: the one of before the restart is gone.
    await scene.send(id, 'payment-accepted');
    await badge(page, 'Fulfilled');
    expect(await page.evaluate('globalThis.sameDocument')).toBe(true);
    const seqs = (await page.locator('#history .seq').allTextContents()).map(Number);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    // A browser writes every answer it did not get into its console.
    const others = scene.errors.splice(0).filter((text) => !/Failed to load resource|net::ERR_/.test(text));
    expect(others).toEqual([]);
  });

  it('a search stays in the address, and a command for many orders is shown as a dry run first', async () => {
    const id = await scene.place();
    await scene.place();
    const page = await scene.visit('/dashboard');
    await page.getByLabel('Search').fill(id.slice(0, 13));
    await page.getByRole('button', { name: 'Find' }).click();
    await waitUntil('the one order', async () => ((await page.locator('#list .order').count()) === 1 ? true : null));
    expect(new URL(page.url()).searchParams.get('q')).toBe(id.slice(0, 13));
    await page.reload();
    const row = page.locator('#list .order', { hasText: id.slice(0, 8) });
    await row.getByRole('checkbox').check();
    expect(await page.locator('#list .order').count()).toBe(1);
    await page
      .getByRole('group', { name: /several/ })
      .getByRole('button', { name: 'Suspend' })
      .click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('It fits 1 of 1.').waitFor();
    expect(await scene.order(id)).toMatchObject({ runtimeStatus: 'Running' });
    await dialog.getByRole('button', { name: 'Suspend' }).click();
    await row.locator('.badge', { hasText: 'Suspended' }).waitFor({ timeout: PATIENCE_MS });
    await page
      .getByRole('group', { name: /several/ })
      .getByRole('button', { name: 'Resume' })
      .click();
    await page.getByRole('dialog').getByText('It is for 1').waitFor();
    await page.getByRole('dialog').getByLabel(/Why/).fill('Enough.');
    await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click();
    await row.locator('.badge', { hasText: 'Awaiting payment' }).waitFor({ timeout: PATIENCE_MS });
  });

  it.each([
    { width: 400, colorScheme: 'light' },
    { width: 1280, colorScheme: 'dark' },
    { width: 1920, colorScheme: 'light' },
  ] as const)(
    'the pages have no serious fault of accessibility and do not scroll sideways at $width px, $colorScheme',
    async ({ width, colorScheme }) => {
      await scene.mood('users', 'failing');
      const id = await scene.place();
      await waitUntil('an incident', async () => ((await scene.order(id)).incident ? true : null));
      await scene.mood('users', 'fine');
      const look = { viewport: { width, height: 900 }, colorScheme };
      const list = await scene.visit('/dashboard', look);
      await list.locator('#attention .order').first().waitFor();
      const order = await scene.visit(`/dashboard/orders/${id}`, look);
      await untilActive(order, '/GettingAddress.incident');
      for (const page of [list, order]) {
        expect(await scene.faults(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      }
      await scene.picture(list, `orders-${width}-${colorScheme}`);
      await scene.picture(order, `order-${width}-${colorScheme}`);
    },
  );
});
