import {
  DurableHarness,
  failing,
  held,
  MemoryStore,
  VirtualClock,
  type FakeActivity,
} from '../../src/durable/testing.js';
import { type RuntimeObserver, silentObserver } from '../../src/durable/index.js';
import { parcelMachine } from '../support/parcel-machine.js';

/** Writes down what it is told, in words. */
function recorder(said: string[]): RuntimeObserver {
  return {
    now: () => 7,
    turnComputed: (actorId, machineId, message, disposition, since) =>
      said.push(`turn ${actorId} ${machineId} ${message.kind} ${disposition} ${since}`),
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
  const start = (said: string[], send: FakeActivity, store = new MemoryStore(), clock = new VirtualClock()) =>
    DurableHarness.start({
      store,
      clock,
      activities: { send },
      runtime: { observer: recorder(said) },
      register: (node) =>
        node.register({
          machine: parcelMachine,
          limits: { post: 2 },
          activities: { send: { limit: 'post' } },
          whenUnexpected: () => 'refuse',
        }),
    });

  it('sees every turn, commit, try and timer, in the order in which they happen', async () => {
    const said: string[] = [];
    const harness = await start(said, failing(1, Object.assign(new Error('no'), { code: 'post_closed' })));
    const parcels = harness.handles;
    await parcels.start(undefined, { id: 'p-1' });
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
    await harness.advance(5_000);
    expect(said.splice(0)).toEqual(
      expect.arrayContaining([
        'turn p-1 parcel timer applied 7',
        'committed 2 to 3',
        'timer 0 ms late',
        'ended 2 completed',
      ]),
    );
    await parcels.send('p-1', { type: 'sign' }, { key: 'key-1' });
    await parcels.send('p-1', { type: 'sign' }, { key: 'key-1' });
    await parcels.send('p-1', { type: 'unheard' });
    expect(said.filter((line) => line.startsWith('turn'))).toEqual([
      'turn p-1 parcel event applied 7',
      'turn p-1 parcel event duplicate 7',
      'turn p-1 parcel event refused 7',
    ]);
    await harness.stop();
  });

  it('sees what failed: a store that was away, and a race that was lost', async () => {
    const said: string[] = [];
    const harness = await start(said, held().run);
    const parcels = harness.handles;
    harness.store.faults.push('unavailable');
    await expect(parcels.start(undefined, { id: 'p-2' })).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(said.splice(0)).toEqual([
      'turn p-2 parcel start applied 7',
      'batch failed 1 store_unavailable',
      'dropped p-2 failed',
    ]);
    harness.store.faults.push('conflict');
    await harness.advance(10_000);
    await parcels.start(undefined, { id: 'p-2' });
    expect(said.filter((line) => /p-2|committed/.test(line))).toEqual([
      'turn p-2 parcel start applied 7',
      'dropped p-2 conflict',
      'turn p-2 parcel start applied 7',
      'committed 0 to 1',
    ]);
    await harness.stop();
  });

  it('sees an activity that an earlier process began', async () => {
    const [first, second]: [string[], string[]] = [[], []];
    const earlier = await start(first, held().run);
    await earlier.handles.start(undefined, { id: 'p-3' });
    await earlier.stop();
    const later = await start(second, () => null, earlier.store, earlier.clock);
    await later.settle();
    expect(first).toContain('ended 1 cancelled');
    expect(second).toContain('taken over p-3');
    await later.stop();
  });

  it('that nobody is costs nothing but a call: it has no stopwatch and makes nothing', () => {
    expect(silentObserver.now()).toBe(0);
    for (const method of Object.values(silentObserver)) expect((method as () => unknown)() ?? 0).toBe(0);
  });
});
