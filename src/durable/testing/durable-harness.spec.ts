import { setup } from 'xstate';
import { RetryableError } from '../activity/activity-errors.js';
import { DurableHarness } from './durable-harness.js';
import { failing, held, type FakeActivity } from './fake-activities.js';
import { RecordingLogger } from './recording-logger.js';
import { parcelMachine } from '../../../test/support/parcel-machine.js';

const SECOND = 1_000;

const familyMachine = setup({ actors: { parcel: parcelMachine } }).createMachine({
  id: 'family',
  initial: 'waiting',
  states: { waiting: { invoke: { src: 'parcel', id: 'parcel', onDone: 'done' } }, done: { type: 'final' } },
});

describe('the harness', () => {
  const applicationLog = new RecordingLogger();
  const started = (send: FakeActivity) =>
    DurableHarness.start({
      register: (node) => ({
        parcels: node.register({
          machine: parcelMachine,
          publish: ({ after }) => [{ type: 'parcel.moved', data: { to: after.status } }],
        }),
        families: node.register({ machine: familyMachine }),
      }),
      activities: { send },
      runtime: { logger: applicationLog },
    });

  it('runs a machine in virtual time, with activities that fail as often as the test says', async () => {
    const harness = await started(failing(2, new RetryableError('closed', 'The post office is closed.')));
    const { parcels } = harness.handles;
    await parcels.start(undefined, { id: 'a' });
    await harness.advance(5 * SECOND);
    expect(await parcels.get('a')).toMatchObject({ status: 'pausing' });
    await harness.advance(5 * SECOND);
    expect(await parcels.get('a')).toMatchObject({ status: 'sent' });
    expect(harness.activities.calls.map(({ nth, attempt }) => [nth, attempt])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(new Set(harness.activities.calls.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect(await harness.tasks('a')).toMatchObject([{ kind: 'timer' }]);
    expect(await harness.incidents('a')).toEqual([]);
    await harness.stop();
  });

  it('fakes the activities of child machines too', async () => {
    const harness = await started(() => null);
    await harness.handles.families.start(undefined, { id: 'f' });
    await harness.advance(60 * SECOND);
    expect(await harness.handles.families.get('f')).toMatchObject({ status: 'done', runtimeStatus: 'completed' });
    await harness.stop();
  });

  it('kills a process in the middle of an activity, and takes it up again with the same key', async () => {
    const post = held();
    const harness = await started(post.run);
    await harness.handles.parcels.start(undefined, { id: 'a' });
    await harness.restart();
    // The dead process gets an answer, and nothing comes of it.
    post.succeed('too late');
    await harness.settle();
    expect(await harness.handles.parcels.get('a')).toMatchObject({ status: 'sending' });
    post.succeed(null);
    await harness.settle();
    expect(await harness.handles.parcels.get('a')).toMatchObject({ status: 'sent' });
    const keys = harness.activities.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([keys[0], keys[0]]);
    await harness.stop();
  });

  it('keeps a deadline over restarts, and shows history and snapshot', async () => {
    const harness = await started(() => null);
    await harness.handles.parcels.start(undefined, { id: 'a' });
    await harness.advance(59 * SECOND);
    await harness.restart();
    expect(await harness.snapshot('a')).toMatchObject({ value: 'sent' });
    await harness.advance(SECOND);
    expect(await harness.snapshot('a')).toMatchObject({ value: 'lost' });
    expect(await harness.types('a')).toEqual(expect.arrayContaining(['timer.set', 'timer.fired', 'actor.completed']));
    await expect(harness.snapshot('b')).rejects.toThrow('There is no actor b.');
    await harness.stop();
  });

  it('stops while an activity runs, gives the activity back, and lets no time pass', async () => {
    const harness = await started(held().run);
    await harness.handles.parcels.start(undefined, { id: 'a' });
    const before = harness.clock.now();
    await harness.stop();
    expect(harness.clock.now()).toBe(before);
    expect(await harness.tasks('a')).toMatchObject([{ kind: 'activity', ownerNode: null }]);
    expect(harness.store.nodes.size).toBe(0);
  });

  it('shows the messages that an actor published, over restarts', async () => {
    const harness = await started(() => null);
    const { parcels } = harness.handles;
    await parcels.start(undefined, { id: 'a' });
    await parcels.start(undefined, { id: 'b' });
    await harness.restart();
    await harness.handles.parcels.send('a', { type: 'sign' });
    const published = harness.outbox('a').map(({ revision, type, data }) => [revision, type, data]);
    expect(published).toEqual([
      [1, 'parcel.moved', '{"to":"sending"}'],
      [2, 'parcel.moved', '{"to":"sent"}'],
      [3, 'parcel.moved', '{"to":"signed"}'],
    ]);
    await harness.stop();
  });

  it('keeps what the runtime logs, over restarts, and passes it on', async () => {
    const closed = new RetryableError('closed', 'The post office is closed.');
    const harness = await started(failing(2, closed, null));
    await harness.handles.parcels.start(undefined, { id: 'a' });
    await harness.settle();
    await harness.restart();
    await harness.advance(5 * SECOND);
    const failure = { fields: { actorId: 'a', error: { code: 'closed' } }, message: 'activity failed' };
    expect(harness.log.of('warn')).toMatchObject([failure, failure]);
    expect(harness.log.of('error')).toEqual([]);
    expect(applicationLog.lines.slice(-harness.log.lines.length)).toEqual(harness.log.lines);
    await harness.stop();
  });
});
