/**
 * The true time of a simulated world, and everything that is still to happen in it. Nothing else moves it on, so two runs
 * of one seed take the same steps: between two happenings only promises and immediates run, and those run in order.
 */
import { MinHeap } from './min-heap.js';

interface Happening {
  readonly at: number;
  /** Of two at the same time the one planned first. */
  readonly order: number;
  run: (() => void) | null;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export class WorldTime {
  readonly startedAt = Date.UTC(2026, 0, 1);
  now = this.startedAt;
  happenings = 0;
  private planned = 0;
  private readonly queue = new MinHeap<Happening>(
    (one, other) => one.at < other.at || (one.at === other.at && one.order < other.order),
  );

  /** Plans `run` for `delayMs` from now; returns how to call it off. */
  after(delayMs: number, run: () => void): () => void {
    this.planned += 1;
    const happening: Happening = { at: this.now + Math.max(0, Math.ceil(delayMs)), order: this.planned, run };
    this.queue.push(happening);
    return () => {
      happening.run = null;
    };
  }

  /** Lets time pass until `isOver` says so or nothing is left to happen. */
  async pass(isOver: () => boolean): Promise<void> {
    const immediates = new Immediates();
    try {
      while (!isOver()) {
        const next = this.queue.pop();
        if (next === undefined) return;
        if (next.run === null) continue;
        this.now = next.at;
        this.happenings += 1;
        next.run();
        do await promisesSettled;
        while (immediates.run());
      }
    } finally {
      immediates.restore();
    }
  }
}

/**
 * What is set to run immediately runs here, between two happenings and in order: a round of the real event loop costs more
 * than most happenings do.
 */
class Immediates {
  private readonly real = globalThis.setImmediate;
  private waiting: (() => void)[] = [];

  constructor() {
    const plan = (run: () => void): void => void this.waiting.push(run);
    globalThis.setImmediate = plan as typeof globalThis.setImmediate; // nobody in the simulation clears or configures one
  }

  /** @returns false when there was nothing to run. */
  run(): boolean {
    if (this.waiting.length === 0) return false;
    for (const run of this.waiting.splice(0)) run();
    return true;
  }

  restore(): void {
    globalThis.setImmediate = this.real;
  }
}

/** Ticks come when no promise has anything left to do. */
const promisesSettled = {
  then: (resolve: () => void): void => {
    process.nextTick(resolve);
  },
};
