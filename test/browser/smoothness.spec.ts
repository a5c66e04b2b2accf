import { waitUntil } from '../support/wait-until.js';
import { DashboardScene } from './dashboard-scene.js';
import { crowdOrders } from './orders-crowd.js';

const STORED = 10_000;
const MOVING = 50;
/** A page of 50 rows and all around it; what is in the database does not count. */
const MOST_ELEMENTS = 4_000;
/** Half a second would be felt; the machine of a test run is busy with other things too. */
const MEDIAN_DRAW_MS = 100;
jest.setTimeout(240_000);

interface Seen {
  readonly elements: number;
  readonly rows: number;
  readonly draws: readonly number[];
}

describe('The list of orders, with 10,000 stored and 50 moving', () => {
  let scene: DashboardScene;
  beforeAll(async () => {
    scene = await DashboardScene.open();
    const id = await scene.place('paid');
    await waitUntil(
      'the first order',
      async () => ((await scene.order(id)).outcome === 'fulfilled' ? true : null),
      60_000,
    );
    await scene.service.kill('SIGTERM');
    await crowdOrders(scene.database, STORED);
    await scene.boot();
  });
  afterAll(() => scene.close());

  it('the list of 10,000 orders stays small and draws quickly, and has older orders on further pages', async () => {
    const page = await scene.visit('/dashboard');
    await page.locator('#list .order').nth(49).waitFor();
    const ids: string[] = [];
    // The sandbox fills a cart for each: a few at a time.
    while (ids.length < MOVING) ids.push(...(await Promise.all(Array.from({ length: 5 }, () => scene.place('paid')))));
    await waitUntil(
      'all orders',
      async () => {
        const orders = await Promise.all(ids.map((id) => scene.order(id)));
        return orders.every(({ outcome }) => outcome === 'fulfilled') ? true : null;
      },
      150_000,
    );
    await page.locator('#list .order[data-tone=green]').nth(49).waitFor();
    const seen = await page.evaluate<Seen>(`({
      elements: document.querySelectorAll('*').length,
      rows: document.querySelectorAll('#list > li').length,
      draws: performance.getEntriesByName('draw-list').map(({ duration }) => duration).sort((a, b) => a - b),
    })`);
    const median = seen.draws[Math.floor(seen.draws.length / 2)] ?? Infinity;
    process.stdout.write(
      `the list while ${MOVING} orders moved: ${seen.elements} elements, ${seen.draws.length} drawings, ` +
        `median ${median.toFixed(1)} ms, longest ${(seen.draws.at(-1) ?? 0).toFixed(1)} ms\n`,
    );
    expect(seen.rows).toBe(50);
    expect(seen.elements).toBeLessThan(MOST_ELEMENTS);
    expect(median).toBeLessThan(MEDIAN_DRAW_MS);

    await page.getByRole('button', { name: 'Older' }).click();
    await waitUntil('the next page', async () =>
      (await page.locator('#list .order', { hasText: /^.*0000/ }).count()) > 40 ? true : null,
    );
    expect(page.url()).toContain('cursor=');
    await scene.closePages();
    expect(scene.errors).toEqual([]);
  });
});
