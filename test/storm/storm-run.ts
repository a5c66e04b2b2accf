import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { constants, setPriority } from 'node:os';
import { CrashScene } from '../crash/crash-scene.js';
import { filledCart } from '../support/filled-cart.js';
import { compiled } from '../support/compiled-sources.js';
import type { Target } from './hostile-clients.js';
import { HonestClient } from './honest-client.js';

const HONEST = 4;
/** Hostile clients of each kind. */
const EACH = 1;
const HEAP_MB = 256;
const MOST_RSS_MB = 700;
const MOST_RATIO = 3;
/** Below this a ratio says more about the scheduler than about the service. */
const LEAST_P99_MS = 50;
const SETTLE_MS = 120_000;

export interface StormReport {
  readonly calm: Percentiles;
  readonly storm: Percentiles;
  readonly placed: number;
  readonly lost: readonly string[];
  readonly stuck: readonly string[];
  readonly rssMb: number;
  readonly attacks: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly refusals: ReadonlyMap<string, number>;
}

interface Percentiles {
  readonly requests: number;
  readonly p50: number;
  readonly p99: number;
}

const KEYS = { shop: 'key-of-the-honest-shop', hostile: 'key-of-the-hostile-shop', anna: 'key-of-the-operator' };
const hashed = (id: keyof typeof KEYS, role: string) =>
  `${id}:${role}:sha256:${createHash('sha256').update(KEYS[id]).digest('hex')}`;

/** A fifth of the time is calm, to compare with. */
export async function runStorm(ms: number): Promise<StormReport> {
  const scene = await CrashScene.open({
    ACCESS_KEYS: [hashed('shop', 'client'), hashed('hostile', 'client'), hashed('anna', 'operator')].join(','),
    ORDER_TOKEN_SECRETS: 'kJ8sQ2vX7bN4mR1tY6wZ3cF9hL5gD0pA',
    PAYMENT_TIMEOUT_MS: '3600000',
    // As `npm start` has it, but for the heap.
    NODE_OPTIONS: `--max-old-space-size=${HEAP_MB} --max-semi-space-size=32`,
  });
  try {
    await scene.boot();
    const { url } = scene.service;
    const target = await parkedOrder(scene, url);
    await scene.autoPay('accept');
    const clients = Array.from({ length: HONEST }, () => new HonestClient(url, scene.sandbox.url, KEYS.shop));
    const running = clients.map((client) => client.run());
    await after(ms / 5);
    const calm = percentiles(clients);
    for (const client of clients) client.durations = [];

    const hostile = HostileProcess.start(target);
    let rssMb = 0;
    const until = Date.now() + (ms * 4) / 5;
    while (Date.now() < until) {
      await after(Math.min(2_000, ms / 10));
      rssMb = Math.max(rssMb, await residentMb(url));
    }
    const storm = percentiles(clients);
    const told = await hostile.stop();
    for (const client of clients) client.stop();
    const counted = new Map<string, Map<string, number>>();
    for (const { name, statuses } of told) add(counted, name, new Map(statuses));
    await Promise.all(running);
    const placed = clients.flatMap(({ acknowledged }) => acknowledged);
    return {
      calm,
      storm,
      placed: placed.length,
      rssMb,
      attacks: counted,
      refusals: refusalsOf(clients),
      ...(await audit(url, placed)),
    };
  } finally {
    await scene.close();
  }
}

/** No order was lost or is stuck, and memory stayed within its bound. */
export function isWhole({ lost, stuck, rssMb }: StormReport): boolean {
  return lost.length + stuck.length === 0 && rssMb <= MOST_RSS_MB;
}

/** Honest requests took at most three times as long as without the storm. */
export function isServed({ calm, storm }: StormReport): boolean {
  return storm.p99 <= MOST_RATIO * Math.max(calm.p99, LEAST_P99_MS);
}

