import { assign, setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock, settle } from '../../src/durable/testing.js';
import type { DurableHandle } from '../../src/durable/index.js';
import { type StoredError, fromActivity } from '../../src/durable/index.js';

type Call = (actorId: string, signal: AbortSignal) => Promise<string>;
const hang: Call = () => new Promise(() => undefined);

const MAX_DELIVERIES = 3;
const MAX_TRIES = 2;
const PAUSE_MS = 5_000;

/** A postman rings at a door that may never open; two tries, then somebody has to look. One door, one postman at it. */
function errandMachine(ring: Call) {
  return setup({
    types: { context: {} as { errors: StoredError[] }, events: {} as { type: 'turnBack' } | { type: 'goHome' } },
    actors: { ring: fromActivity<string, undefined>((_input, { actorId, signal }) => ring(actorId, signal)) },
    delays: { pause: PAUSE_MS },
    guards: { triesLeft: ({ context }) => context.errors.length + 1 < MAX_TRIES },
    actions: {
      note: assign({
        errors: ({ context, event }) => [...context.errors, (event as unknown as { error: StoredError }).error], // of onError only
      }),
    },
  }).createMachine({
    id: 'errand',
    context: { errors: [] },
    initial: 'ringing',
    states: {
      ringing: {
        invoke: {
          src: 'ring',
          id: 'ring',
          onDone: 'opened',
          onError: [
            { guard: 'triesLeft', target: 'pausing', actions: 'note' },
            { target: 'stranded', actions: 'note' },
          ],
        },
        on: { turnBack: 'pausing', goHome: 'home' },
      },
      pausing: { after: { pause: 'ringing' } },
      stranded: { tags: ['incident'] },
      opened: { type: 'final' },
      home: { type: 'final' },
    },
  });
}

type Errand = ReturnType<typeof errandMachine>;

describe('An activity of a running actor (G15)', () => {
  let clock: VirtualClock;
  let store: MemoryStore;
  let rung: string[];
  let signals: Map<string, AbortSignal>;
  let living: DurableHarness<DurableHandle<Errand>> | null;

  beforeEach(() => {
    clock = new VirtualClock();
    store = new MemoryStore();
    rung = [];
    signals = new Map();
    living = null;
  });

  async function boot(ring: Call, timeoutMs?: number): Promise<DurableHandle<Errand>> {
    // Only the last one booted lives.
    living?.kill();
    living = await DurableHarness.start({
      store,
      clock,
      runtime: { pollMs: 2_000, leaseMs: 10_000 },
      register: (node): DurableHandle<Errand> =>
        node.register({
          machine: errandMachine((actorId, signal) => {
            rung.push(actorId);
            signals.set(actorId, signal);
            return ring(actorId, signal);
          }),
          limits: { door: 1 },
          activityDefaults: { timeoutMs, maxDeliveries: MAX_DELIVERIES },
          activities: { ring: { limit: 'door' } },
        }),
    });
    return living.handles;
  }

  const statusOf = async (errands: DurableHandle<Errand>, id: string) => (await errands.get(id))?.status;

  it.each<[string, (errands: DurableHandle<Errand>) => Promise<unknown>, string, string]>([
    ['its state is left', (errands) => errands.send('a', { type: 'turnBack' }), 'pausing', 'running'],
    ['its actor ends', (errands) => errands.send('a', { type: 'goHome' }), 'home', 'completed'],
    [
      'its actor is terminated',
      (errands) => errands.terminate('a', { by: 'key:1', reason: 'moved away' }),
      'ringing',
      'terminated',
    ],
  ])('is aborted and frees its place when %s', async (_, leave, status, runtimeStatus) => {
    const errands = await boot(hang);
    await errands.start(undefined, { id: 'a' });
    await errands.start(undefined, { id: 'b' });
    await settle();
    expect(rung).toEqual(['a']);
    await leave(errands);
    await settle();
    expect([signals.get('a')?.aborted, rung]).toEqual([true, ['a', 'b']]);
    expect(await errands.get('a')).toMatchObject({ status, runtimeStatus });
  });

  it('is never started when its state is left while it waits for its turn', async () => {
    const errands = await boot(hang);
    for (const id of ['a', 'b', 'c']) await errands.start(undefined, { id });
    await settle();
    await errands.send('b', { type: 'goHome' });
    await errands.send('a', { type: 'goHome' });
    await settle();
    expect(rung).toEqual(['a', 'c']);
  });

  it('that takes too long fails like any other: the chart tries again, then asks for a person', async () => {
    const errands = await boot(hang, 10_000);
    await errands.start(undefined, { id: 'a' });
    await clock.advance(10_000 + PAUSE_MS + 10_000);
    expect(await errands.get('a')).toMatchObject({ status: 'stranded', incident: true });
    const failures = (await errands.history('a')).filter((entry) => entry.type === 'activity.failed');
    expect(failures.map(({ data }) => data)).toMatchObject([
      { attempt: 1, durationMs: 10_000, error: { code: 'activity_timeout', retryable: true } },
      { attempt: 2, durationMs: 10_000, error: { code: 'activity_timeout', retryable: true } },
    ]);
  });

  it('that kills its process each time ends as an incident after deliveries times tries deaths, and others go on', async () => {
    let deaths = 0;
    let errands = await boot(hang);
    await errands.start(undefined, { id: 'poison' });
    await settle();
    while (!((await errands.get('poison'))?.incident ?? false)) {
      const before = rung.length;
      deaths += 1;
      errands = await boot(hang);
      await clock.advance(PAUSE_MS);
      expect(rung.length - before).toBeLessThanOrEqual(1);
      expect(deaths).toBeLessThanOrEqual(MAX_DELIVERIES * MAX_TRIES);
    }
    expect(deaths).toBe(MAX_DELIVERIES * MAX_TRIES);
    expect(rung).toHaveLength(MAX_DELIVERIES * MAX_TRIES);
    const opened = await errands.open('poison');
    expect(opened?.snapshot).toMatchObject({
      context: {
        errors: [
          { code: 'activity_poison', retryable: true },
          { code: 'activity_poison', retryable: true },
        ],
      },
    });
    const others = await boot(() => Promise.resolve('opened'));
    await others.start(undefined, { id: 'other' });
    await settle();
    expect(await statusOf(others, 'other')).toBe('opened');
  });
});
