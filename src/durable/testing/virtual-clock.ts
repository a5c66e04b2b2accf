import type { Clock } from '../model/clock.port.js';

/** Time that passes only when a test says so; wake-ups run in the order of their deadlines. */
export class VirtualClock implements Clock {
  private readonly timers = new Map<number, { at: number; run: () => void }>();
  private lastTimer = 0;
  /** Every delay that was asked for, to check that none is too long. */
  readonly delays: number[] = [];

  constructor(private time = Date.UTC(2026, 0, 1)) {}

  now(): number {
    return this.time;
  }

  after(delayMs: number, run: () => void): () => void {
    this.delays.push(delayMs);
    this.lastTimer += 1;
    const timer = this.lastTimer;
    this.timers.set(timer, { at: this.time + delayMs, run });
    return () => this.timers.delete(timer);
  }

  /** Moves on by `ms`, stopping at each deadline on the way and letting everything it causes settle. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = [...this.timers].filter(([, timer]) => timer.at <= end).sort((a, b) => a[1].at - b[1].at)[0];
      if (next === undefined) break;
      this.timers.delete(next[0]);
      this.time = Math.max(this.time, next[1].at);
      next[1].run();
      await settle();
    }
    this.time = end;
    await settle();
  }

  /** A clock step, as an administrator or NTP makes it: no wake-up notices. */
  step(ms: number): void {
    this.time += ms;
  }
}

/** Lets promises and immediates that are under way come to rest. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise(setImmediate);
}
