/**
 * Actors that wait for one deadline each, in the real runtime, under a wall clock that anybody may set while it runs: wake-ups
 * follow the true time, as setTimeout does, and deadlines the wall clock.
 */
import { assign, setup } from 'xstate';
import { type Clock, DurableHandle, DurableRuntime, type DurableStore } from '../../src/durable/index.js';
import { MemoryStore } from '../../src/durable/testing.js';
import { WorldTime } from '../simulator/world-time.js';
import { connect } from './watched-store.js';

/** Rings once; a second ring would be counted, for it stays awake. */
const alarmMachine = setup({
  types: { context: {} as { delayMs: number; rings: number }, input: {} as { delayMs: number } },
  delays: { alarm: ({ context }) => context.delayMs },
}).createMachine({
  id: 'alarm',
  context: ({ input }) => ({ delayMs: input.delayMs, rings: 0 }),
  initial: 'asleep',
  states: {
    asleep: { after: { alarm: 'awake' } },
    awake: { entry: assign({ rings: ({ context }) => context.rings + 1 }), on: { snooze: 'asleep' } },
  },
});

interface Alarm {
  readonly id: string;
  readonly dueAt: number;
}

export interface Verdict {
  readonly early: number;
  readonly lost: number;
  readonly double: number;
}

export class TimerWorld {
  readonly store = new MemoryStore();
  private readonly time = new WorldTime();
  private readonly alarms: Alarm[] = [];
  private aheadMs = 0;
  private alive = { is: false };
  private handle: DurableHandle<typeof alarmMachine> | null = null;

  constructor(
    /** How often the runtime looks at the store at least: so late a deadline may be noticed after the clock was set. */
    private readonly pollMs: number,
    private readonly mutant: (line: DurableStore) => DurableStore = (line) => line,
  ) {}

  get wall(): number {
    return this.time.now + this.aheadMs;
  }

  /** The process dies, if there is one, and the next one starts. */
  async restart(): Promise<void> {
    this.alive.is = false;
    const alive = { is: true };
    this.alive = alive;
    this.store.nodes.clear();
    const clock: Clock = {
      now: () => this.wall,
      after: (delayMs, run) =>
        this.time.after(delayMs, () => {
          if (alive.is) run();
        }),
    };
    const store = this.mutant(connect(this.store, { isAlive: () => alive.is, isAway: () => false }));
    const runtime = new DurableRuntime({ store, clock, pollMs: this.pollMs, leaseMs: 3 * this.pollMs });
    this.handle = new DurableHandle(runtime, runtime.register({ machine: alarmMachine }));
    await runtime.start();
    await this.pass(0);
  }

  async set(delayMs: number): Promise<void> {
    const id = `alarm-${this.alarms.length + 1}`;
    await this.handle?.start({ delayMs }, { id });
    this.alarms.push({ id, dueAt: this.wall + delayMs });
  }

  async pass(ms: number): Promise<void> {
    let over = false;
    this.time.after(ms, () => (over = true));
    await this.time.pass(() => over);
  }

  /** Somebody sets the wall clock. */
  step(ms: number): void {
    this.aheadMs += ms;
  }

  /** Lets every deadline come, and be noticed; then the clock is set back and the process restarted, to see none again. */
  async verdict(): Promise<Verdict> {
    const last = Math.max(...this.alarms.map(({ dueAt }) => dueAt));
    await this.pass(Math.max(0, last - this.wall) + this.pollMs);
    const lost = this.alarms.filter(({ id }) => this.ringsOf(id).length === 0).length;
    this.step(-(this.pollMs * 2));
    await this.restart();
    await this.pass(this.pollMs * 4);
    const rings = this.alarms.map((alarm) => ({ ...alarm, rung: this.ringsOf(alarm.id) }));
    return {
      lost,
      early: rings.filter(({ dueAt, rung }) => rung.some((at) => at < dueAt)).length,
      double: rings.filter(({ rung }) => rung.length > 1).length,
    };
  }

  /** When it rang, by the wall clock of the process. */
  private ringsOf(id: string): number[] {
    return this.store.rows.filter((row) => row.actorId === id && row.type === 'timer.fired').map((row) => row.at);
  }
}
