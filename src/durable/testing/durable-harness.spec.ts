import { setup } from 'xstate';
import { fromActivity } from '../activity/activity.js';
import { RetryableError } from '../activity/activity-errors.js';
import { DurableHarness } from './durable-harness.js';
import { failing, held, type FakeActivity } from './fake-activities.js';

const SECOND = 1_000;

const unprovided = fromActivity<string, undefined>(() => Promise.reject(new Error('not provided')));

const postMachine = setup({
  actors: { send: unprovided },
  delays: { pause: 5 * SECOND, patience: 60 * SECOND },
}).createMachine({
  id: 'post',
  initial: 'sending',
  states: {
    sending: { invoke: { src: 'send', id: 'send', onDone: 'waiting', onError: 'pausing' } },
    pausing: { after: { pause: 'sending' } },
    waiting: { after: { patience: 'lost' }, on: { signed: 'delivered' } },
    delivered: { type: 'final' },
    lost: { type: 'final' },
  },
});

const familyMachine = setup({ actors: { post: postMachine } }).createMachine({
  id: 'family',
  initial: 'waiting',
  states: { waiting: { invoke: { src: 'post', id: 'post', onDone: 'done' } }, done: { type: 'final' } },
});

describe('the harness', () => {
  const started = (send: FakeActivity) =>
    DurableHarness.start({
      register: (node) => ({
        posts: node.register({ machine: postMachine }),
        families: node.register({ machine: familyMachine }),
      }),
      activities: { send },
    });

  it('runs a machine in virtual time, with activities that fail as often as the test says', async () => {
    const harness = await started(failing(2, new RetryableError('closed', 'The post office is closed.'), 'sent'));
    const { posts } = harness.handles;
    await posts.start(undefined, { id: 'a' });
    await harness.advance(5 * SECOND);
    expect(await posts.get('a')).toMatchObject({ status: 'pausing' });
    await harness.advance(5 * SECOND);
    expect(await posts.get('a')).toMatchObject({ status: 'waiting' });
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
    const harness = await started(() => 'sent');
    await harness.handles.families.start(undefined, { id: 'f' });
    await harness.advance(60 * SECOND);
    expect(await harness.handles.families.get('f')).toMatchObject({ status: 'done', runtimeStatus: 'completed' });
    await harness.stop();
  });

  it('kills a process in the middle of an activity, and takes it up again with the same key', async () => {
    const post = held();
    const harness = await started(post.run);
    await harness.handles.posts.start(undefined, { id: 'a' });
    await harness.restart();
    // The dead process gets an answer, and nothing comes of it.
    post.succeed('too late');
    await harness.settle();
    expect(await harness.handles.posts.get('a')).toMatchObject({ status: 'sending' });
    post.succeed('sent');
    await harness.settle();
    expect(await harness.handles.posts.get('a')).toMatchObject({ status: 'waiting' });
    const keys = harness.activities.calls.map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([keys[0], keys[0]]);
    await harness.stop();
  });

  it('keeps a deadline over restarts, and shows history and snapshot', async () => {
    const harness = await started(() => 'sent');
    await harness.handles.posts.start(undefined, { id: 'a' });
    await harness.advance(59 * SECOND);
    await harness.restart();
    expect(await harness.snapshot('a')).toMatchObject({ value: 'waiting' });
    await harness.advance(SECOND);
    expect(await harness.snapshot('a')).toMatchObject({ value: 'lost' });
    expect(await harness.types('a')).toEqual(expect.arrayContaining(['timer.set', 'timer.fired', 'actor.completed']));
    await expect(harness.snapshot('b')).rejects.toThrow('There is no actor b.');
    await harness.stop();
  });
});
