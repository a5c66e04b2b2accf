import { awakeAndAsleep, SteadyClock } from './steady-clock.js';

const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 0, 1);

/** A machine whose clock a test moves. */
class Machine {
  passed = 0;
  moved = 0;
  readonly clock = new SteadyClock({ machine: () => START + this.passed + this.moved, elapsed: () => this.passed });
}

describe('A steady clock (G5)', () => {
  it('tells the time of the machine', () => {
    const machine = new Machine();
    expect(machine.clock.now()).toBe(START);
    machine.passed = 90_000;
    expect(machine.clock.now()).toBe(START + 90_000);
    expect(machine.clock.offsetMs()).toBe(0);
  });

  it.each([1, -1, 400, -400, 1_000, -1_000])('follows a correction of %i ms', (ms) => {
    const machine = new Machine();
    machine.moved = ms;
    expect(machine.clock.now()).toBe(START + ms);
    expect(machine.clock.offsetMs()).toBe(0);
  });

  it.each([1_001, -1_001, 60_000, -60_000, HOUR_MS, -HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS])(
    'goes on evenly when the machine steps by %i ms, and knows how far the two are apart',
    (ms) => {
      const machine = new Machine();
      machine.passed = 5_000;
      machine.moved = ms;
      expect(machine.clock.now()).toBe(START + 5_000);
      machine.passed = 65_000;
      expect(machine.clock.now()).toBe(START + 65_000);
      expect(machine.clock.offsetMs()).toBe(ms);
      machine.moved = 0;
      expect(machine.clock.now()).toBe(START + 65_000);
      expect(machine.clock.offsetMs()).toBe(0);
    },
  );

  it.each([0, 60_000, -60_000, HOUR_MS])('goes by the time of a database that is %i ms away from the machine', (ms) => {
    const machine = new Machine();
    machine.clock.follow(START + ms);
    machine.passed = 2_000;
    expect(machine.clock.now()).toBe(START + ms + 2_000);
    machine.moved = 500;
    expect(machine.clock.now()).toBe(START + ms + 2_000);
    expect(machine.clock.offsetMs()).toBe(500 - ms);
  });

  it('counts the time in which the machine slept', () => {
    let awake = 100;
    let up = 50_000;
    const elapsed = awakeAndAsleep(
      () => awake,
      () => up,
    );
    awake += 5_000;
    up += 5_000;
    expect(elapsed()).toBe(5_100);
    up += HOUR_MS;
    awake += 2_000;
    up += 2_000;
    expect(elapsed()).toBe(7_100 + HOUR_MS);
    awake += 100;
    expect(elapsed()).toBe(7_200 + HOUR_MS);
  });
});
