import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { CrashScene } from '../crash/crash-scene.js';
import { waitUntil } from '../support/wait-until.js';
import { PostgresProxy } from './postgres-proxy.js';

const COMMIT_MS = 3_000;
const ORDERS = 4_000;
const OVER_MS = 8_000;
const HEAP_MB = 256;
const MOST_RSS_MB = 600;
const MAX_WAIT_MS = 5_000;
const CART = '11111111-1111-4111-8111-111111111111';

interface Told {
  readonly status: number;
  readonly code: string | null;
  readonly retryAfter: string | null;
  readonly id: string | null;
  readonly afterMs: number;
}

describe('A service whose database takes 3 s for a commit, and whom 4,000 callers ask within 8 s (G23)', () => {
  let server: PostgresServer;
  let proxy: PostgresProxy;
  let scene: CrashScene;
  beforeAll(async () => {
    server = await startPostgres();
    proxy = await PostgresProxy.start(server.url);
    scene = await CrashScene.open({
      DATABASE_URL: proxy.url,
      NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}`,
      LOG_LEVEL: 'silent',
    });
    await scene.autoPay('accept');
    await scene.boot();
  });
  afterAll(async () => {
    await scene.close();
    await proxy.stop();
    await server.stop();
  });

  async function place(n: number): Promise<Told> {
    const since = performance.now();
    const headers: Record<string, string> = n % 2 === 0 ? {} : { 'idempotency-key': `order-${n}` };
    const answer = await fetch(`${scene.service.url}/order/start/${CART}`, { method: 'POST', headers });
    const body = (await answer.json()) as { id?: string; code?: string }; // an order's links, or a problem
    return {
      status: answer.status,
      code: body.code ?? null,
      retryAfter: answer.headers.get('retry-after'),
      id: answer.status === 202 ? (body.id ?? null) : null,
      afterMs: performance.now() - since,
    };
  }

  async function gauge(name: string): Promise<number> {
    const text = await (await fetch(`${scene.service.url}/metrics`)).text();
    return Number(new RegExp(`^${name}(?:{[^}]*})? (.*)$`, 'm').exec(text)?.[1] ?? 0);
  }

  it('refuses those whom it cannot serve in time, keeps its memory, and finishes every order it took', async () => {
    proxy.rules = { ...proxy.rules, delayOf: (sql) => (/^\s*(COMMIT|WITH created)/.test(sql) ? COMMIT_MS : 0) };
    const asked: Promise<Told>[] = [];
    const reasons = new Set<string | undefined>();
    let rssMb = 0;
    let isOver = false as boolean;
    const watch = async (): Promise<void> => {
      while (!isOver) {
        const ready = await fetch(`${scene.service.url}/health/ready`);
        reasons.add(((await ready.json()) as { reason?: string }).reason); // the contract of the route
        rssMb = Math.max(rssMb, (await gauge('process_resident_memory_bytes')) / 1_048_576);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    const watched = watch();
    const began = performance.now();
    while (asked.length < ORDERS) {
      const due = Math.min(ORDERS, Math.ceil(((performance.now() - began) / OVER_MS) * ORDERS));
      while (asked.length < due) asked.push(place(asked.length));
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const told = await Promise.all(asked);
    isOver = true;
    await watched;
    rssMb = Math.max(rssMb, (await gauge('process_resident_memory_bytes')) / 1_048_576);
    const refusedByRuntime = await gauge('durable_callers_refused_total');
    proxy.rules = { ...proxy.rules, delayOf: () => 0 };

    const taken = told.filter(({ status }) => status === 202);
    const refused = told.filter(({ status }) => status !== 202);
    const longest = (isKeyed: boolean): number =>
      Math.max(
        ...told.filter(({ status }, n) => status === 202 && (n % 2 === 1) === isKeyed).map(({ afterMs }) => afterMs),
      );
    process.stdout.write(
      `overload: ${taken.length} taken, within ${Math.round(longest(false))} ms, with a key ${Math.round(longest(true))} ms; ` +
        `${refused.length} refused; ` +
        `${Math.round(rssMb)} MB at the most with a heap of ${HEAP_MB} MB\n`,
    );
    expect(new Set(refused.map(({ status, code }) => `${status} ${code}`))).toEqual(new Set(['503 overloaded']));
    expect(refused.every(({ retryAfter }) => Number(retryAfter) >= 1 && Number(retryAfter) <= 30)).toBe(true);
    expect([refused.length > 1_000, taken.length > 100, refusedByRuntime > 0]).toEqual([true, true, true]);
    expect(reasons).toContain('overloaded');
    expect(rssMb).toBeLessThan(MOST_RSS_MB);
    // A keyed request is committed three times: its key, its order and its answer, which waits as long as there are answers.
    expect(longest(false)).toBeLessThan(2 * (MAX_WAIT_MS + 2 * COMMIT_MS));
    expect(longest(true)).toBeLessThan(5 * (MAX_WAIT_MS + 2 * COMMIT_MS));

    await waitUntil('every order to end', async () => {
      const open = await gauge('durable_actors_open');
      return open === 0 ? true : null;
    });
    const all = await scene.everyOrder();
    const ended = new Map(all.map(({ id, outcome }) => [id, outcome]));
    expect(taken.filter(({ id }) => ended.get(id ?? '') !== 'fulfilled')).toEqual([]);
  });
});
