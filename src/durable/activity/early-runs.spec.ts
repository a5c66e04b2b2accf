import { EarlyRuns } from './early-runs.js';
import { type Call, RunnerScene } from '../testing/runner-scene.js';
import { settle } from '../testing/virtual-clock.js';

const hang: Call = () => new Promise(() => undefined);

/** Whether each delivered result is wanted now. */
const wanted = ({ results }: RunnerScene) => results.map(({ run }) => run.isWanted());

describe('The early runs of a draft (G3, invariant 3)', () => {
  const activity = { taskId: 'task#1', activityId: 'north', path: 'north', sources: ['north'], input: undefined };
  const scheduled = { ...activity, attempt: 1, idempotencyKey: 'a:north', scheduledAt: 0 };

  it.each([
    ['are those of its safe activities, each begun once', true, ['begun', 'confirmed']],
    ['are none where it has no safe ones', false, []],
  ])('%s, and cannot be dropped once its commit is durable', (_, safe, expected) => {
    const said: string[] = [];
    const run = { confirm: () => void said.push('confirmed'), drop: () => void said.push('dropped') };
    const { activityRules } = new RunnerScene({ activities: { north: { safe } } }).registration;
    const runs = new EarlyRuns(activityRules, () => (said.push('begun'), run));
    runs.start([scheduled]);
    runs.start([scheduled]);
    runs.confirm();
    runs.drop();
    expect(said).toEqual(expected);
  });
});

describe('A run that begins before its commit (G3, invariant 3)', () => {
  it('delivers its result as any other, and is as any other once the commit is durable', async () => {
    const scene = new RunnerScene({ activities: { north: { safe: true } } });
    const early = scene.startEarly('a', 'north');
    scene.calls.south = hang;
    const other = scene.startEarly('b', 'south');
    expect(scene.runner.isRunning('b', 'task#1')).toBe(false);
    other?.confirm();
    await settle();
    early?.confirm();
    expect(scene.results).toMatchObject([
      { actorId: 'a', result: { kind: 'activity.completed' }, run: { isSafe: true, delivery: 1 } },
    ]);
    expect([wanted(scene), scene.runner.isRunning('b', 'task#1')]).toEqual([[true], true]);
    scene.start('b', 'south');
    await settle();
    expect(scene.called).toEqual(['north a', 'south b']);
  });

  it('is aborted when there will be no such commit, and the same task id may be another call at once', async () => {
    const scene = new RunnerScene({});
    let signal: AbortSignal | undefined;
    scene.calls.north = (context) => {
      signal = context.signal;
      return hang(context);
    };
    scene.startEarly('a', 'north')?.drop();
    await settle();
    // Dropped before it began.
    expect([scene.called, scene.runner.size]).toEqual([[], 0]);
    const early = scene.startEarly('a', 'north');
    await settle();
    early?.drop();
    expect([signal?.aborted, scene.runner.size]).toEqual([true, 0]);
    scene.calls.south = () => Promise.resolve('another');
    scene.start('a', 'south');
    await settle();
    expect(scene.results).toMatchObject([{ result: { output: 'another' } }]);
  });

  it('has a result that nobody wants when it ended before its commit came to nothing', async () => {
    const scene = new RunnerScene({});
    const early = scene.startEarly('a', 'north');
    await settle();
    expect(wanted(scene)).toEqual([true]);
    early?.drop();
    expect(wanted(scene)).toEqual([false]);
  });

  it("makes room for another node's call under the same task id, which was committed", async () => {
    const scene = new RunnerScene({});
    scene.calls.north = hang;
    const early = scene.startEarly('a', 'north');
    await settle();
    scene.start('a', 'south', 2);
    await settle();
    early?.drop();
    expect(scene.results).toMatchObject([{ result: { kind: 'activity.completed' }, run: { delivery: 2 } }]);
    expect(wanted(scene)).toEqual([true]);
  });

  it('is not begun a second time, nor beside one that was committed', async () => {
    const scene = new RunnerScene({});
    scene.calls.north = hang;
    scene.start('a', 'north');
    expect(scene.startEarly('a', 'north')).toBeNull();
    expect(scene.startEarly('b', 'north')).not.toBeNull();
    expect(scene.startEarly('b', 'north')).toBeNull();
    await settle();
    expect(scene.called).toEqual(['north a', 'north b']);
  });

  it('that waited for its place is begun, though no such task is written yet', async () => {
    const scene = new RunnerScene({ limits: { northern: 1 }, activities: { north: { limit: 'northern' } } });
    let free = (): void => undefined;
    scene.calls.north = () => new Promise((resolve) => (free = () => resolve('done')));
    scene.start('a', 'north');
    scene.startEarly('b', 'north');
    scene.takenAway.add('task#1');
    await settle();
    free();
    await settle();
    expect(scene.called).toEqual(['north a', 'north b']);
  });
});
