/**
 * The true time of a simulated world, and everything that is still to happen in it. Nothing else moves it on, so two runs
 * of one seed take the same steps: between two happenings only promises and immediates run, and those run in order.
 */
import { MinHeap } from './min.heap.js';

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
    while (!isOver()) {
      const next = this.queue.pop();
      if (next === undefined) return;
      if (next.run === null) continue;
      this.now = next.at;
      this.happenings += 1;
      next.run();
      // The first lets promises settle, the second the committer's own immediate and what follows from it.
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    }
  }
}
