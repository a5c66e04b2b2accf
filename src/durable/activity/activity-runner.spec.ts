import { type Call, RunnerScene } from '../testing/runner-scene.js';
import { settle } from '../testing/virtual-clock.js';
/** As a partner that never answers and a client that does not listen to the signal. */
const hang: Call = () => new Promise(() => undefined);

const DAY = 86_400_000;

/** A promise that a test settles. */
function promised() {
  let settleIt: { resolve: (value: unknown) => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise((resolve, reject) => (settleIt = { resolve, reject }));
  return {
    promise,
    resolve: (value: unknown) => settleIt?.resolve(value),
    reject: (error: Error) => settleIt?.reject(error),
  };
}
type Promised = ReturnType<typeof promised>;

describe('running activities', () => {
  let scene: RunnerScene;

  describe('within a time limit (G15)', () => {
    beforeEach(() => (scene = new RunnerScene({ activities: { north: { timeoutMs: 1_000 } } })));

    it('aborts and fails the activity when its time is over, not before, as one that may be tried again', async () => {
      let signal: AbortSignal | undefined;
      scene.calls.north = (context) => {
        signal = context.signal;
        return hang(context);
      };
      scene.start('a', 'north');
      const startedAt = scene.clock.now();
      await scene.clock.advance(999);
      expect([scene.results, signal?.aborted]).toEqual([[], false]);
      await scene.clock.advance(1);
      expect(signal?.aborted).toBe(true);
      expect(scene.results.map(({ result }) => result)).toEqual([
        {
          kind: 'activity.failed',
          taskId: 'task#1',
          error: {
            name: 'ActivityTimeoutError',
            code: 'activity_timeout',
            message: 'The activity took longer than 1000 ms.',
            retryable: true,
          },
          startedAt,
        },
      ]);
    });

    it.each<[string, (end: Promised) => void]>([
      ['succeeds', (end) => end.resolve('late')],
      ['fails', (end) => end.reject(new Error('late'))],
    ])('hears nothing more of an activity that ignores the signal and %s later', async (_, finish) => {
      const end = promised();
      scene.calls.north = () => end.promise;
      scene.start('a', 'north');
      await scene.clock.advance(1_000);
      finish(end);
      await scene.clock.advance(DAY);
      expect(scene.results).toHaveLength(1);
    });

    it('reports the timeout and not what the activity makes of being aborted', async () => {
      scene.calls.north = ({ signal }) =>
        new Promise((_ok, fail) => signal.addEventListener('abort', () => fail(new Error('socket hang up'))));
      scene.start('a', 'north');
      await scene.clock.advance(1_000);
      expect(scene.results).toMatchObject([{ result: { error: { code: 'activity_timeout' } } }]);
    });

    it('leaves one alone that ended in time', async () => {
      let signal: AbortSignal | undefined;
      scene.calls.north = (context) => {
        signal = context.signal;
        return Promise.resolve('done');
      };
      scene.start('a', 'north');
      await scene.clock.advance(DAY);
      expect(scene.results).toMatchObject([{ result: { kind: 'activity.completed', output: 'done' } }]);
      expect(signal?.aborted).toBe(false);
    });

    it('has none unless it is set', async () => {
      scene.calls.south = hang;
      scene.start('a', 'south');
      await scene.clock.advance(100 * DAY);
      expect([scene.results, scene.runner.isRunning('a', 'task#1')]).toEqual([[], true]);
    });
  });

  it('keeps a time limit of 40 days to the millisecond, without ever arming a wake-up for longer than a day (G15)', async () => {
    scene = new RunnerScene({ activityDefaults: { timeoutMs: 40 * DAY } });
    scene.calls.north = hang;
    scene.start('a', 'north');
    await scene.clock.advance(40 * DAY - 1);
    expect(scene.results).toEqual([]);
    await scene.clock.advance(1);
    expect(scene.results).toHaveLength(1);
    expect(Math.max(...scene.clock.delays)).toBeLessThanOrEqual(DAY);
  });

  describe('with signs of life (G15)', () => {
    beforeEach(() => (scene = new RunnerScene({ activityDefaults: { heartbeatTimeoutMs: 1_000 } })));

    it('runs as long as it gives them, and fails as one that may be tried again when it falls silent', async () => {
      let beat = (): void => undefined;
      scene.calls.north = (context) => {
        beat = context.heartbeat;
        return hang(context);
      };
      scene.start('a', 'north');
      for (let time = 0; time < 10; time += 1) {
        await scene.clock.advance(999);
        beat();
      }
      expect(scene.results).toEqual([]);
      await scene.clock.advance(1_000);
      expect(scene.results).toMatchObject([
        { result: { kind: 'activity.failed', error: { code: 'activity_heartbeat_missed', retryable: true } } },
      ]);
      beat();
      await scene.clock.advance(DAY);
      expect(scene.results).toHaveLength(1);
    });

    it('needs none before the first silence is over', async () => {
      scene.calls.north = hang;
      scene.start('a', 'north');
      await scene.clock.advance(999);
      expect(scene.results).toEqual([]);
      await scene.clock.advance(1);
      expect(scene.results).toMatchObject([{ result: { error: { code: 'activity_heartbeat_missed' } } }]);
    });
  });

  describe('a suspended actor (G13)', () => {
    let release: Promised;

    beforeEach(() => {
      scene = new RunnerScene({ limits: { northern: 1 }, activities: { north: { limit: 'northern' } } });
      release = promised();
      scene.calls.north = () => release.promise;
    });

    it('does not begin what waits for its place, and lets end what has begun', async () => {
      scene.start('a', 'north');
      scene.start('b', 'north');
      await settle();
      scene.runner.hold('a', 'task#1');
      scene.runner.hold('b', 'task#1');
      release.resolve('done');
      await settle();
      expect(scene.called).toEqual(['north a']);
      expect(scene.results).toMatchObject([{ actorId: 'a', result: { output: 'done' } }]);
      expect(scene.runner.size).toBe(0);
    });

    it('may have the same task started anew, whatever becomes of the first start', async () => {
      scene.start('a', 'north');
      scene.start('b', 'north');
      await settle();
      scene.runner.hold('b', 'task#1');
      scene.start('b', 'north');
      await settle();
      expect(scene.runner.isRunning('b', 'task#1')).toBe(true);
      release.resolve('done');
      await settle();
      expect(scene.called).toEqual(['north a', 'north b']);
      expect(scene.results).toHaveLength(2);
    });
  });

  it("does not begin what has waited for its place and is by then no longer this node's (G3)", async () => {
    scene = new RunnerScene({ limits: { northern: 1 }, activities: { north: { limit: 'northern' } } });
    const release = promised();
    scene.calls.north = () => release.promise;
    scene.start('a', 'north');
    scene.start('b', 'north');
    await settle();
    scene.takenAway.add('task#1');
    release.resolve('done');
    await settle();
    expect(scene.called).toEqual(['north a']);
  });

  describe('a cancelled run (G15)', () => {
    it('is aborted with a reason and delivers nothing, whatever its activity does then', async () => {
      scene = new RunnerScene({});
      let signal: AbortSignal | undefined;
      const end = promised();
      scene.calls.north = (context) => {
        signal = context.signal;
        return end.promise;
      };
      scene.start('a', 'north');
      await settle();
      scene.runner.cancel('a', 'task#1');
      expect(signal?.reason).toEqual(new Error('The activity is no longer wanted.'));
      end.resolve('late');
      await settle();
      expect([scene.results, scene.runner.size]).toEqual([[], 0]);
    });
  });

  describe('an activity that was handed out again and again without a result (G15)', () => {
    beforeEach(() => (scene = new RunnerScene({ activityDefaults: { maxDeliveries: 3 } })));

    it('is run as often as it may be handed out', async () => {
      scene.start('a', 'north', 3);
      await scene.clock.advance(1_000);
      expect([scene.called, scene.results]).toMatchObject([['north a'], [{ result: { kind: 'activity.completed' } }]]);
    });

    it('is then failed without being run, as a technical failure that the chart counts as one more try', async () => {
      scene.start('a', 'north', 4);
      await settle();
      expect(scene.called).toEqual([]);
      expect(scene.results).toMatchObject([
        {
          result: {
            kind: 'activity.failed',
            error: { name: 'PoisonActivityError', code: 'activity_poison', retryable: true },
            startedAt: scene.clock.now(),
          },
        },
      ]);
    });

    it('starts alone once two processes died with it, while others start at once', async () => {
      scene.start('third', 'north', 3);
      scene.start('second', 'north', 2);
      scene.start('first', 'north', 1);
      await settle();
      expect(scene.called).toEqual(['north second', 'north first']);
      await scene.clock.advance(1_000);
      expect(scene.called.at(-1)).toBe('north third');
    });

    it('is never started when it is cancelled, or its node shuts down, before its turn', async () => {
      scene.start('a', 'north', 3);
      scene.start('b', 'north', 3);
      await settle();
      scene.runner.cancel('a', 'task#1');
      await settle();
      expect(scene.runner.isRunning('a', 'task#1')).toBe(false);
      await scene.runner.stop(1_000);
      await scene.clock.advance(DAY);
      expect([scene.called, scene.results, scene.runner.size]).toEqual([[], [], 0]);
    });
  });
});
