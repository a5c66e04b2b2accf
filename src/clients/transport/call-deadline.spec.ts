import { VirtualClock } from '../../durable/testing.js';
import { CallDeadline } from './call-deadline.js';

describe('The deadline of a call (G15)', () => {
  it('passes when the partner had its time', async () => {
    const clock = new VirtualClock();
    const deadline = new CallDeadline(new AbortController().signal, 10_000, clock);
    await clock.advance(9_999);
    expect([deadline.expired, deadline.signal.aborted]).toEqual([false, false]);
    await clock.advance(1);
    expect([deadline.expired, deadline.signal.aborted]).toEqual([true, true]);
  });

  it.each([1_500, 5_000, 12_800, 60_000])(
    'does not pass because the process stood still for %s ms',
    async (stallMs) => {
      const clock = new VirtualClock();
      const deadline = new CallDeadline(new AbortController().signal, 10_000, clock);
      await clock.advance(9_500);
      clock.step(stallMs);
      // The timers that are due run first, and then what came meanwhile is read.
      await clock.advance(100);
      expect(deadline.expired).toBe(false);
      await clock.advance(10_000);
      expect(deadline.expired).toBe(true);
    },
  );

  it('is over for good once it is cleared', async () => {
    const clock = new VirtualClock();
    const deadline = new CallDeadline(new AbortController().signal, 10_000, clock);
    deadline.clear();
    await clock.advance(60_000);
    expect([deadline.expired, deadline.signal.aborted]).toEqual([false, false]);
  });
});
