import { VirtualClock } from '../testing/virtual-clock.js';
import { StoreCircuitBreaker } from './store-circuit-breaker.js';

describe('While the store is away (G1)', () => {
  const clock = new VirtualClock();
  let gate: StoreCircuitBreaker;
  let passed: string[];
  const wait = (name: string): void => void gate.acquire().then(() => passed.push(name));

  beforeEach(() => {
    gate = new StoreCircuitBreaker(clock);
    passed = [];
  });

  it('lets everybody pass as long as it answers', async () => {
    wait('one');
    wait('two');
    await clock.advance(0);
    expect(passed).toEqual(['one', 'two']);
  });

  it('lets one try at a time, later and later, and all go on once it is answered', async () => {
    gate.failed();
    for (const name of ['one', 'two', 'three']) wait(name);
    await clock.advance(49);
    expect(passed).toEqual([]);
    await clock.advance(1);
    expect(passed).toEqual(['one']);
    gate.failed();
    await clock.advance(99);
    expect(passed).toEqual(['one']);
    await clock.advance(1);
    expect(passed).toEqual(['one', 'two']);
    gate.succeeded();
    await clock.advance(0);
    expect(passed).toEqual(['one', 'two', 'three']);
    expect(gate.isClosed).toBe(true);
  });

  it('never waits longer than five seconds between two tries', async () => {
    for (let failures = 0; failures < 30; failures += 1) {
      gate.failed();
      wait(`try ${failures}`);
      await clock.advance(5_000);
      expect(passed).toHaveLength(failures + 1);
    }
  });

  it('takes calls that fail together for one failure', async () => {
    for (let calls = 0; calls < 100; calls += 1) gate.failed();
    wait('one');
    await clock.advance(50);
    expect(passed).toEqual(['one']);
  });

  it('lets the next one try when the one it was up to does not ask', async () => {
    gate.failed();
    void gate.acquire().then(() => gate.release());
    wait('two');
    await clock.advance(50);
    expect(passed).toEqual(['two']);
    gate.release();
    wait('three');
    wait('four');
    await clock.advance(0);
    expect(passed).toEqual(['two', 'three']);
  });

  it('lets the first who comes try when it was time and nobody was there', async () => {
    gate.failed();
    await clock.advance(50);
    wait('one');
    wait('two');
    await clock.advance(0);
    expect(passed).toEqual(['one']);
  });
});
