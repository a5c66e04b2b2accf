import { type Call, RunnerScene } from '../testing/runner-scene.js';
import { settle } from '../testing/virtual-clock.js';

/** As a partner that never answers and a client that does not listen to the signal. */
const hang: Call = () => new Promise(() => undefined);

describe('running activities', () => {
  let scene: RunnerScene;

  describe('a limited number at once (G15)', () => {
    const failedAt = (ms: number) => ({ result: { error: { code: 'activity_timeout' } }, at: scene.clock.now() + ms });

    beforeEach(
      () =>
        (scene = new RunnerScene({
          limits: { northern: 4, southern: 4 },
          activities: { north: { limit: 'northern', timeoutMs: 15_000 }, south: { limit: 'southern' } },
        })),
    );

    it('lets the activities of one partner proceed at once while 1,000 of another that hangs are waiting', async () => {
      scene.calls.north = hang;
      for (let each = 0; each < 1_000; each += 1) scene.start(`n${each}`, 'north');
      await settle();
      expect(scene.called).toEqual(['north n0', 'north n1', 'north n2', 'north n3']);
      for (let each = 0; each < 20; each += 1) scene.start(`s${each}`, 'south');
      await settle();
      expect(scene.results.map(({ actorId, at }) => [actorId, at])).toEqual(
        Array.from({ length: 20 }, (_, each) => [`s${each}`, scene.clock.now()]),
      );
    });

    it('starts those that wait in order of arrival, and counts the time from when they really start', async () => {
      scene.calls.north = hang;
      const expected = [failedAt(15_000), failedAt(30_000), failedAt(45_000)];
      const begin = scene.clock.now();
      for (let each = 0; each < 12; each += 1) scene.start(`n${each}`, 'north');
      await scene.clock.advance(45_000);
      expect(scene.called).toEqual(Array.from({ length: 12 }, (_, each) => `north n${each}`));
      expect(scene.results).toHaveLength(12);
      [0, 4, 8].forEach((index, round) => {
        expect(scene.results[index]).toMatchObject({
          ...expected[round],
          result: { startedAt: begin + round * 15_000 },
        });
      });
    });

    it('frees the place of a run that is cancelled, though its activity does not listen', async () => {
      scene.calls.north = hang;
      for (let each = 0; each < 5; each += 1) scene.start(`n${each}`, 'north');
      await settle();
      scene.runner.cancel('n2', 'task#1');
      await settle();
      expect(scene.called.at(-1)).toBe('north n4');
      expect([scene.results, scene.runner.isRunning('n2', 'task#1'), scene.runner.size]).toEqual([[], false, 4]);
    });

    it('never starts a waiting run that was cancelled, and passes its turn on', async () => {
      scene.calls.north = hang;
      for (let each = 0; each < 6; each += 1) scene.start(`n${each}`, 'north');
      await settle();
      scene.runner.cancel('n4', 'task#1');
      await settle();
      expect(scene.runner.isRunning('n4', 'task#1')).toBe(false);
      scene.runner.cancel('n0', 'task#1');
      await settle();
      expect(scene.called).toEqual(['north n0', 'north n1', 'north n2', 'north n3', 'north n5']);
    });

    it('starts none that waits once the node shuts down, and delivers nothing of those it aborts', async () => {
      scene.calls.north = hang;
      for (let each = 0; each < 6; each += 1) scene.start(`n${each}`, 'north');
      await settle();
      const stopping = scene.runner.stop(1_000);
      await scene.clock.advance(1_000);
      await stopping;
      await settle();
      expect([scene.called.length, scene.results, scene.runner.size]).toEqual([4, [], 0]);
    });
  });
});
