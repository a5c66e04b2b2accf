import { VirtualClock } from '../testing/virtual-clock.js';
import { patientTimer } from './patient-timer.js';

describe('A patient timer', () => {
  /** Runs `delayMs` with a stall of `stallMs` that begins at `at`. @returns after how long it fired. */
  async function firedAfter(delayMs: number, at: number, stallMs: number): Promise<number> {
    const clock = new VirtualClock();
    const since = clock.now();
    let fired = Number.NaN;
    patientTimer(clock, delayMs, () => {
      fired = clock.now() - since;
    });
    await clock.advance(at);
    clock.step(stallMs);
    await clock.advance(3 * delayMs + stallMs);
    return fired;
  }

  it.each([1, 100, 250, 1_000, 10_000, 15_000, 86_400_000])(
    'of %s ms fires to the millisecond in a process that runs',
    async (ms) => {
      expect(await firedAfter(ms, 0, 0)).toBe(ms);
    },
  );

  const STALLS = [10_000, 2_000].flatMap((delayMs) =>
    [0, 0.001, 0.25, 0.5, 0.95, 0.9999].flatMap((part) =>
      [300, 1_000, 5_000, 12_800, 60_000].map((stallMs) => ({ delayMs, at: Math.floor(delayMs * part), stallMs })),
    ),
  );
  it.each(STALLS)(
    'gives the whole time when the process stood still meanwhile: %j',
    async ({ delayMs, at, stallMs }) => {
      const after = await firedAfter(delayMs, at, stallMs);
      const stepMs = Math.max(delayMs / 10, 250);
      // A stall shorter than the rest of its step is not late, and costs no more than that rest.
      expect(after).toBeGreaterThanOrEqual(delayMs + stallMs - stepMs - 250);
      expect(after).toBeLessThanOrEqual(delayMs + stallMs + stepMs);
      // Whatever came during the stall can be read before the timer fires.
      if (stallMs > stepMs + 250) expect(after).toBeGreaterThan(at + stallMs);
    },
  );

  it.each([1, 250, 2_000, 60_000].flatMap((delayMs) => [251, 400, 1_000, 5_000].map((lagMs) => ({ delayMs, lagMs }))))(
    'fires also in a process that is always late: %j',
    async ({ delayMs, lagMs }) => {
      const clock = new VirtualClock();
      const late = { now: () => clock.now(), after: (ms: number, run: () => void) => clock.after(ms + lagMs, run) };
      let fired = false;
      patientTimer(late, delayMs, () => (fired = true));
      // Ten steps at the most that count, and ten that do not.
      await clock.advance(2 * Math.max(delayMs, 2_500) + 20 * lagMs);
      expect(fired).toBe(true);
    },
  );

  it('does not fire once it is cancelled, before or after a stall', async () => {
    const clock = new VirtualClock();
    let fired = 0;
    const cancel = patientTimer(clock, 1_000, () => (fired += 1));
    await clock.advance(500);
    clock.step(5_000);
    await clock.advance(1);
    cancel();
    await clock.advance(60_000);
    expect(fired).toBe(0);
  });
});
