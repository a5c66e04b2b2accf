import { setup } from 'xstate';
import { DurableHarness, MemoryStore, VirtualClock } from '../../src/durable/testing.js';
import { type RuntimeObserver, fromActivity, silentObserver } from '../../src/durable/index.js';

const parcel = setup({
  actors: { send: fromActivity<null, undefined>(() => Promise.resolve(null)) },
  delays: { pause: 1_000 },
}).createMachine({
  id: 'parcel',
  initial: 'sending',
  states: {
    sending: {
      invoke: {
        src: 'send',
        onDone: 'sent',
        onError: 'waiting',
      },
    },
    waiting: { after: { pause: 'sending' } },
    sent: { on: { close: 'closed' } },
    closed: { type: 'final' },
  },
});

/** Writes down what it is told, in words. */
function recorder(said: string[]): RuntimeObserver {
  return {
    now: () => 7,
    turnComputed: (actorId, machineId, signal, disposition, since) =>
      said.push(`turn ${actorId} ${machineId} ${signal.kind} ${disposition} ${since}`),
    draftCommitted: (before, after) => said.push(`committed ${before?.revision ?? 0} to ${after.revision}`),
    draftDropped: (actorId, reason) => said.push(`dropped ${actorId} ${reason}`),
    batchWritten: (size, since) => said.push(`batch ${size} ${since}`),
    batchFailed: (size, reason) => said.push(`batch failed ${size} ${reason}`),
    callerRefused: (reason) => said.push(`refused ${reason}`),
    activityAdmitted: (limit, since) => said.push(`admitted ${limit ?? 'unlimited'} ${since}`),
    activityStarted: ({ activityId, attempt }, machineId, sources, limit) =>
      said.push(`began ${machineId} ${sources.join('/')} as ${activityId} ${attempt} ${limit ?? 'unlimited'}`),
    activityEnded: ({ attempt }, outcome, code) => said.push(`ended ${attempt} ${outcome} ${code ?? ''}`.trim()),
    timerFired: (latenessMs) => said.push(`timer ${latenessMs} ms late`),
    activityTakenOver: ({ actorId }) => said.push(`taken over ${actorId}`),
  };
}

describe('an observer of the runtime', () => {
  const clock = new VirtualClock();
  const store = new MemoryStore();
  const harnesses: { stop(): Promise<void> }[] = [];
  const stop = async (harness: { stop(): Promise<void> }) => {
    const stopping = harness.stop();
    await clock.advance(0);
    await stopping;
  };
  afterAll(() => Promise.all(harnesses.map(stop)));

  /** One of several processes on the store. */
  const start = async (said: string[], send: () => Promise<null>) => {
    const harness = await DurableHarness.start({
      store,
      clock,
      register: (node) =>
        node.register({
          machine: parcel,
          limits: { post: 2 },
          activities: { send: { limit: 'post' } },
          whenUnexpected: () => 'refuse',
        }),
      activities: { send },
      runtime: { observer: recorder(said) },
    });
    harnesses.push(harness);
    return harness;
  };

  it('is told of every turn, commit, try and timer, in the order in which they happen', async () => {
    const said: string[] = [];
    let fails = true;
    const harness = await start(said, () => {
      if (!fails) return Promise.resolve(null);
      fails = false;
      return Promise.reject(Object.assign(new Error('no'), { code: 'post_closed' }));
    });
    await harness.handles.start(undefined, { id: 'p-1' });
    await harness.settle();
    expect(said.splice(0)).toEqual([
      'turn p-1 parcel start applied 7',
      'batch 1 7',
      'committed 0 to 1',
      'admitted post 7',
      'began parcel send as 0.parcel.sending 1 post',
      'ended 1 failed post_closed',
      'turn p-1 parcel activity.failed applied 7',
      'batch 1 7',
      'committed 1 to 2',
    ]);
    await clock.advance(1_000);
    expect(said.splice(0)).toEqual(
      expect.arrayContaining([
        'turn p-1 parcel timer applied 7',
        'committed 2 to 3',
        'timer 0 ms late',
        'ended 2 completed',
      ]),
    );
    await harness.handles.send('p-1', { type: 'close' }, { key: 'key-1' });
    await harness.handles.send('p-1', { type: 'close' }, { key: 'key-1' });
    await harness.runtime.sendEvent('p-1', { type: 'unheard' });
    expect(said.filter((line) => line.startsWith('turn'))).toEqual([
      'turn p-1 parcel event applied 7',
      'turn p-1 parcel event duplicate 7',
      'turn p-1 parcel event refused 7',
    ]);
  });

  it('is told what came to nothing: a store that was away, and a race that was lost', async () => {
    const said: string[] = [];
    const { handles: parcels } = await start(said, () => new Promise(() => undefined));
    store.faults.push('unavailable');
    await expect(parcels.start(undefined, { id: 'p-2' })).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(said.splice(0)).toEqual([
      'turn p-2 parcel start applied 7',
      'batch failed 1 store_unavailable',
      'dropped p-2 failed',
    ]);
    store.faults.push('conflict');
    await clock.advance(10_000);
    await parcels.start(undefined, { id: 'p-2' });
    expect(said.filter((line) => /p-2|committed/.test(line))).toEqual([
      'turn p-2 parcel start applied 7',
      'dropped p-2 conflict',
      'turn p-2 parcel start applied 7',
      'committed 0 to 1',
    ]);
  });

  it('is told of an activity that an earlier process began', async () => {
    const [first, second]: [string[], string[]] = [[], []];
    const harness = await start(first, () => new Promise(() => undefined));
    await harness.handles.start(undefined, { id: 'p-3' });
    await stop(harness);
    await start(second, () => Promise.resolve(null));
    await clock.advance(5_000);
    expect(first).toContain('ended 1 cancelled');
    expect(second).toContain('taken over p-3');
  });

  it('that nobody is costs nothing but a call: it has no stopwatch and makes nothing', () => {
    expect(silentObserver.now()).toBe(0);
    for (const method of Object.values(silentObserver)) expect((method as () => unknown)() ?? 0).toBe(0);
  });
});
