/** Nodes whose machines have wrong clocks, on a real PostgreSQL: every pair of offsets, and steps while an actor waits. */
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { setup } from 'xstate';
import { DurableHandle, DurableRuntime, silentLogger, SteadyClock } from '../../src/durable/index.js';
import type { OpenStore } from '../../src/store/store-config.js';
import { createStore } from '../../src/store/store-factory.js';
import { type PostgresServer, startPostgres } from '../contract/postgres-server.js';
import { waitUntil } from '../support/wait-until.js';
import { registerCases } from '../support/register-cases.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
const DELAY_MS = 600;

const machine = setup({ delays: { patience: DELAY_MS } }).createMachine({
  id: 'waiter',
  initial: 'waiting',
  states: { waiting: { after: { patience: 'over' } }, over: { type: 'final' } },
});

/** The machine's clock of each of two nodes is off by so much, and steps by so much while an actor waits. */
interface Case {
  readonly offsets: readonly [number, number];
  readonly steps: readonly [number, number];
}

const OFFSETS = [0, 3 * SECOND_MS, -3 * SECOND_MS, 60 * SECOND_MS, -60 * SECOND_MS, 2 * HOUR_MS, -2 * HOUR_MS];
const CASES: readonly Case[] = [
  ...OFFSETS.flatMap((one) => OFFSETS.map((other): Case => ({ offsets: [one, other], steps: [0, 0] }))),
  ...OFFSETS.flatMap((one) => OFFSETS.map((other): Case => ({ offsets: [0, 0], steps: [one, other] }))),
];

class Node {
  moved: number;
  readonly warnings: string[] = [];
  readonly runtime: DurableRuntime;
  readonly waiters;

  constructor(
    private readonly opened: OpenStore,
    offset: number,
  ) {
    this.moved = offset;
    const sources = { machine: () => Date.now() + this.moved, elapsed: () => performance.now() };
    this.runtime = new DurableRuntime({
      store: opened.store,
      clock: new SteadyClock(sources),
      leaseMs: 600,
      pollMs: 50,
      logger: { ...silentLogger, warn: (_, message) => void this.warnings.push(message) },
    });
    this.waiters = new DurableHandle(this.runtime, this.runtime.register({ machine }));
  }

  async stop(): Promise<void> {
    await this.runtime.stop();
    await this.opened.close();
  }
}

/** @returns what was wrong; empty when all was right. */
async function play(url: string, { offsets, steps }: Case): Promise<readonly string[]> {
  const open = () => createStore({ type: 'postgres', url, poolSize: 3 });
  const nodes = [new Node(await open(), offsets[0]), new Node(await open(), offsets[1])] as const;
  for (const { runtime } of nodes) await runtime.start();
  const faults: string[] = [];

  const since = performance.now();
  const ids = await Promise.all(nodes.map(async ({ waiters }) => (await waiters.start(undefined)).actor.id));
  nodes.forEach((node, at) => (node.moved += steps[at] ?? 0));
  for (const id of ids) {
    await waitUntil('its deadline', async () => {
      const head = await nodes[0].runtime.store.loadHead(id);
      return head?.runtimeStatus === 'completed' ? head : null;
    });
    const tookMs = performance.now() - since;
    if (tookMs < DELAY_MS - 1) faults.push(`a deadline after ${DELAY_MS} ms fired after ${tookMs} ms`);
  }
  // Long enough for a renewal after the step.
  await waitUntil('every offset to be known', () =>
    Promise.resolve(nodes.every(({ runtime, moved }) => isNear(runtime.clockOffsetMs, moved)) ? true : null),
  );
  for (const { warnings } of nodes) faults.push(...warnings.filter((each) => each.includes('dead')));
  for (const node of nodes) await node.stop();
  return faults;
}

function isNear(offsetMs: number | null, moved: number): boolean {
  return offsetMs !== null && Math.abs(offsetMs - moved) < 500;
}

describe('Nodes with wrong clocks on one PostgreSQL', () => {
  let server: PostgresServer;
  let admin: Client;

  beforeAll(async () => {
    server = await startPostgres();
    admin = new Client(server.url);
    await admin.connect();
    await admin.query('CREATE DATABASE empty');
    await (await createStore({ type: 'postgres', url: server.url.replace(/postgres$/, 'empty') })).close();
  });
  afterAll(async () => {
    await admin.end();
    await server.stop();
  });

  it('fire no deadline early, keep their leases, and know how far their clocks are off (G5, G11)', async () => {
    const left = [...CASES];
    const wrong: unknown[] = [];
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const name = `clocks_${randomUUID().replaceAll('-', '')}`;
        await admin.query(`CREATE DATABASE ${name} TEMPLATE empty`);
        const faults = await play(server.url.replace(/postgres$/, name), next);
        if (faults.length > 0) wrong.push({ ...next, faults });
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    expect(wrong).toEqual([]);
    registerCases(98, CASES.length);
  });
});