export function describeStorm(report: StormReport): string {
  const { calm, storm, placed, lost, stuck, rssMb, attacks, refusals } = report;
  const shown = (counts: ReadonlyMap<string, number>) =>
    [...counts].map(([what, n]) => `${what}: ${n}`).join(', ') || 'none';
  return [
    ...[...attacks].map(([name, statuses]) => `  ${name.padEnd(36)} ${shown(statuses)}`),
    `honest requests  calm ${calm.requests}, p50 ${calm.p50.toFixed(1)} ms, p99 ${calm.p99.toFixed(1)} ms`,
    `                 storm ${storm.requests}, p50 ${storm.p50.toFixed(1)} ms, p99 ${storm.p99.toFixed(1)} ms (${(storm.p99 / calm.p99).toFixed(2)}x)`,
    `refused honest   ${shown(refusals)}`,
    `orders           ${placed} placed, ${lost.length} lost, ${stuck.length} stuck`,
    `memory           ${rssMb.toFixed(0)} MB at the most, with a heap of ${HEAP_MB} MB`,
    isWhole(report) ? 'every order is there and has ended' : 'ORDERS OR MEMORY WERE LOST',
    isServed(report) ? 'the honest clients were served' : 'THE HONEST CLIENTS WERE HURT',
    '',
  ].join('\n');
}

type Told = readonly { readonly name: string; readonly statuses: readonly (readonly [string, number])[] }[];

class HostileProcess {
  private constructor(private readonly child: ChildProcess) {}

  static start(target: Target): HostileProcess {
    const child = fork(compiled('test/storm/hostile-child.js'));
    // Hostile clients have machines of their own: here they get what processor time the service leaves.
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    child.send({ target, each: EACH });
    return new HostileProcess(child);
  }

  async stop(): Promise<Told> {
    this.child.send({ stop: true });
    const [told] = (await once(this.child, 'message')) as [Told]; // all that it ever says
    return told;
  }
}

async function parkedOrder(scene: CrashScene, url: string): Promise<Target> {
  const cart = await filledCart(scene.sandbox.url);
  const answer = await fetch(`${url}/order/start/${cart}`, {
    method: 'POST',
    headers: { 'x-functions-key': KEYS.hostile },
  });
  const { id } = (await answer.json()) as { id: string }; // the route's contract
  // It keeps what it is sent.
  await fetch(`${url}/order/${id}/suspend`, { method: 'POST', headers: { 'x-functions-key': KEYS.anna } });
  return { url, clientKey: KEYS.hostile, orderId: id };
}

async function audit(url: string, placed: readonly string[]): Promise<Pick<StormReport, 'lost' | 'stuck'>> {
  const until = Date.now() + SETTLE_MS;
  const lost: string[] = [];
  let open = [...placed];
  do {
    const left: string[] = [];
    for (const id of open) {
      const answer = await fetch(`${url}/order/${id}/status`, { headers: { 'x-functions-key': KEYS.anna } });
      if (answer.status === 404) lost.push(id);
      else if (((await answer.json()) as { status: string }).status !== 'Completed') left.push(id); // the route's contract
    }
    open = left;
    if (open.length > 0) await after(500);
  } while (open.length > 0 && Date.now() < until);
  return { lost, stuck: open };
}

async function residentMb(url: string): Promise<number> {
  const answer = await fetch(`${url}/metrics`, { headers: { 'x-functions-key': KEYS.anna } });
  const [, bytes = '0'] = /^process_resident_memory_bytes (\S+)$/m.exec(await answer.text()) ?? [];
  return Number(bytes) / 1_048_576;
}

function percentiles(clients: readonly HonestClient[]): Percentiles {
  const all = clients.flatMap(({ durations }) => durations).sort((one, other) => one - other);
  const at = (share: number): number => all[Math.min(all.length - 1, Math.floor(all.length * share))] ?? 0;
  return { requests: all.length, p50: at(0.5), p99: at(0.99) };
}

function refusalsOf(clients: readonly HonestClient[]): ReadonlyMap<string, number> {
  const all = new Map<string, Map<string, number>>();
  for (const { refusals } of clients) add(all, 'honest', refusals);
  return all.get('honest') ?? new Map<string, number>();
}

function add(counted: Map<string, Map<string, number>>, name: string, counts: ReadonlyMap<string, number>): void {
  const known = counted.get(name) ?? new Map<string, number>();
  for (const [what, n] of counts) known.set(what, (known.get(what) ?? 0) + n);
  counted.set(name, known);
}

const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
