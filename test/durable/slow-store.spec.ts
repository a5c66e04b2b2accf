import { setup } from 'xstate';
import { fromActivity, OverloadedError } from '../../src/durable/index.js';
import { DurableHarness, MemoryStore, VirtualClock } from '../../src/durable/testing.js';

const COMMIT_MS = 3_000;
const ORDERS = 4_000;
const OVER_MS = 8_000;
const MAX_WAIT_MS = 5_000;
const MB = 1_048_576;

/** As a database whose disk takes three seconds for each transaction. */
class SlowStore extends MemoryStore {
  constructor(private readonly clock: VirtualClock) {
    super();
  }

  override async commit(batch: Parameters<MemoryStore['commit']>[0]): ReturnType<MemoryStore['commit']> {
    await new Promise<void>((resolve) => this.clock.after(COMMIT_MS, resolve));
    return super.commit(batch);
  }
}

const machine = setup({
  types: { input: {} as { text: string }, context: {} as { text: string } },
  actors: { work: fromActivity<string, undefined>(() => Promise.resolve('done')) },
  delays: { later: 60_000 },
}).createMachine({
  id: 'job',
  context: ({ input }) => input,
  initial: 'working',
  states: {
    working: { invoke: { id: 'work', src: 'work', onDone: 'resting' } },
    resting: { after: { later: 'done' } },
    done: { type: 'final' },
  },
});

async function flood(maxPendingBytes: number) {
  const clock = new VirtualClock();
  const store = new SlowStore(clock);
  const harness = await DurableHarness.start({
    store,
    clock,
    register: (node) => node.register({ machine }),
    runtime: { maxPendingBytes, maxPendingMs: MAX_WAIT_MS },
  });
  const { handles: jobs, runtime } = harness;
  const told: { id: string; afterMs: number; refused: boolean }[] = [];
  let mostBytes = 0;
  const batch = 100;
  for (let n = 0; n < ORDERS; n += 1) {
    const [id, since] = [`job-${n}`, clock.now()];
    void jobs.start({ text: 'x'.repeat(1_000) }, { id }).then(
      () => told.push({ id, afterMs: clock.now() - since, refused: false }),
      (error: unknown) => told.push({ id, afterMs: clock.now() - since, refused: error instanceof OverloadedError }),
    );
    mostBytes = Math.max(mostBytes, runtime.pending.bytes);
    if (n % batch === batch - 1) await harness.advance((OVER_MS * batch) / ORDERS);
  }
  const wasOverloaded = runtime.overloaded;
  await harness.advance(600_000);
  return { harness, told, mostBytes, wasOverloaded };
}

describe('4,000 callers within 8 s on a store that takes 3 s for a commit (G23)', () => {
  it.each([
    ['the wait', 1_000 * MB, MAX_WAIT_MS + 2 * COMMIT_MS],
    ['the bytes', 20 * MB, MAX_WAIT_MS + 2 * COMMIT_MS],
  ])(
    'are refused by %s, those that were not wait no longer than promised, and what was taken is done',
    async (...args) => {
      const [, maxPendingBytes, longest] = args;
      const { harness, told, mostBytes, wasOverloaded } = await flood(maxPendingBytes);
      const taken = told.filter(({ refused }) => !refused);
      const refused = told.filter((each) => each.refused);
      expect(told).toHaveLength(ORDERS);
      expect([taken.length > 400, refused.length > 400, wasOverloaded]).toEqual([true, true, true]);
      expect(refused.filter(({ afterMs }) => afterMs > 0)).toEqual([]);
      expect(Math.max(...taken.map(({ afterMs }) => afterMs))).toBeLessThanOrEqual(longest);
      // Callers that come in the same tick are let in before their commits count.
      expect(mostBytes).toBeLessThanOrEqual(1.25 * maxPendingBytes);
      const stored = [...harness.store.actors.values()];
      expect(new Set(stored.map(({ actorId }) => actorId))).toEqual(new Set(taken.map(({ id }) => id)));
      expect(stored.filter(({ runtimeStatus }) => runtimeStatus !== 'completed')).toEqual([]);
      expect([harness.runtime.overloaded, harness.runtime.pending]).toEqual([false, { bytes: 0, waitMs: 0 }]);
      await harness.stop();
    },
  );
});
