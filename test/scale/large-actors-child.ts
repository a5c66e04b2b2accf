/** Parks actors with large contexts, touches each once more, and says how much memory that took at the most. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assign, setup } from 'xstate';
import { DurableHandle, DurableRuntime } from '../../src/durable/index.js';
import { createStore } from '../../src/store/store-factory.js';

const ACTORS = 2_000;
const LINES = 500;
const AT_ONCE = 25;

const lines = Array.from({ length: LINES }, (_, n) => ({
  productId: `product-${n}`,
  name: `A product with a name of some length, number ${n}`,
  count: n,
  unitPrice: { amount: 1_000 + n, currency: 'EUR' },
}));

const machine = setup({
  types: { context: {} as { lines: typeof lines; looks: number }, input: {} as { lines: typeof lines } },
  delays: { later: 3_600_000 },
}).createMachine({
  id: 'large',
  context: ({ input }) => ({ lines: input.lines, looks: 0 }),
  initial: 'parked',
  states: {
    parked: {
      on: { look: { actions: assign({ looks: ({ context }) => context.looks + 1 }) } },
      after: { later: 'gone' },
    },
    gone: { type: 'final' },
  },
});

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'large-actors-'));
  const { store, close } = await opened(join(folder, 'orders.db'));
  const runtime = new DurableRuntime({ store });
  const handle = new DurableHandle(runtime, runtime.register({ machine }));
  await runtime.start();
  for (let from = 0; from < ACTORS; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => handle.start({ lines }, { id: `actor-${from + n}` })));
  }
  for (let from = 0; from < ACTORS; from += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => handle.send(`actor-${from + n}`, { type: 'look' })));
  }
  await runtime.stop();
  await close();
  await rm(folder, { recursive: true });
  process.send?.({ actors: ACTORS, maxRssMb: process.resourceUsage().maxRSS / 1_024 });
  process.disconnect();
}

async function opened(path: string) {
  const open = await createStore({ type: 'sqlite', path });
  return { store: open.store, close: () => open.close() };
}

void main();
