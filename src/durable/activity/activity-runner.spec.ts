import { setup } from 'xstate';
import { VirtualClock, settle } from '../testing/virtual-clock.js';
import { fromActivity } from './activity.js';
import type { ActivityContext } from '../model/activity-context.js';
import { ActivityRunner } from './activity-runner.js';
import type { ActivityOptions } from '../machine/activity-settings.js';
import { noCrashPoints } from '../model/crash-points.js';
import { silentLogger } from '../model/logger.port.js';
import { type RegisteredMachine, registerMachine } from '../machine/machine-registration.js';
import { silentObserver } from '../model/runtime-observer.js';
import type { ActorMessage } from '../model/actor-message.js';

type Call = (context: ActivityContext) => Promise<unknown>;
const succeed: Call = () => Promise.resolve('done');
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
  let clock: VirtualClock;
  let results: { actorId: string; at: number; result: ActorMessage }[];
  let runner: ActivityRunner;
  let registration: RegisteredMachine;
  /** What `north` and `south` do, and who called them. */
  let calls: Record<'north' | 'south', Call>;
  let called: string[];
  /** Tasks that are no longer this node's. */
  let takenAway: Set<string>;

  beforeEach(() => {
    clock = new VirtualClock();
    results = [];
    called = [];
    takenAway = new Set();
    calls = { north: succeed, south: succeed };
    runner = new ActivityRunner({
      observer: silentObserver,
      clock,
      crashPoints: noCrashPoints,
      logger: silentLogger,
      deliver: (actorId, result) => {
        results.push({ actorId, at: clock.now(), result });
        return Promise.resolve();
      },
      isHeld: (_actorId, taskId) => Promise.resolve(!takenAway.has(taskId)),
    });
  });

  function prepare(options: ActivityOptions): void {
    const call = (partner: 'north' | 'south') =>
      fromActivity((_input: undefined, context) => {
        called.push(`${partner} ${context.actorId}`);
        return calls[partner](context);
      });
    const machine = setup({ actors: { north: call('north'), south: call('south') } }).createMachine({ id: 'errand' });
    registration = registerMachine({ machine, ...options });
    runner.prepare(registration);
  }

  function start(actorId: string, partner: 'north' | 'south', delivery = 1): void {
    const activity = { activityId: partner, path: partner, sources: [partner], input: undefined };
    const note = { taskId: 'task#1', attempt: 1, idempotencyKey: `${actorId}:${partner}`, scheduledAt: clock.now() };
    runner.start(registration, actorId, { ...activity, ...note }, delivery);
  }

  describe('within a time limit (G15)', () => {
    beforeEach(() => prepare({ activities: { north: { timeoutMs: 1_000 } } }));

    it('aborts and fails the activity when its time is over, not before, as one that may be tried again', async () => {
      let signal: AbortSignal | undefined;
      calls.north = (context) => {
        signal = context.signal;
        return hang(context);
      };
      start('a', 'north');
      const startedAt = clock.now();
      await clock.advance(999);
      expect([results, signal?.aborted]).toEqual([[], false]);
      await clock.advance(1);
      expect(signal?.aborted).toBe(true);
      expect(results.map(({ result }) => result)).toEqual([
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
    ])('hears nothing more of one that ignores the signal and %s later', async (_, finish) => {
      const end = promised();
      calls.north = () => end.promise;
      start('a', 'north');
      await clock.advance(1_000);
      finish(end);
      await clock.advance(DAY);
      expect(results).toHaveLength(1);
    });

    it('tells the timeout and not what the activity makes of being aborted', async () => {
      calls.north = ({ signal }) =>
        new Promise((_ok, fail) => signal.addEventListener('abort', () => fail(new Error('socket hang up'))));
      start('a', 'north');
      await clock.advance(1_000);
      expect(results).toMatchObject([{ result: { error: { code: 'activity_timeout' } } }]);
    });

    it('leaves one alone that ended in time', async () => {
      let signal: AbortSignal | undefined;
      calls.north = (context) => {
        signal = context.signal;
        return succeed(context);
      };
      start('a', 'north');
      await clock.advance(DAY);
      expect(results).toMatchObject([{ result: { kind: 'activity.completed', output: 'done' } }]);
      expect(signal?.aborted).toBe(false);
    });

    it('has none unless it is set', async () => {
      calls.south = hang;
      start('a', 'south');
      await clock.advance(100 * DAY);
      expect([results, runner.isRunning('a', 'task#1')]).toEqual([[], true]);
    });
  });

  it('keeps a time limit of 40 days to the millisecond, without ever arming a wake-up for longer than a day (G15)', async () => {
    prepare({ activityDefaults: { timeoutMs: 40 * DAY } });
    calls.north = hang;
    start('a', 'north');
    await clock.advance(40 * DAY - 1);
    expect(results).toEqual([]);
    await clock.advance(1);
    expect(results).toHaveLength(1);
    expect(Math.max(...clock.delays)).toBeLessThanOrEqual(DAY);
  });

  describe('with signs of life (G15)', () => {
    beforeEach(() => prepare({ activityDefaults: { heartbeatTimeoutMs: 1_000 } }));

    it('runs as long as it gives them, and fails as one that may be tried again when it falls silent', async () => {
      let beat = (): void => undefined;
      calls.north = (context) => {
        beat = context.heartbeat;
        return hang(context);
      };
      start('a', 'north');
      for (let time = 0; time < 10; time += 1) {
        await clock.advance(999);
        beat();
      }
      expect(results).toEqual([]);
      await clock.advance(1_000);
      expect(results).toMatchObject([
        { result: { kind: 'activity.failed', error: { code: 'activity_heartbeat_missed', retryable: true } } },
      ]);
      beat();
      await clock.advance(DAY);
      expect(results).toHaveLength(1);
    });

    it('needs none before the first silence is over', async () => {
      calls.north = hang;
      start('a', 'north');
      await clock.advance(999);
      expect(results).toEqual([]);
      await clock.advance(1);
      expect(results).toMatchObject([{ result: { error: { code: 'activity_heartbeat_missed' } } }]);
    });
  });

  describe('a suspended actor (G13)', () => {
    let release: Promised;

    beforeEach(() => {
      prepare({ limits: { northern: 1 }, activities: { north: { limit: 'northern' } } });
      release = promised();
      calls.north = () => release.promise;
    });

    it('does not begin what waits for its place, and lets end what has begun', async () => {
      start('a', 'north');
      start('b', 'north');
      await settle();
      runner.hold('a', 'task#1');
      runner.hold('b', 'task#1');
      release.resolve('done');
      await settle();
      expect(called).toEqual(['north a']);
      expect(results).toMatchObject([{ actorId: 'a', result: { output: 'done' } }]);
      expect(runner.size).toBe(0);
    });

    it('may have the same task started anew, whatever becomes of the first start', async () => {
      start('a', 'north');
      start('b', 'north');
      await settle();
      runner.hold('b', 'task#1');
      start('b', 'north');
      await settle();
      expect(runner.isRunning('b', 'task#1')).toBe(true);
      release.resolve('done');
      await settle();
      expect(called).toEqual(['north a', 'north b']);
      expect(results).toHaveLength(2);
    });
  });

  it("does not begin what has waited for its place and is by then no longer this node's (G3)", async () => {
    prepare({ limits: { northern: 1 }, activities: { north: { limit: 'northern' } } });
    const release = promised();
    calls.north = () => release.promise;
    start('a', 'north');
    start('b', 'north');
    await settle();
    takenAway.add('task#1');
    release.resolve('done');
    await settle();
    expect(called).toEqual(['north a']);
  });

  describe('a limited number at once (G15)', () => {
    const failedAt = (ms: number) => ({ result: { error: { code: 'activity_timeout' } }, at: clock.now() + ms });

    beforeEach(() =>
      prepare({
        limits: { northern: 4, southern: 4 },
        activities: { north: { limit: 'northern', timeoutMs: 15_000 }, south: { limit: 'southern' } },
      }),
    );

    it('lets the activities of one partner proceed at once while 1,000 of another that hangs are waiting', async () => {
      calls.north = hang;
      for (let each = 0; each < 1_000; each += 1) start(`n${each}`, 'north');
      await settle();
      expect(called).toEqual(['north n0', 'north n1', 'north n2', 'north n3']);
      for (let each = 0; each < 20; each += 1) start(`s${each}`, 'south');
      await settle();
      expect(results.map(({ actorId, at }) => [actorId, at])).toEqual(
        Array.from({ length: 20 }, (_, each) => [`s${each}`, clock.now()]),
      );
    });

    it('starts those that wait in order of arrival, and counts the time from when they really start', async () => {
      calls.north = hang;
      const expected = [failedAt(15_000), failedAt(30_000), failedAt(45_000)];
      const begin = clock.now();
      for (let each = 0; each < 12; each += 1) start(`n${each}`, 'north');
      await clock.advance(45_000);
      expect(called).toEqual(Array.from({ length: 12 }, (_, each) => `north n${each}`));
      expect(results).toHaveLength(12);
      [0, 4, 8].forEach((index, round) => {
        expect(results[index]).toMatchObject({ ...expected[round], result: { startedAt: begin + round * 15_000 } });
      });
    });

    it('frees the place of a run that is cancelled, though its activity does not listen', async () => {
      calls.north = hang;
      for (let each = 0; each < 5; each += 1) start(`n${each}`, 'north');
      await settle();
      runner.cancel('n2', 'task#1');
      await settle();
      expect(called.at(-1)).toBe('north n4');
      expect([results, runner.isRunning('n2', 'task#1'), runner.size]).toEqual([[], false, 4]);
    });

    it('never starts a waiting run that was cancelled, and passes its turn on', async () => {
      calls.north = hang;
      for (let each = 0; each < 6; each += 1) start(`n${each}`, 'north');
      await settle();
      runner.cancel('n4', 'task#1');
      await settle();
      expect(runner.isRunning('n4', 'task#1')).toBe(false);
      runner.cancel('n0', 'task#1');
      await settle();
      expect(called).toEqual(['north n0', 'north n1', 'north n2', 'north n3', 'north n5']);
    });

    it('starts none that waits once the node shuts down, and delivers nothing of those it aborts', async () => {
      calls.north = hang;
      for (let each = 0; each < 6; each += 1) start(`n${each}`, 'north');
      await settle();
      const stopping = runner.stop(1_000);
      await clock.advance(1_000);
      await stopping;
      await settle();
      expect([called.length, results, runner.size]).toEqual([4, [], 0]);
    });
  });

  describe('a cancelled run (G15)', () => {
    it('is aborted with a reason and delivers nothing, whatever its activity does then', async () => {
      prepare({});
      let signal: AbortSignal | undefined;
      const end = promised();
      calls.north = (context) => {
        signal = context.signal;
        return end.promise;
      };
      start('a', 'north');
      await settle();
      runner.cancel('a', 'task#1');
      expect(signal?.reason).toEqual(new Error('The activity is no longer wanted.'));
      end.resolve('late');
      await settle();
      expect([results, runner.size]).toEqual([[], 0]);
    });
  });

  describe('an activity that was handed out again and again without a result (G15)', () => {
    beforeEach(() => prepare({ activityDefaults: { maxDeliveries: 3 } }));

    it('is run as often as it may be handed out', async () => {
      start('a', 'north', 3);
      await clock.advance(1_000);
      expect([called, results]).toMatchObject([['north a'], [{ result: { kind: 'activity.completed' } }]]);
    });

    it('is then failed without being run, as a technical failure that the chart counts as one more try', async () => {
      start('a', 'north', 4);
      await settle();
      expect(called).toEqual([]);
      expect(results).toMatchObject([
        {
          result: {
            kind: 'activity.failed',
            error: { name: 'PoisonActivityError', code: 'activity_poison', retryable: true },
            startedAt: clock.now(),
          },
        },
      ]);
    });

    it('starts alone once two processes died with it, while others start at once', async () => {
      start('suspect', 'north', 3);
      start('second', 'north', 2);
      start('first', 'north', 1);
      await settle();
      expect(called).toEqual(['north second', 'north first']);
      await clock.advance(1_000);
      expect(called.at(-1)).toBe('north suspect');
    });

    it('is never started when it is cancelled, or its node shuts down, before its turn', async () => {
      start('a', 'north', 3);
      start('b', 'north', 3);
      await settle();
      runner.cancel('a', 'task#1');
      await settle();
      expect(runner.isRunning('a', 'task#1')).toBe(false);
      await runner.stop(1_000);
      await clock.advance(DAY);
      expect([called, results, runner.size]).toEqual([[], [], 0]);
    });
  });
});
